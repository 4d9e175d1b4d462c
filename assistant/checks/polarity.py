"""Polarity: a restated line is neither denied nor turned into its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.text import content, word_list, words

_NEGATOR = re.compile(
    r"""
    \b(?:not(?!\ only|\ just|\ least|\ later)|cannot|never|nobody|no\ one|none|nothing|neither|nor
        |without|hardly|unable|refus\w+|stopp\w+|fail\w*\ to
        |no(?!-|\ later|\ (?:more|longer|earlier)\ than|\ less|\ fewer|\ matter|\ one|\.))\b
    | n't\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLAUSE = re.compile(r"[,;:.!?]|\b(?:but|and|because|before|after|so that|when|if|that|until)\b")
_CLAUSE_OR_QUESTION = re.compile(rf"{_CLAUSE.pattern}|\b(?:why|how|which|what|where|whether|who)\b")
_REACH = 3  # words after a "not" that it denies
# Where it is asked, wished or supposed, nothing is asserted that a line could deny.
_OPEN_QUESTION = re.compile(
    r"\b(?:if|whether|would|could|want to know|unclear|unknown|unsure|difficult|hard|impossible|"
    r"missing|lack\w*|ask|find out|confirm|check|until|unless|instead|rather)\b",
    re.IGNORECASE,
)
_PAIRS = """
    before:after win/won:lose/lost start/starts/begin/begins:stop/stops/end/ends
    open/opens:close/closes accept/accepts:reject/rejects/refuse/refuses
    agree/agrees/agreed:disagree/disagrees always:never/rarely all/every:none/no
    early/earlier:late/later fast/faster:slow/slower high/higher:low/lower best:worst
    cheap/cheaper:expensive like/likes:dislike/dislikes/hate/hates with:without
    morning:afternoon/evening/night inbound:outbound easy/easier:difficult/harder
    enable/enables/allow/allows:prevent/prevents/forbid/forbids include/includes:exclude/excludes
    support/supports/sponsors/favours:oppose/opposes/block/blocks hire/hires:fire/fires
    internal:external inside:outside safe/safer:unsafe/dangerous possible:impossible more:less/fewer
    keep/keeps:drop/drops trust/trusts:distrust/distrusts/doubt/doubts
"""
_OPPOSITES = tuple(
    (frozenset(one.split("/")), frozenset(two.split("/")))
    for one, _, two in (pair.partition(":") for pair in word_list(_PAIRS))
)
_SHORT_WORDS = 12  # of a line, as a message shows it
# Nothing of theirs is denied where we speak of ourselves: "we do not know why trucks wait".
_OF_US = re.compile(
    r"\b(?:we|i)(?:'(?:ve|d))?\s+(?:(?:do|did|ca|can|could|wo|will|would|have|are|am)\s*)?$",
    re.IGNORECASE,
)
# Who need not do something may do it; that denies only a line that says it must be done.
_NEED = re.compile(
    r"\s*(?:have\s+to\b|need|(?:asked|expected|required|obliged)\s+to\b"
    r"|asks?\s+(?:you|them|anybody)\b)",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must|ha(?:s|ve|d) to|needs?|needed|require[sd]?|shall|muss|müssen)\b",
    re.IGNORECASE,
)
_ONLY_INSTEAD = re.compile(r"[^.;!?]*,\s+(?:but\s+)?only\b", re.IGNORECASE)
_NO_MORE = re.compile(r"\bno\s+(?:more|less|fewer|later|earlier|longer)\s+than\b", re.IGNORECASE)
_MORE = re.compile(r"[^.,;!?]*\b(?:more|less|fewer|later|earlier|longer)\s+than\b", re.IGNORECASE)
_NOTHING = re.compile(r"nothing|nobody|none|no one", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:before|until)\b", re.IGNORECASE)
_INSIDE, _OUTSIDE = frozenset(word_list("in inside within")), frozenset(("outside",))
_BOTH_WAYS = (*_OPPOSITES, *((two, one) for one, two in _OPPOSITES), (_INSIDE, _OUTSIDE))


def turned_round(sentence: str, line: str, *, of_them: bool) -> Iterator[str]:
    """Yield how a sentence says the opposite of the line that it restates.

    `of_them` tells that the line is the customer's: what we say of ourselves denies none of it.
    What need not be done, what comes no earlier than something else, and the opposite of an
    opposite are no denials.
    """
    if _OPEN_QUESTION.search(sentence):
        yield from _opposed(sentence, line)
        return
    if _is_bound_kept(sentence, line) or _is_opposite_denied(sentence, line):
        return
    shared = frozenset(content(sentence)) & frozenset(content(line))
    known = _negated(line) & shared
    denied = _denied(sentence, of_them=of_them, must=_MUST.search(line) is not None)
    if denied & shared and not known and not _is_order_kept(sentence, line, denied):
        yield f"denies what its line says: “{_short(line)}”"
    if known and not _negated(sentence) & shared:
        yield f"says what its line denies: “{_short(line)}”"
    yield from _opposed(sentence, line)


@lru_cache(maxsize=4096)
def _negated(text: str) -> frozenset[str]:
    """Return the stems that stand under a negation."""
    found: set[str] = set()
    for match in _NEGATOR.finditer(text):
        found.update(_under(match, _CLAUSE))
    return frozenset(found)


def _under(match: re.Match[str], clause: re.Pattern[str]) -> Iterator[str]:
    """Yield the stems that one negation reaches; a last "nothing" reaches what is before it."""
    text = match.string
    yield from content(clause.split(text[match.end() :], maxsplit=1)[0])[:_REACH]
    if _NOTHING.fullmatch(match.group()):
        yield from content(clause.split(text[: match.start()])[-1])[-1:]


def _denied(sentence: str, *, of_them: bool, must: bool) -> frozenset[str]:
    """Return the stems of which a sentence says that they are not so, of the line's own side.

    `must` tells that the line says what must be done: then who need not do it is denied, too.
    """
    found: set[str] = set()
    for match in _NEGATOR.finditer(sentence):
        before, rest = sentence[: match.start()], sentence[match.end() :]
        is_ours = of_them and _OF_US.search(before) is not None
        is_free = not must and (_NEED.match(rest) or before.rstrip().endswith("need"))
        if not (is_ours or is_free or _ONLY_INSTEAD.match(rest)):
            found.update(_under(match, _CLAUSE_OR_QUESTION))
    return frozenset(found)


def _is_order_kept(sentence: str, line: str, said: frozenset[str]) -> bool:
    """Tell whether "no B before A" is said where the line has "A before B"."""
    first, _, later = _halves(line)
    one, order, two = _halves(sentence)
    only_later, only_first = later - first, first - later
    if not said or not said <= only_later | (one - first - later):
        return False
    if order:
        return bool(said & only_later and two & only_first)
    return bool(said & only_later and one & only_first)


def _halves(text: str) -> tuple[frozenset[str], bool, frozenset[str]]:
    """Return the stems before and after "before" or "until", and whether there is one."""
    one, *two = _ORDER.split(text, maxsplit=1)
    return frozenset(content(one)), bool(two), frozenset(content(" ".join(two)))


def _is_bound_kept(sentence: str, line: str) -> bool:
    """Tell whether "not more than" is said where the line has "no more than"."""
    negators = list(_NEGATOR.finditer(sentence))
    bound = all(_MORE.match(sentence[match.end() :]) for match in negators)
    return bool(negators) and bound and _NO_MORE.search(line) is not None


def _is_opposite_denied(sentence: str, line: str) -> bool:
    """Tell whether the sentence denies the opposite of a word of the line: "not inside"."""
    known = set(words(line))
    for match in _NEGATOR.finditer(sentence):
        clause = set(words(_CLAUSE.split(sentence[match.end() :], maxsplit=1)[0]))
        if any(clause & here and known & there for here, there in _BOTH_WAYS):
            return True
    return False


def _opposed(sentence: str, line: str) -> Iterator[str]:
    said, known = set(words(sentence)), set(words(line))
    for one, two in _OPPOSITES:
        for here, there in ((one, two), (two, one)):
            if said & here and known & there and not (said & there or known & here):
                yield f"says “{min(said & here)}” where its line says “{min(known & there)}”"


def _short(line: str) -> str:
    found = line.split()
    return " ".join(found[:_SHORT_WORDS]) + (" …" if len(found) > _SHORT_WORDS else "")

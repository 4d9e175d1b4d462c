"""Anticipate: what they voiced comes first, and each answer is the approved one or a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from assistant.brief import Anticipate, Anticipated, Finding
from assistant.calendar import unsigned_in
from assistant.checks.sides import customer_names
from assistant.checks.wording import one_line, share, stem_list, stems, tokens, without_quotations
from assistant.evidence import MEETING, Evidence
from assistant.knowledge.card import Objection, card_text

STEPS = ("clarify", "respond", "proof", "check")
_FEWEST, _MOST = 3, 6
# Tailoring may drop words of the approved text and add words of the prospect's, up to here.
_KEPT = 0.4  # of the card's words for this step
_FROM_EVIDENCE = 0.6  # of our words: from the card, the cited facts, or names
_NAMED = 2  # concerns left out that a warning quotes
_NEGATION = re.compile(r"(?:not|no|never|nobody|nothing|none|without|neither|nor|cannot|\w+n't)")
_PROMISE = re.compile(
    r"\b(?:guarantee\w*|promise\w*|free|discount\w*|refund\w*|unlimited|always|instantly"
    r"|risk[- ]free|no risk|money[- ]back|100 ?%)",
    re.IGNORECASE,
)

_error = partial(Finding, check="anticipate", severity="error")
_warning = partial(Finding, check="anticipate", severity="warning")


def check_anticipate(
    part: Anticipate, evidence: Evidence, *, at_hand: int = _FEWEST, room: int = _MOST
) -> tuple[Finding, ...]:
    """Find answers that are not the approved ones, and concerns of theirs left out or left last.

    `at_hand` is how many doubts could be prepared for; where that is few, it is only noted. So is
    what was left out of a part that holds `room` of them already.
    """
    each = (
        finding
        for i, concern in enumerate(part.concerns)
        for finding in _one(concern, f"anticipate.concerns[{i}]", evidence)
    )
    return tuple(
        chain(
            _count(part, at_hand),
            _voiced_first(part, evidence),
            _left_out(part, evidence, room),
            each,
        )
    )


def _count(part: Anticipate, at_hand: int) -> Iterator[Finding]:
    prepared = len(part.concerns)
    where, told = "anticipate.concerns", f"{prepared or 'no'} doubt{'s' * (prepared != 1)}"
    if prepared < min(_FEWEST, at_hand):
        message = f"{told} prepared for, and {at_hand - prepared} more could be: prepare them"
        yield _warning(where=where, message=message)
    elif prepared < _FEWEST:
        message = f"{told} known so far: ask in the call what speaks against it"
        yield Finding(check="anticipate", severity="note", where=where, message=message)


def _voiced_first(part: Anticipate, evidence: Evidence) -> Iterator[Finding]:
    guessed = False
    for i, concern in enumerate(part.concerns):
        if not _is_voiced(concern, evidence):
            guessed = True
        elif guessed:
            yield _error(
                where=f"anticipate.concerns[{i}]",
                message=f"“{concern.they_say}” was voiced and stands behind one that was not: put "
                "what they said first",
            )


def _is_voiced(concern: Anticipated, evidence: Evidence) -> bool:
    return any(e in evidence.facts for e in concern.evidence)


def _left_out(part: Anticipate, evidence: Evidence, room: int) -> Iterator[Finding]:
    """Find doubts of theirs that nothing prepares for; warn only where there is room for them.

    Days on which nothing is signed are kept to, not answered.
    """
    if len(part.concerns) >= _MOST:
        return
    cited = {e for concern in part.concerns for e in concern.evidence}
    missing = [
        f"“{fact.quote}”"
        for fact in evidence.facts.values()
        if fact.kind == "concern"
        and fact.voice == "customer"
        and fact.id not in cited
        and unsigned_in(fact.quote, evidence.today) is None
    ]
    if missing:
        more = f", and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        full = len(part.concerns) >= room
        told = "no room was left for" if full else "nothing prepares for"
        yield Finding(
            check="anticipate",
            severity="note" if full else "warning",
            where="anticipate.concerns",
            message=f"{told} {', '.join(missing[:_NAMED])}{more}",
        )


def _one(concern: Anticipated, where: str, evidence: Evidence) -> Iterator[Finding]:
    if not concern.they_say.strip():
        yield _error(where=f"{where}.they_say", message="what they may say is empty")
    if concern.card:
        yield from _answer(concern, where, evidence)
    else:
        yield from _gap(concern, where)


def _gap(concern: Anticipated, where: str) -> Iterator[Finding]:
    """Hold a concern without a card to its clarifying question."""
    if not concern.clarify.strip():
        yield _error(where=f"{where}.clarify", message="the question to clarify with is empty")
    for step in ("respond", "proof", "check"):
        if getattr(concern, step).strip():
            yield _error(
                where=f"{where}.{step}",
                message="no approved card answers this: leave the answer out, and show the gap",
            )


def _answer(concern: Anticipated, where: str, evidence: Evidence) -> Iterator[Finding]:
    card = evidence.cards.get(concern.card)
    if not isinstance(card, Objection):
        yield _error(
            where=f"{where}.card",
            message=f"“{concern.card}” is no approved response: take one, or show the gap",
        )
        return
    if card.id not in concern.evidence:
        yield _error(where=where, message=f"the answer does not cite {card.id}, which it is from")
    for step in STEPS:
        yield from _approved(step, concern, card, f"{where}.{step}", evidence)


def _approved(
    step: str, concern: Anticipated, card: Objection, where: str, evidence: Evidence
) -> Iterator[Finding]:
    """Compare one step with the card's; quotations are the prospect's and may stand."""
    text: str = getattr(concern, step)
    approved: str = getattr(card, step)
    if not text.strip():
        yield _error(where=where, message=f"“{step}” is empty: take it from “{card.title}”")
        return
    said = stems(without_quotations(text))
    if (
        share(stems(approved), stems(text)) < _KEPT
        or share(said, _may_say(concern, card, evidence)) < _FROM_EVIDENCE
    ):
        yield _error(
            where=where, message=f"this is not the approved answer of “{card.title}”: keep to it"
        )
    elif _negations(without_quotations(text)) < _negations(approved) and _keeps_denied(
        text, approved
    ):
        yield _error(
            where=where,
            message=f"a “not” of “{card.title}” is gone: keep what the card denies",
        )
    for promise in _promises(text, card):
        yield _error(where=where, message=f"“{promise}” is promised here and not in “{card.title}”")


def _may_say(concern: Anticipated, card: Objection, evidence: Evidence) -> frozenset[str]:
    facts = [evidence.text(e) for e in concern.evidence if e in evidence.facts]
    return stems(
        card_text(card), *facts, *customer_names(evidence), evidence.text(MEETING), concern.they_say
    )


def _negations(text: str) -> int:
    return sum(bool(_NEGATION.fullmatch(token)) for token in tokens(text))


def _keeps_denied(text: str, approved: str) -> bool:
    """Tell whether the words after a negation of the approved text are still said.

    Tailoring may drop a whole denial; it may not keep the words and drop the "not".
    """
    kept = stems(text)
    denied = _denials(approved)
    still_denied = _denials(text)
    return any(words and words <= kept and words not in still_denied for words in denied)


def _denials(text: str) -> list[frozenset[str]]:
    """Return the words that each negation denies: three at most, to the end of its clause."""
    found = []
    for clause in re.split(r"[.,;:?!]", one_line(text).casefold()):
        words = tokens(clause)
        found += [
            frozenset(stem_list(" ".join(words[i + 1 :]))[:3])
            for i, word in enumerate(words)
            if _NEGATION.fullmatch(word)
        ]
    return found


def _promises(text: str, card: Objection) -> Iterator[str]:
    known = one_line(card_text(card)).casefold()
    for found in _PROMISE.finditer(one_line(without_quotations(text))):
        if found.group().casefold() not in known:
            yield found.group()

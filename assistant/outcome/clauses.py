"""A sentence in its clauses, and what each proposes or promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.outcome.phrases import is_about_invitation
from assistant.outcome.step import EVENT
from assistant.outcome.words import pattern, patterns, word_set
from assistant.text.names import names
from assistant.text.words import plain

_SPLITS = pattern("clauses.splits", cased=True)
_SPLITS_OR_COMMA = re.compile(
    _SPLITS.pattern + r"|,\s+(?=(?:I|we|he|she|they|(?!I\b)[A-ZÄÖÜ][\w-]+)(?:'ll| will)\b)"
)
_LEADS = pattern("clauses.leads")
_ONE_NAME = pattern("clauses.one_name")
_PLEDGES = patterns("clauses.pledges")
_INVITES_US = pattern("clauses.invites_us")
_OPENS_QUESTION = pattern("clauses.opens_question")
_STATES_SOMETHING = pattern("clauses.states_something")
_DENIED = pattern("clauses.denied")
_STATES = word_set("clauses.states")
_SPEAKS = word_set("clauses.speaks")
_SPEAKS_TO = pattern("clauses.speaks_to")
_IS_THERE = pattern("clauses.is_there")
_RELATES = pattern("clauses.relates", whole=True)
_CLOSELY = pattern("clauses.relates_closely", whole=True)
_PROPOSES = pattern("clauses.proposes", whole=True)
_SUITS = pattern("clauses.suits")
_DISCOVERS = pattern("clauses.discovers")
_DELIVERS = pattern("actions.deliver")
_YOU_DO = pattern("clauses.you_do")
_WE_MEET = pattern("clauses.we_meet")
_WE_SEND = pattern("clauses.we_send")
_DEADLINE = pattern("clauses.deadline")
_STRETCH = pattern("actions.stretch")
_US_FIRST = pattern("clauses.us_first")
_SAID_YOU = pattern("clauses.said_you")
_ASKS_WHEN = pattern("clauses.asks_when")
_BESIDE = pattern("clauses.beside")
_ACTS = pattern("clauses.acts")


@dataclass(frozen=True)
class Pledge:
    """Words in which somebody undertakes something."""

    who: str  # as they say it: "I", "Marcus", "our CFO"
    action: str
    relates: bool  # to the sale; else it may be a plan of their own that nobody else has a part in
    relates_closely: bool  # in words that no other plan is spoken of in
    is_possibility: bool = False  # "I can do Thursday": needs a time, or somebody who asked
    needs_time: bool = False  # "we're signing on Friday"
    needs_relation: bool = False  # "we look at it together on Friday": may be a habit of theirs
    is_done: bool = False  # "I've just accepted the invite"

    @property
    def is_ours_as_told(self) -> bool:
        """Whether the seller's own account promises it for our side, and does not only tell."""
        told = self.needs_time or self.needs_relation or self.is_possibility or self.is_done
        return self.who.lower() in {"i", "we", "i'm", "ich", "wir"} and not told


OfferKind = Literal["theirs", "ours"]  # who would act: the customer too, or only we


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a sentence that may each hold a promise of their own, in order.

    The first part of a question is one too: "Shall we walk it, and Vera comes along?".
    """
    pieces, start = [], 0
    view = plain(text)
    splits = _SPLITS if _LEADS.match(view) else _SPLITS_OR_COMMA
    asks = view.rstrip().endswith("?")
    for match in splits.finditer(view):
        piece = text[start : match.start()]
        if _ONE_NAME.fullmatch(plain(piece)):
            continue  # "Marcus and I will be there": one clause of two people
        pieces.append(f"{piece}?" if asks and _OPENS_QUESTION.match(plain(piece)) else piece)
        start = match.end()
    pieces.append(text[start:])
    return tuple(piece for piece in pieces if piece.strip())


def pledges(clause: str) -> Iterator[Pledge]:
    """Yield what a clause may undertake, in the order it is said."""
    view = plain(clause)
    if view.rstrip().endswith("?"):
        return
    found = (match for one in _PLEDGES if (match := one.search(view)) and _is_deed(match))
    for match in sorted(found, key=lambda match: match.start()):
        groups = match.groupdict()
        who = groups.get("who") or "I"
        yield Pledge(
            who=who,
            action=clause[match.start() :].strip(),
            relates=who.lower() in {"i", "i'm", "ich"} or bool(_RELATES.search(view)),
            relates_closely=bool(_CLOSELY.search(view)),
            is_possibility=bool(groups.get("can")),
            needs_time=groups.get("timed") is not None or groups.get("lately", "") is None,
            needs_relation=groups.get("closely") is not None,
            is_done=groups.get("done") is not None and groups.get("lately", "") is not None,
        )


def _is_deed(match: re.Match[str]) -> bool:
    verb = match["verb"].lower()
    rest = match["rest"]
    if _DENIED.search(match.string[: match.start()]):
        return False
    if match.groupdict().get("deliver"):
        return bool(re.search(r"\b(?:from me|from us|by|tomorrow|on|before|it|them|the)\b", rest))
    if verb in {"be", "sein"}:
        return bool(_IS_THERE.match(rest))
    if verb == "have":  # "I'll have Rosa send them"
        return not re.match(r"\s+(?:to|an?|no|some|more|another|lunch|time|enough)\b", rest)
    if verb in _SPEAKS:
        return bool(_SPEAKS_TO.match(rest))
    return verb not in _STATES


def offer_kind(text: str, *, has_time: bool, at_end: bool) -> OfferKind | None:
    """Tell what a sentence of our side proposes, None where it proposes nothing.

    "Shall I send you the deck?" is ours alone; an invitation, a visit or a request is theirs too.
    `at_end` of a call any question that names a time proposes it; before, it may be about how
    things are.
    """
    view = plain(text)
    is_question = view.rstrip().endswith("?")
    if is_question and _DISCOVERS.search(view):
        return None
    if not is_question and _DELIVERS.search(view):
        return "ours"
    together = EVENT.search(view) or is_about_invitation(view) or _WE_MEET.search(view)
    asked = _SAID_YOU.search(view) or _YOU_DO.search(view)
    sends_by = has_time and not is_question and bool(_DEADLINE.search(view))
    invites = (is_about_invitation(view) and not sends_by) or (
        EVENT.search(view) and has_time and is_question
    )
    if _WE_SEND.search(view) and _US_FIRST.search(view) and not (asked or invites):
        return "ours"
    if is_question and asked:
        return "theirs"
    if has_time and (together or asked or (is_question and (at_end or _SUITS.search(view)))):
        return "theirs"
    for_time = has_time or _STRETCH.search(view)
    proposes = _PROPOSES.search(view) and (is_question or together or asked or for_time)
    return "theirs" if proposes else None


def invites_us(text: str) -> bool:
    """Tell whether a sentence of theirs bids us do something: "Bring it on Monday"."""
    return bool(_INVITES_US.search(plain(text)))


def is_bare_time(text: str, *, most: int) -> bool:
    """Tell whether an answer is a time and little else, of at most so many words."""
    return len(text.split()) <= most and not _STATES_SOMETHING.search(plain(text))


def asks_when(text: str) -> bool:
    """Tell whether a sentence asks for a time."""
    return text.rstrip().endswith("?") and bool(_ASKS_WHEN.search(text))


def people_in(text: str, speakers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the people that words name: who speaks in the call, who is brought, who acts."""
    view, found = plain(text), []
    for name in names(text):
        known = next((s for s in speakers if name.text == s or name.text in s.split()), "")
        beside = _BESIDE.search(view[: name.start])
        if known or beside or _ACTS.match(view, name.end):
            found.append(known or name.text)
    return tuple(dict.fromkeys(found))

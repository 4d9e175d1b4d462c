"""A step that somebody undertook, or nearly did: who, what, when, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.dossier import Side
from assistant.outcome.times import without_times
from assistant.outcome.words import pattern, stem_set
from assistant.text.words import STOPWORDS, plain, stem, words

# Said of going on without doing anything: alone they make no step.
_ANY_DAY = date(2026, 1, 5)  # to tell that words are a time, any day will do
_IDLE = pattern("step.idle", whole=True)
_SOFT = stem_set("step.soft")  # what idle words are done to or with
_EMPTY = stem_set("step.empty")
_TAKES_PART = pattern("step.takes_part", whole=True)
EVENT = pattern("step.event", whole=True)
ORDER = pattern("step.order")
_NO_ORDER = pattern("step.no_order", whole=True)
_BACKWARDS = pattern("step.backwards", whole=True)
_REOPENS = pattern("step.reopens", whole=True)


@dataclass(frozen=True)
class Said:
    """A sentence of a call as evidence; what has a later `place` was said later."""

    quote: str
    at: str  # source and line: "S1:14"
    place: int  # from 0, in the call


def together(said: Said, more: Said) -> str:
    """Return the words of both where the second stands right behind the first, "" elsewhere."""
    is_next = said.at == more.at and more.place == said.place + 1
    return f"{said.quote} {more.quote}" if is_next else ""


@dataclass(frozen=True)
class Step:
    """What somebody undertook to do, as far as it was said, in the words that say it."""

    side: Side
    actors: tuple[str, ...]
    action: str  # in their words; "" where none was said
    when: date | None
    said: Said  # the yes, or the promise itself
    action_said: Said | None = None  # where the action was named, if elsewhere
    when_said: Said | None = None  # where the time was named, if elsewhere
    subject: str = ""  # the words that name what "it" or "Thursday" is, where the action does not
    worded_by: Side = "unknown"  # whose words name the action
    spoken: str = ""  # the promise with what was said right beside it, where that adds to it
    hours: str = ""  # when on that day, as they said it: "from one to two thirty"
    is_coarse: bool = False  # a week or more, not a day
    hedge: str = ""
    condition: str = ""  # one that the other side does not fulfil by itself
    withdrawn: Said | None = None  # the words that take it back
    is_provisional: bool = False  # agreed for the case that the call goes well

    @property
    def is_specific(self) -> bool:
        """Whether the action is one: something that is handed over, decided, tried or attended."""
        own = is_specific(self.action, self.when) or is_specific(self.subject, self.when)
        return self.is_order or own

    @property
    def is_order(self) -> bool:
        """Whether it is a commitment to buy."""
        return bool(ORDER.search(self._words)) and not _NO_ORDER.search(self._words)

    @property
    def reopens(self) -> bool:
        """Whether it goes on after a no: something to try, attend or decide, not a last favour."""
        return self.holds and any(
            pattern.search(self._words) for pattern in (EVENT, ORDER, _REOPENS)
        )

    @property
    def holds(self) -> bool:
        """Whether it makes the call an advance: somebody of theirs, a specific action, a time."""
        return (
            self.side == "customer"
            and bool(self.actors)
            and self.is_specific
            and self.when is not None
            and self.is_firm
        )

    @property
    def is_firm(self) -> bool:
        """Whether nothing takes it back or leaves it open."""
        return not (self.hedge or self.condition or self.withdrawn or self.is_provisional)

    @property
    def _words(self) -> str:
        return plain(f"{self.action} {self.subject}")

    @property
    def named_by(self) -> Said:
        """The sentence that names the action."""
        return self.action_said or self.said

    @property
    def timed_by(self) -> Said:
        """The sentence that names the time."""
        return self.when_said or self.said


def only_talks(action: str, when: date | None = None) -> bool:
    """Tell whether words are of going on talking and of nothing else: "I'll let you know"."""
    idle = _IDLE.search(action) and not _TAKES_PART.search(action)
    return bool(idle) and not is_specific(action, when)


def is_specific(action: str, when: date | None = None) -> bool:
    """Tell whether words name an action: not only talking, thinking, or being in touch."""
    if not action or _BACKWARDS.search(action):
        return False
    view = without_times(action, when or _ANY_DAY)
    bare = _IDLE.sub(" ", view)
    if EVENT.search(bare):
        return True
    rest = {stem(word) for word in words(bare) if word not in STOPWORDS and len(word) > 1} - _EMPTY
    return bool(rest - _SOFT if bare != view else rest)

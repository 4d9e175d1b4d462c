"""Doubles and builders for tests: ours and yours. No network, no clock, no model.

The writers stand in for a language model behind `assistant.models.Writer`; the `a_…` functions
build the smallest sensible value of each type, with what a test is about given by name.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from assistant.brief import Claim, Finding, Gap, Origin, Severity, Usage
from assistant.dossier import Dossier, Fact, FactKind, Meeting, Participant, Side, SourceNote, Voice
from assistant.errors import AnswerError, ModelError
from assistant.evidence import Evidence
from assistant.knowledge.card import (
    Audience,
    CardKind,
    CardSource,
    Concern,
    Insight,
    Metric,
    Objection,
    Story,
    StoryCustomer,
)
from assistant.knowledge.profile import Capability as OfferCapability
from assistant.knowledge.profile import Criterion, SellerProfile, Stage, Step
from assistant.models.writer import Capability
from assistant.prompts import Message, Prompt
from assistant.sources.source import Invite, Passage, Person, Source, SourceKind

T = TypeVar("T", bound=BaseModel)

TODAY = date(2026, 3, 16)  # a Monday; the day on which the builders' world stands
_REVIEW_BY = date(2027, 3, 31)

# --- writers


@dataclass(frozen=True)
class Asked:
    """One call that a double received."""

    prompt: Prompt
    schema: type[BaseModel]
    max_tokens: int
    temperature: float

    @property
    def text(self) -> str:
        """Every word of the prompt, turn by turn."""
        return "\n".join(message.text for message in self.prompt.messages)


Answer: TypeAlias = BaseModel | Mapping[str, Any] | Exception | Callable[[Prompt], object]


class _Double:
    """What all the doubles have in common."""

    def close(self) -> None:
        """Nothing is running."""


class ScriptedModel(_Double):
    """A writer that answers from a script, and records what it was asked.

    The script maps a prompt's name to its answer, or to a list of answers for its first, second
    and later calls; the last one is repeated. An answer is an object of the schema, a mapping that
    is validated as a model's answer would be, an exception to raise, or a function of the prompt
    that returns one of these. A prompt that the script does not name raises KeyError: a test
    should know what its code asks.
    """

    def __init__(
        self,
        script: Mapping[str, Answer | Sequence[Answer]],
        *,
        capability: Capability = "full",
        parallel: int = 4,
        name: str = "scripted",
    ) -> None:
        """Take the script; nothing is read ahead."""
        self.name = name
        self.capability: Capability = capability
        self.parallel = parallel
        self.asked: list[Asked] = []
        self._script = {key: _as_list(answers) for key, answers in script.items()}
        self._lock = threading.Lock()

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Return the script's next answer to this prompt.

        Raises:
            KeyError: the script does not name the prompt.
            AnswerError: the scripted answer is not of the schema.
        """
        with self._lock:
            before = sum(asked.prompt.name == prompt.name for asked in self.asked)
            self.asked.append(Asked(prompt, schema, max_tokens, temperature))
            answers = self._script[prompt.name]
            given: object = answers[min(before, len(answers) - 1)]
        if callable(given):
            given = given(prompt)
        if isinstance(given, Exception):
            raise given
        return validated(given, schema)

    def usage(self) -> Usage:
        """Return a usage that counts calls, ten prompt tokens and five written ones for each."""
        calls = len(self.asked)
        return Usage(calls=calls, prompt_tokens=10 * calls, completion_tokens=5 * calls)


def _as_list(answers: Answer | Sequence[Answer]) -> list[Answer]:
    return list(answers) if isinstance(answers, list | tuple) else [answers]  # type: ignore[list-item]  # narrowed by the line itself


def validated(answer: object, schema: type[T]) -> T:
    """Return `answer` as an object of `schema`, as strictly as a model's JSON is read.

    Raises:
        AnswerError: it is not of the schema.
    """
    if isinstance(answer, schema):
        return answer
    dumped = answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer
    try:
        return schema.model_validate_json(json.dumps(dumped, default=str), strict=True)
    except ValidationError as error:
        raise AnswerError(f"the scripted answer is not a {schema.__name__}: {error}") from error


class ObedientModel(_Double):
    """A writer that does what an attacker's text tells it.

    It puts `attack` into every string that its schema leaves free, as often as it has room for,
    and takes the first value of every enumeration. With `breaks_json` it answers with the attack
    instead of an object, which a real writer reports as an `AnswerError`.
    """

    def __init__(
        self, attack: str, *, capability: Capability = "full", breaks_json: bool = False
    ) -> None:
        """Take the attacker's text."""
        self.name = "obedient"
        self.capability: Capability = capability
        self.parallel = 4
        self.asked: list[Asked] = []
        self._attack = attack
        self._breaks_json = breaks_json

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Return an object of `schema` that carries the attack wherever it can.

        Raises:
            AnswerError: the attack was the whole answer, or cannot be made to fit the schema.
        """
        self.asked.append(Asked(prompt, schema, max_tokens, temperature))
        if self._breaks_json:
            raise AnswerError(f"the answer is not JSON: {self._attack[:80]!r}", retryable=True)
        return validated(attacked(schema, self._attack), schema)

    def usage(self) -> Usage:
        """Count the calls."""
        return Usage(calls=len(self.asked))


def attacked(schema: type[BaseModel], attack: str) -> JsonValue:
    """Return JSON-like data of `schema` with `attack` in every free string, lists at full length.

    A list without a bound gets two entries.
    """
    whole = schema.model_json_schema()
    return _Attack(attack, whole.get("$defs", {})).fill(whole)


@dataclass(frozen=True)
class _Attack:
    text: str
    defs: Mapping[str, Any]

    def fill(self, schema: Mapping[str, Any]) -> JsonValue:
        if "$ref" in schema:
            return self.fill(self.defs[schema["$ref"].rsplit("/", 1)[-1]])
        if "const" in schema or "enum" in schema:
            first: JsonValue = schema["const"] if "const" in schema else schema["enum"][0]
            return first
        for key in ("anyOf", "oneOf", "allOf"):
            if key in schema:
                return self.fill(next(s for s in schema[key] if s.get("type") != "null"))
        return self._of_type(schema)

    def _of_type(self, schema: Mapping[str, Any]) -> JsonValue:
        match schema.get("type", "string"):
            case "object":
                properties = schema.get("properties", {})
                return {key: self.fill(value) for key, value in properties.items()}
            case "array":
                return self._array(schema)
            case "integer" | "number":
                return int(schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1))
            case "boolean":
                return True
            case "null":
                return None
            case _:
                return self._string(schema)

    def _array(self, schema: Mapping[str, Any]) -> list[JsonValue]:
        if "prefixItems" in schema:
            return [self.fill(entry) for entry in schema["prefixItems"]]
        count = schema.get("maxItems", max(2, schema.get("minItems", 0)))
        entries = schema.get("items", {})
        if schema.get("uniqueItems") and "enum" in entries:
            return list(entries["enum"][:count])
        return [self.fill(entries) for _ in range(count)]

    def _string(self, schema: Mapping[str, Any]) -> str:
        match schema.get("format"):
            case "date":
                return TODAY.isoformat()
            case "date-time":
                return datetime(2026, 3, 16, tzinfo=UTC).isoformat()
        text = self.text
        while len(text) < schema.get("minLength", 0):
            text = f"{text} {self.text}"
        text = text[: schema.get("maxLength", len(text))]
        pattern = schema.get("pattern")
        if pattern and not re.search(pattern, text):
            words = re.sub(r"[^A-Za-z ]", "", text)  # what is left to an attacker of plain words
            return words if re.search(pattern, words) else text
        return text


class FailingModel(_Double):
    """A writer whose calls fail: all of them, or those in `calls`, counted from 1.

    Calls that do not fail go to `otherwise`.
    """

    def __init__(
        self,
        error: Exception | None = None,
        *,
        calls: Iterable[int] | None = None,
        otherwise: ScriptedModel | ObedientModel | None = None,
    ) -> None:
        """Take the error; by default the endpoint cannot be reached."""
        self.name = "failing"
        self.capability: Capability = otherwise.capability if otherwise else "full"
        self.parallel = otherwise.parallel if otherwise else 4
        self.asked: list[Asked] = []
        self._error = error or ModelError("the endpoint cannot be reached", retryable=True)
        self._calls = None if calls is None else frozenset(calls)
        self._otherwise = otherwise
        self._lock = threading.Lock()

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Fail, or hand the call on."""
        with self._lock:
            self.asked.append(Asked(prompt, schema, max_tokens, temperature))
            fails = self._calls is None or len(self.asked) in self._calls
        if fails or self._otherwise is None:
            raise self._error
        return self._otherwise.answer(
            prompt, schema, max_tokens=max_tokens, temperature=temperature
        )

    def usage(self) -> Usage:
        """Count the calls."""
        return Usage(calls=len(self.asked))


class Clock:
    """A clock that moves only when told; hand in its methods for `time.monotonic` and `sleep`."""

    def __init__(self, now: float = 1000.0) -> None:
        """Start at `now` seconds."""
        self._now = now
        self.slept: list[float] = []

    def now(self) -> float:
        """Return the seconds on the clock."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Move the clock instead of waiting."""
        self.slept.append(seconds)
        self._now += seconds


class SlowModel(_Double):
    """A writer that moves `clock` by `seconds` with each call, then hands it on."""

    def __init__(self, inner: ScriptedModel | ObedientModel, clock: Clock, seconds: float) -> None:
        """Wrap a writer."""
        self.name = inner.name
        self.capability: Capability = inner.capability
        self.parallel = inner.parallel
        self._inner = inner
        self._clock = clock
        self._seconds = seconds

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Take the time, then answer."""
        self._clock.sleep(self._seconds)
        return self._inner.answer(prompt, schema, max_tokens=max_tokens, temperature=temperature)

    def usage(self) -> Usage:
        """Return the wrapped writer's usage, with the seconds it took."""
        usage = self._inner.usage()
        return usage.model_copy(update={"seconds": self._seconds * usage.calls})


class MeetingModel(_Double):
    """A writer whose calls wait until `together` of them run at once, to show that they do.

    Raises `threading.BrokenBarrierError` from every call where they do not within `timeout_s`.
    """

    def __init__(self, inner: ScriptedModel, *, together: int, timeout_s: float = 5.0) -> None:
        """Wrap a writer."""
        self.name = inner.name
        self.capability: Capability = inner.capability
        self.parallel = max(together, inner.parallel)
        self._inner = inner
        self._barrier = threading.Barrier(together, timeout=timeout_s)

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Wait for the others, then answer."""
        self._barrier.wait()
        return self._inner.answer(prompt, schema, max_tokens=max_tokens, temperature=temperature)

    def usage(self) -> Usage:
        """Return the wrapped writer's usage."""
        return self._inner.usage()


# --- prompts


def a_prompt(
    text: str = "Say yes.", *, name: str = "a_prompt", system: str = "Be brief."
) -> Prompt:
    """Build a prompt of a system part and one task."""
    return Prompt(name, f"{name}@0123456789ab", (Message("system", system), Message("user", text)))


def shown(prompt: Prompt) -> str:
    """Return a prompt as a person reads it, the same on every machine: for snapshots.

    The marks of fences, which differ by installation, read `<evidence-…>`.
    """
    turns = [f"[{message.role}]\n{message.text}" for message in prompt.messages]
    return re.sub(r"(</?[a-z_]+)-[0-9a-f]{16}>", r"\1-…>", "\n\n".join(turns))


# --- dossier


def a_passage(
    text: str = "Our docks are the bottleneck.",
    *,
    source: str = "S1",
    line: int = 1,
    page: int | None = None,
    heading: str = "",
    speaker: str = "",
    quoted: bool = False,
) -> Passage:
    """Build a passage of source S1, line 1."""
    return Passage(source, line, text, page, heading, speaker, quoted)


def a_source(
    *texts: str | Passage,
    id: str = "S1",  # noqa: A002 the field's name
    name: str = "notes.md",
    kind: SourceKind = "notes",
    written_on: date | None = None,
    people: tuple[Person, ...] = (),
    invite: Invite | None = None,
    warnings: tuple[str, ...] = (),
) -> Source:
    """Build a source of one passage a line; texts become passages."""
    passages = tuple(
        text if isinstance(text, Passage) else a_passage(text, source=id, line=line)
        for line, text in enumerate(texts or ("Our docks are the bottleneck.",), 1)
    )
    return Source(id, name, kind, passages, written_on, people, invite, warnings)


def a_fact(
    text: str = "Our docks are the bottleneck.",
    *,
    id: str = "F1",  # noqa: A002 the field's name
    kind: FactKind = "challenge",
    voice: Voice = "customer",
    **given: object,
) -> Fact:
    """Build a fact that somebody of the customer's stated, quoted as it stands."""
    speaker = "Dana" if voice == "customer" else ""
    fields = {"id": id, "kind": kind, "voice": voice, "text": text, "quote": text}
    return Fact.model_validate({**fields, "source": "S1", "line": 1, "speaker": speaker, **given})


def facts(*texts: str, kind: FactKind = "challenge", voice: Voice = "customer") -> tuple[Fact, ...]:
    """Build facts F1, F2 … on successive lines."""
    return tuple(
        a_fact(text, id=f"F{n}", kind=kind, voice=voice, line=n) for n, text in enumerate(texts, 1)
    )


def a_participant(
    name: str = "Dana Whitfield", role: str = "COO", side: Side = "customer", email: str = ""
) -> Participant:
    """Build somebody of the customer's."""
    return Participant(name=name, role=role, side=side, email=email)


def a_meeting(**given: object) -> Meeting:
    """Build a meeting of 45 minutes with Dana Whitfield and one of us, eight days from TODAY."""
    people = (a_participant(), a_participant("Sam Ortiz", "Account executive", "seller"))
    fields = {
        "title": "Discovery call",
        "start": datetime(2026, 3, 24, 15, 0, tzinfo=UTC),
        "minutes": 45,
        "zone": "UTC",
        "participants": people,
    }
    return Meeting.model_validate({**fields, **given})


def a_dossier(*given_facts: Fact, **given: object) -> Dossier:
    """Build a dossier of one notes file; without facts it holds a challenge, a goal and a size."""
    fields = {
        "account": "Northpeak",
        "sources": (SourceNote(id="S1", name="notes.md", kind="notes"),),
        "facts": given_facts
        or (
            a_fact(),
            a_fact("We want to cut dwell time by June.", id="F2", kind="priority", line=2),
            a_fact("Northpeak runs 4 plants with 1,200 people.", id="F3", kind="company", line=3),
        ),
        "meeting": a_meeting(),
    }
    return Dossier.model_validate({**fields, **given})


# --- knowledge


def _card_fields(id: str, title: str, audience: Audience) -> dict[str, Any]:  # noqa: A002 the field's name
    return {
        "id": id,
        "title": title,
        "owner": "enablement@seller.example",
        "review_by": _REVIEW_BY,
        "audience": audience,
        "challenges": ("detention", "dock congestion"),
    }


def an_insight(
    id: str = "insight-detention",  # noqa: A002 the field's name
    evidence: str = "In 2025, detention cost the carriers studied 11 % of revenue.",
    *,
    audience: Audience = "customer",
    **given: object,
) -> Insight:
    """Build an approved insight with one dated source."""
    fields = {
        **_card_fields(id, "Detention follows dock variance", audience),
        "sources": (
            CardSource(title="Dock study 2025", publisher="Sample data", date=date(2025, 11, 3)),
        ),
        "claim": "Most detention starts at the dock, not on the road.",
        "why_it_matters": "Rates do not change what the dock does.",
        "evidence": evidence,
        "ask": "Which of your docks decides how long a truck waits?",
    }
    return Insight.model_validate({**fields, **given})


def a_story(
    id: str = "story-carrier",  # noqa: A002 the field's name
    *,
    naming: str = "named",
    audience: Audience = "customer",
    **given: object,
) -> Story:
    """Build an approved story; an anonymous one is told under its alias."""
    customer = StoryCustomer.model_validate(
        {
            "name": "Bluewater Freight",
            "naming": naming,
            "alias": "a regional carrier",
            "role": "COO",
            "industry": "logistics",
            "employees": 900,
            "region": "Midwest",
        }
    )
    fields = {
        **_card_fields(id, "A carrier halves its dwell time", audience),
        "customer": customer,
        "results": (
            Metric(metric="Dwell time", before="96 minutes", after="48 minutes", within="5 months"),
        ),
        "situation": f"{customer.spoken_name} ran six docks by phone.",
        "complication": "Trucks queued every morning and drivers left.",
        "turning_point": "The COO asked for one week of gate logs.",
        "resolution": "Dwell time fell from 96 minutes to 48 minutes within 5 months.",
    }
    return Story.model_validate({**fields, **given})


def an_objection(
    id: str = "objection-price",  # noqa: A002 the field's name
    *they_say: str,
    concern: Concern = "objection",
    audience: Audience = "customer",
    **given: object,
) -> Objection:
    """Build an approved response to a doubt about the price."""
    fields = {
        **_card_fields(id, "It costs too much", audience),
        "concern": concern,
        "they_say": they_say or ("It is too expensive.", "We have no budget for this."),
        "behind_it": "They compare the price with doing nothing.",
        "clarify": "Compared with what?",
        "respond": "Let us put the waiting hours beside the price.",
        "proof": "Others started with one dock.",
        "check": "Would one dock be a fair test?",
    }
    return Objection.model_validate({**fields, **given})


def a_card(kind: CardKind = "insight", **given: object) -> Insight | Story | Objection:
    """Build a card of a kind; see `an_insight`, `a_story` and `an_objection`."""
    build: dict[CardKind, Callable[..., Insight | Story | Objection]] = {
        "insight": an_insight,
        "story": a_story,
        "objection": an_objection,
    }
    return build[kind](**given)


def a_profile(**given: object) -> SellerProfile:
    """Build the profile of a seller of dock scheduling with a ladder for discovery."""
    logs = ("one week of gate logs",)
    fields = {
        "company": "Harbourline",
        "offer": "Dock scheduling and yard visibility for plants and carriers.",
        "capabilities": (
            OfferCapability(
                name="Dock scheduling",
                does="gives every truck a slot and every dock a plan",
                challenges=("detention", "dock congestion"),
            ),
        ),
        "product_names": ("Harbourline Dock",),
        "icp": (
            Criterion(
                id="own-docks",
                name="Runs its own docks",
                need="required",
                field="docks",
                values=("own docks", "our docks"),
            ),
        ),
        "next_steps": (
            Stage(
                stage="discovery",
                advances=(
                    Step(
                        action="a dock-mapping workshop on site",
                        customer_roles=("COO", "terminal manager"),
                        minutes=90,
                        needs=logs,
                    ),
                ),
                fallback=Step(
                    action="a review of one week of gate logs",
                    customer_roles=("terminal manager",),
                    minutes=30,
                    needs=logs,
                ),
            ),
        ),
    }
    return SellerProfile.model_validate({**fields, **given})


def an_evidence(
    *cards: Insight | Story | Objection,
    dossier: Dossier | None = None,
    profile: SellerProfile | None = None,
    today: date = TODAY,
    schedule: tuple[date, ...] = (),
    step_minutes: int | None = None,
) -> Evidence:
    """Build evidence of a dossier and one card of each kind, or of the cards given."""
    held = cards or (an_insight(), a_story(), an_objection())
    return Evidence(
        dossier=dossier or a_dossier(),
        profile=profile or a_profile(),
        cards={card.id: card for card in held},
        today=today,
        schedule=schedule,
        step_minutes=step_minutes,
    )


# --- the brief


def a_claim(
    text: str = "The docks are the bottleneck.",
    *evidence: str,
    origin: Origin = "notes",
    quotes: tuple[str, ...] = (),
) -> Claim:
    """Build a claim that rests on F1, or on the evidence given."""
    return Claim(text=text, origin=origin, evidence=evidence or ("F1",), quotes=quotes)


def a_finding(
    message: str = "17 % is not in insight-detention",
    *,
    check: str = "grounding",
    severity: Severity = "error",
    where: str = "teach.points[0].point",
) -> Finding:
    """Build a finding of the grounding check."""
    return Finding(check=check, severity=severity, where=where, message=message)


def a_gap(need: str = "a story from food retail", kind: CardKind = "story") -> Gap:
    """Build a gap that no approved card fills."""
    return Gap(kind=kind, need=need)

"""A model that writes as an expert seller would, for the sample accounts it has been taught.

Its answers stand in `answers/ACCOUNT.yaml`. They name facts by words of theirs, and cards by id;
what the prompt shows decides which are used, so that other numbers or cards do not break it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel

from assistant.brief import Usage
from assistant.models.writer import Capability
from assistant.prompts import Prompt
from assistant.testing import validated

T = TypeVar("T", bound=BaseModel)
Json = dict[str, Any]

TAUGHT = {
    "Brightdesk": "brightdesk",
    "Caldera": "caldera-pharma",
    "Kestrel": "kestrel-packaging",
    "Northpeak": "northpeak-grocers",
    "Rosenhof": "rosenhof",
    "Tidewater": "tidewater",
}
_STEPS = ("clarify", "respond", "proof", "check")
_BEATS = ("situation", "complication", "turning_point", "resolution")
_STAGES = ("problem", "implication", "value")
_WHY = {
    "problem": "Where it comes from, as they see it.",
    "implication": "What it leads to, and for whom.",
    "value": "What a change would be worth, in their words.",
}
_OURS = ("meeting", "profile", "schedule")
_READ_OTHERWISE = {
    "Our ERP team says no change": "concern",
    "Since 2017 more than 500 shops": "company",
    "Where we are": "other",
    "he says right now it's about ninety": "other",
}
_SLOTS = {"agrees to": "step", "confirms that": "step", "decides": "decide", "first result": "goal"}


@dataclass(frozen=True)
class Seen:
    """What a prompt shows, as a reader finds it there."""

    text: str

    @cached_property
    def facts(self) -> dict[str, str]:
        """The words of each fact that may be cited, by id."""
        return dict(re.findall(r"(?m)^(F\d+) \([^)]*\): (.+)$", self.text))

    def ids(self, *stretches: str) -> list[str]:
        """Return the ids of the facts that hold these words, one each, those that are shown."""
        found = (
            next((i for i, words in self.facts.items() if stretch in words), None)
            for stretch in stretches
        )
        return [fact_id for fact_id in found if fact_id]

    def quoted(self, fact_id: str) -> str:
        """Return the words of a fact as the seller reads them: who said what."""
        who = re.search(rf"(?m)^{fact_id} \([^)]*said by ([^)]+)\)", self.text)
        return (f"{who[1]}: " if who else "") + f"“{self.facts[fact_id].rstrip('.')}”"

    @cached_property
    def cards(self) -> dict[str, list[str]]:
        """The lines of each card that may be used, its title first, by id."""
        shown = self.text.split("# what is decided")[0].split("# approved cards")[-1]
        blocks = re.split(r"(?m)^## (\S+) \(\w+\)\n", shown)
        return {i: b.strip().splitlines() for i, b in zip(blocks[1::2], blocks[2::2], strict=True)}

    @cached_property
    def problems(self) -> dict[str, str]:
        """The fact id of each problem that was decided on, by its number."""
        return dict(re.findall(r"(?m)^Problem (\d): (F\d+)", self.text))

    @cached_property
    def objectives(self) -> list[tuple[str, str, str]]:
        """Id, side and composed statement of each objective."""
        return re.findall(r"(?m)^(O\d) \((\w+)\): (.+?) Measure:", self.text)

    def serving(self, side: str) -> list[str]:
        """Return the ids of the objectives of a side."""
        return [id_ for id_, its, _ in self.objectives if its == side]

    @cached_property
    def decided(self) -> dict[str, str]:
        """Who agrees, the next step, its day and the smaller fallback, as they are decided."""
        step = re.search(r"(?m)^Next step: (.+), \d+ minutes, on (.+)$", self.text)
        fallback = re.search(r"(?m)^Smaller fallback: (.+)$", self.text)
        assert step
        assert fallback
        lead = re.match(r"(?P<name>.+?) (?:agrees|confirms)\b", self.objectives[0][2])
        assert lead
        return {
            "lead": lead["name"],
            "step": step[1],
            "day": step[2],
            "fallback": fallback[1],
        }

    @cached_property
    def minutes(self) -> int:
        """How long the meeting is."""
        found = re.search(r"Minutes: (\d+)\.", self.text)
        assert found
        return int(found[1])


class StrongModel:
    """A writer of full parts; safe in threads."""

    name = "strong"
    capability: Capability = "full"
    parallel = 10

    def __init__(self) -> None:
        """Begin with no calls made."""
        self.asked: list[Prompt] = []
        self._lock = threading.Lock()

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Return the expert's answer to a draft prompt.

        Raises:
            KeyError: the account is not one that it was taught.
        """
        del max_tokens, temperature
        with self._lock:
            self.asked.append(prompt)
        return validated(written(prompt.name, prompt.messages[1].text), schema)

    def close(self) -> None:
        """Give nothing up: an answer takes no time."""

    def usage(self) -> Usage:
        """Return a usage that counts what was asked."""
        calls = len(self.asked)
        return Usage(calls=calls, prompt_tokens=3000 * calls, completion_tokens=200 * calls)


def written(prompt: str, shown: str) -> Json:
    """Return the expert's answer to the prompt of a name, given the text that it shows.

    Raises:
        KeyError: the account is not one that the expert was taught.
    """
    if prompt == "sort_facts":
        return _sorted(shown)
    seen, part = Seen(shown), prompt.removeprefix("draft_")
    return _WRITE[part](_taught(seen)[part], seen)


def _sorted(shown: str) -> Json:
    """Say what kind a fact is where the expert reads it otherwise than by its words alone."""
    kinds = [
        {"id": fact_id, "kind": kind}
        for fact_id, words in re.findall(r"(?m)^(F\d+): (.+)$", shown)
        for stretch, kind in _READ_OTHERWISE.items()
        if stretch in words
    ]
    return {"facts": kinds}


def _taught(seen: Seen) -> Json:
    company = re.search(r"Their company: (.+?)\.", seen.text)
    assert company
    return answers(next(name for known, name in TAUGHT.items() if company[1].startswith(known)))


def answers(account: str) -> Json:
    """Return all that the expert was taught about an account, by part."""
    path = Path(__file__).parent / "answers" / f"{account}.yaml"
    taught: Json = yaml.safe_load(path.read_text("utf-8"))
    return taught


def _snapshot(taught: Json, seen: Seen) -> Json:
    def lines(of: Sequence[Json]) -> Iterator[Json]:
        for line in of:
            if facts := seen.ids(*line["facts"]):
                yield {"text": line["text"], "facts": facts}

    return {name: list(lines(of)) for name, of in taught.items()}


def _objectives(taught: Json, seen: Seen) -> Json:
    return {
        "objectives": [
            _objective(id_, taught[_slot(composed)], seen) for id_, _, composed in seen.objectives
        ]
    }


def _slot(composed: str) -> str:
    return next((slot for words, slot in _SLOTS.items() if words in composed), "learn")


def _objective(id_: str, taught: Json, seen: Seen) -> Json:
    worded = {
        key: taught[key].format(**seen.decided) if key in taught else None
        for key in ("statement", "measure", "fallback")
    }
    return {"id": id_, **worded, "facts": seen.ids(*taught["facts"])}


def _opening(taught: Json, seen: Seen) -> Json:
    agenda = [
        {
            "minutes": round(item["share"] * seen.minutes),
            "item": item["item"],
            "serves": seen.serving(item["serves"])[:2],
        }
        for item in taught["agenda"]
    ]
    agenda[1]["minutes"] += seen.minutes - sum(item["minutes"] for item in agenda)
    facts = seen.ids(*taught["purpose_facts"])
    return {**taught, "purpose_facts": facts, "agenda": agenda}


def _teach(taught: Json, seen: Seen) -> Json:
    shown = [card for card in seen.cards if f"## {card} (insight)" in seen.text]
    return {"points": [_point(card, taught.get(card), seen) for card in shown][:2]}


def _point(card: str, told: Json | None, seen: Seen) -> Json:
    """Tailor a card that the expert was taught; say another one as it is."""
    if told and (facts := seen.ids(*told["facts"])):
        worded = {key: told[key] for key in ("point", "why_them", "ask")}
        return {"card": card, **worded, "why_them_facts": facts}
    fact = next(iter(seen.problems.values()))
    return {
        "card": card,
        "point": seen.cards[card][3],
        "why_them": f"You told us: “{seen.facts[fact].rstrip('.')}”.",
        "why_them_facts": [fact],
        "ask": re.split(r"(?<=\?) ", seen.cards[card][4])[0],
    }


def _learn(taught: Json, seen: Seen) -> Json:
    questions = [
        {
            "stage": "situation",
            "problem": "1",
            "question": asked["question"],
            "why": asked["why"],
            "facts": seen.ids(*asked["facts"]),
            "serves": seen.serving("seller")[:1],
        }
        for asked in taught["situation"]
    ]
    for stage in _STAGES:
        for number, fact in seen.problems.items():
            told = _about(seen.facts[fact], taught)[stage]
            questions += [
                {
                    "stage": stage,
                    "problem": number,
                    "question": question,
                    "why": _WHY[stage],
                    "facts": [fact],
                    "serves": seen.serving("customer")[:1],
                }
                for question in ([told] if isinstance(told, str) else told)
            ]
    return {"questions": [*questions, *_about_the_goal(taught.get("goal"), seen)]}


def _about_the_goal(told: Json | None, seen: Seen) -> Iterator[Json]:
    if told:
        yield {
            "stage": "value",
            "problem": "1",
            "question": told["question"],
            "why": "Ties what we talked about to the goal they named.",
            "facts": [seen.problems["1"], *seen.ids(*told["facts"])],
            "serves": seen.serving("customer")[-1:],
        }


def _about(fact: str, taught: Json) -> Mapping[str, str | list[str]]:
    """Return what the expert asks about a problem; of one it was not taught, plainly."""
    for stretch, told in taught.items():
        if stretch in fact:
            return dict(told)
    short = " ".join(fact.split()[:4])
    return {
        "problem": f"What lies behind it when you say “{short}”?",
        "implication": f"What does “{short}” lead to for the people around you?",
        "value": f"What would be different for you without “{short}”?",
    }


def _share(taught: Json, seen: Seen) -> Json:
    stories = [
        {
            "card": card,
            "similarity": taught["similarity"],
            "similarity_facts": seen.ids(*taught["facts"]),
            **dict(zip(_BEATS, lines[1:5], strict=True)),
            "bridge_question": taught["bridge_question"],
        }
        for card, lines in seen.cards.items()
        if f"## {card} (story)" in seen.text
    ]
    return {"stories": stories}


def _anticipate(taught: Json, seen: Seen) -> Json:
    concerns = []
    for card, lines in seen.cards.items():
        if f"## {card} (objection)" not in seen.text:
            continue
        facts = seen.ids(*taught.get(card, ()))
        said = "; ".join(seen.quoted(fact) for fact in facts)
        they_say = said or lines[1]
        concerns.append(
            {
                "card": card,
                "they_say": they_say,
                "facts": facts,
                **dict(zip(_STEPS, lines[-4:], strict=True)),
            }
        )
    return {"concerns": sorted(concerns, key=lambda concern: not concern["facts"])}


def _give_get(taught: Json, seen: Seen) -> Json:
    def line(told: Json) -> Json:
        ours = [name for name in told["evidence"] if name in _OURS]
        theirs = seen.ids(*(name for name in told["evidence"] if name not in _OURS))
        return {"text": told["text"], "evidence": [*theirs, *ours] or ["profile"]}

    return {side: [line(told) for told in lines] for side, lines in taught.items()}


def _closing(taught: Json, seen: Seen) -> Json:
    return {**taught, "facts": seen.ids(*taught["facts"])}


def _after(taught: Json, seen: Seen) -> Json:
    return {**taught, "facts": seen.ids(*taught["facts"])}


_WRITE = {
    "snapshot": _snapshot,
    "objectives": _objectives,
    "opening": _opening,
    "teach": _teach,
    "learn": _learn,
    "share": _share,
    "anticipate": _anticipate,
    "give_get": _give_get,
    "closing": _closing,
    "after": _after,
}

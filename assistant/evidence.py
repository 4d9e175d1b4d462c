"""What a sentence of a brief may rest on, by id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.dossier import Dossier, Fact
from assistant.knowledge.card import Insight, Objection, Story, card_text
from assistant.knowledge.profile import SellerProfile

MEETING = "meeting"  # title, people and their roles, day, hour, minutes
PROFILE = "profile"  # our own offer and ladder of next steps
AGENDA = "agenda"  # the points of the agenda that was sent beforehand
SCHEDULE = "schedule"  # days that code computed: when actions are due


@dataclass(frozen=True)
class Evidence:
    """The facts, cards, profile and dates of one account, in one place.

    An evidence id is a fact's (`F3`), a card's, or one of `meeting`, `profile`, `schedule` and
    `agenda`.
    `cards` holds approved cards in date only: whatever else there is was removed before.
    """

    dossier: Dossier
    profile: SellerProfile
    cards: Mapping[str, Insight | Story | Objection]
    today: date
    schedule: tuple[date, ...] = ()
    step_minutes: int | None = None  # how long the next step takes: no figure of theirs
    facts: Mapping[str, Fact] = field(init=False)

    def __post_init__(self) -> None:
        """Index the facts by id."""
        object.__setattr__(self, "facts", {fact.id: fact for fact in self.dossier.facts})

    def knows(self, evidence_id: str) -> bool:
        """Tell whether there is such evidence."""
        return (
            evidence_id in self.facts
            or evidence_id in self.cards
            or evidence_id in {MEETING, PROFILE, SCHEDULE, AGENDA}
        )

    def text(self, evidence_id: str) -> str:
        """Return the words that a sentence citing this evidence may use.

        Raises:
            KeyError: there is no such evidence.
        """
        if evidence_id in self.facts:
            fact = self.facts[evidence_id]
            return "\n".join(dict.fromkeys([fact.quote, fact.text, fact.speaker]))
        if evidence_id in self.cards:
            return card_text(self.cards[evidence_id])
        return {
            MEETING: self._meeting,
            PROFILE: self._profile,
            SCHEDULE: self._schedule,
            AGENDA: self._agenda,
        }[evidence_id]()

    def _meeting(self) -> str:
        meeting = self.dossier.meeting
        people = [f"{p.name}, {p.role}" if p.role else p.name for p in meeting.participants]
        hour = f" {meeting.start:%H:%M} {meeting.zone}" if meeting.start else ""
        when = [f"{spelled(meeting.held_on)}{hour}"] if meeting.held_on else []
        title = [meeting.title, self.dossier.account, meeting.place]
        return "\n".join([*filter(None, title), *when, f"{meeting.minutes} minutes", *people])

    def _profile(self) -> str:
        profile = self.profile
        steps = [s for stage in profile.next_steps for s in (*stage.advances, stage.fallback)]
        ladder = [
            f"{s.action}, with {', '.join(s.customer_roles)}; needs {', '.join(s.needs)}"
            for s in steps
        ]
        does = [f"{c.name}: {c.does} {', '.join(c.challenges)}" for c in profile.capabilities]
        asked = [f"{q.situation} {q.problem} {q.implication} {q.value}" for q in profile.questions]
        found_out = [f"{criterion.name}. {criterion.ask}" for criterion in profile.icp]
        return "\n".join([profile.company, profile.offer, *does, *ladder, *asked, *found_out])

    def _agenda(self) -> str:
        sent = self.dossier.meeting.agenda
        return "\n".join(point.text for point in sent.points) if sent else ""

    def _schedule(self) -> str:
        takes = [f"{self.step_minutes} minutes"] if self.step_minutes else []
        return "\n".join([*(spelled(day) for day in self.schedule), *takes])


def sayable(dossier: Dossier) -> tuple[Fact, ...]:
    """Return the facts that may be brought up in front of the customer, in their order.

    They are also all the facts that a model is shown, whatever it is asked: what leaves could be
    said to the customer's face.
    """
    return tuple(fact for fact in dossier.facts if may_be_said(fact, dossier))


def may_be_said(fact: Fact, dossier: Dossier) -> bool:
    """Tell whether a fact's words may be brought up in front of the customer.

    Theirs must be somebody's: what our notes hold without saying who said it stays on the page.
    What is published was published by them: a page, or words spoken in public. Nobody hears what
    one of them said of another who was asked to come.
    """
    kind = next((s.kind for s in dossier.sources if s.id == fact.source), "notes")
    match fact.voice:
        case "internal":
            return False
        case "public":
            return kind in {"page", "transcript"}
        case "customer":
            return bool(fact.speaker) and not _names_another(fact, dossier)


def _names_another(fact: Fact, dossier: Dossier) -> bool:
    said = set(re.findall(r"\w+", fact.quote))
    speaker = set(fact.speaker.lower().split())
    for person in dossier.meeting.people:
        parts = [part for part in person.name.split() if part[:1].isupper() and part[-1:] != "."]
        is_speaker = bool(speaker & {part.lower() for part in parts})
        if person.side != "seller" and not is_speaker and said & set(parts):
            return True
    return False


def spelled(day: date) -> str:
    """Return a day in both ways a text may give it: 2026-12-10, Thursday 10 December 2026."""
    return f"{day:%Y-%m-%d}, {day:%A} {day.day} {day:%B} {day.year}"

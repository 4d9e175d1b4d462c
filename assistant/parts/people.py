"""The people in the conversation: what the sources say they want, and what is unknown of them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.brief import Claim, ParticipantBrief
from assistant.dossier import Fact, Participant
from assistant.evidence import sayable
from assistant.parts.phrases import spelled_role
from assistant.parts.recall import own_words, spoken_name
from assistant.plan import Plan
from assistant.research.facts import salience

_TELLING = {"priority": 3.0, "concern": 2.0, "challenge": 1.0, "person": 1.0}


def brief_people(plan: Plan) -> tuple[ParticipantBrief, ...]:
    """Return everybody expected, their side first.

    `wants` is what they said themselves, and not of another who is there.
    """
    spoken = [f for f in sayable(plan.dossier) if f.voice == "customer" and f.speaker]
    return tuple(_brief(person, spoken) for person in (*plan.customers, *plan.sellers))


def lead(plan: Plan) -> str:
    """Return whom the next step is agreed with: a name, else a role."""
    names = (person.name for person in plan.customers if person.name)
    return next(names, f"the {spelled_role(plan.step.customer_roles[0])}")


def _brief(person: Participant, spoken: Sequence[Fact]) -> ParticipantBrief:
    called = {person.name.lower(), *person.name.lower().split()}
    theirs = [f for f in spoken if f.speaker.strip().lower() in called and _says(person, f)]
    told = max(theirs, key=lambda f: _TELLING.get(f.kind, 0.0) + 0.1 * salience(f), default=None)
    wants = None
    if told is not None and told.kind in _TELLING:
        words = own_words(told)
        wants = Claim(text=words, origin="notes", evidence=(told.id,), quotes=(words.strip("“”"),))
    return ParticipantBrief(
        name=person.name,
        role=spelled_role(person.role),
        side=person.side,
        wants=wants,
        unknown=_unknown(person, wants),
    )


def _says(person: Participant, fact: Fact) -> bool:
    return bool(spoken_name(fact.speaker, (person,)))


def _unknown(person: Participant, wants: Claim | None) -> str:
    if person.side == "seller":
        return ""
    if not person.role:
        return "What is their role, and what do they want from this?"
    return "" if wants else "What do they want from this?"

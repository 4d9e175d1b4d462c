"""The people in the conversation: what the sources say they want, and what is unknown of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.brief import Claim, ParticipantBrief
from assistant.dossier import Fact, Participant
from assistant.evidence import sayable
from assistant.knowledge.profile import Step
from assistant.parts.phrases import spelled_role
from assistant.parts.recall import own_words, spoken_name
from assistant.plan import Plan
from assistant.research.facts import salience
from assistant.roles import same_role

_MOST_PARTNERS = 2  # beside the one it is agreed with; more are not addressed in one breath
_DECIDES = re.compile(
    r"\b(?:signs?|signed|approves?|decides?|owns the budget|final (?:say|word)|the board|leads this"
    r"|entscheidet|unterschreibt|genehmigt)\b",
    re.IGNORECASE,
)
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


def partners(plan: Plan) -> tuple[Participant, ...]:
    """Return whom the next step is agreed with, first, and who else of theirs it is for.

    That is by their role, or because they are said to lead it or to sign.
    """
    named = [person for person in plan.customers if person.name]
    told = [fact.quote for fact in deciding_facts(plan) if fact.voice != "internal"]
    others = [p for p in named[1:] if _is_for(plan.step, p) or _is_said_to_decide(p, told)]
    return (*named[:1], *others[:_MOST_PARTNERS])


def addressed(plan: Plan) -> tuple[str, ...]:
    """Return what those are called, aloud, with whom the next step is agreed and who are there.

    Who may not come is spoken of and not spoken to, save the one it hangs on.
    """
    first, there = partners(plan)[:1], partners(plan)[1:]
    present = [*first, *(person for person in there if not person.attendance)]
    called = [spoken_name(person.name, (person,)) for person in present]
    return tuple(
        person.name if called.count(name) > 1 else name
        for person, name in zip(present, called, strict=True)
    )


def deciding_facts(plan: Plan) -> tuple[Fact, ...]:
    """Return what says who of theirs decides, signs or leads it; what is internal too."""
    return tuple(f for f in plan.dossier.facts if f.kind == "person" and decides(f.quote))


def decides(words: str) -> bool:
    """Tell whether a line says who decides, signs or leads."""
    return bool(_DECIDES.search(words))


def _is_said_to_decide(person: Participant, told: Iterable[str]) -> bool:
    clauses = (clause for line in told for clause in re.split(r"[,;.]", line))
    deeds = ((clause, found) for clause in clauses if (found := _DECIDES.search(clause)))
    before = (clause[: found.start()].split() for clause, found in deeds)
    return any(spoken_name(word, (person,)) for words in before for word in words)


def _is_for(step: Step, person: Participant) -> bool:
    return any(same_role(person.role, role) for role in step.customer_roles)


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

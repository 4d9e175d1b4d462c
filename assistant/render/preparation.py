"""The minute before the call, and the first layer: what to know and what to aim for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import shorten

from assistant.brief import Ahead, Brief, Claim, CriterionMet, Objective, ParticipantBrief
from assistant.dossier import Participant
from assistant.render.calendar import day
from assistant.render.ending import gravest_first, in_words
from assistant.render.marks import Mark, Marks, reference
from assistant.render.page import Block, Layer, Line
from assistant.render.printable import capital, printable

_VERDICTS = {
    "fits": "Fits our ideal customer.",
    "partial": "Fits in part.",
    "no": "Does not fit. Find out whether that is so, and be ready to stop.",
    "unknown": "Not known yet: ask.",
}
_MIND_LENGTH = 120  # one line of a page; the whole of it stands where the checks are
_MOST_UNKNOWN = 5  # more nobody can ask in one call; the JSON holds all of them
_MOST_PEOPLE = 16  # more nobody prepares for one by one, and two pages do not hold them
_NAMELESS = "Invited by address only: who is it, and what do they do?"
_SIDES = {"seller": "ours", "customer": "theirs"}


def minute(brief: Brief, marks: Marks) -> tuple[Line, ...]:
    """Return the one-minute version: whom, why now, fit, objectives, next step, and a warning."""
    preparation = brief.preparation
    objectives = (
        Line(
            printable(objective.statement),
            lead=f"{objective.id}, {_SIDES[objective.side]}",
            marks=_objective_marks(objective, marks),
        )
        for objective in preparation.objectives
    )
    return (
        Line(_whom(brief), lead="Whom"),
        _why_now(preparation.trigger, marks),
        Line(_VERDICTS[preparation.fit.verdict], lead="Fit", aside=_reason(brief)),
        *objectives,
        _next_step(brief, marks),
        *_plain_no(brief, marks),
        *_mind(brief, marks),
    )


def _whom(brief: Brief) -> str:
    unsure = {p.name: p.attendance for p in brief.meeting.participants}
    theirs = [p for p in brief.preparation.participants if p.side != "seller"]
    people = [_named(person, unsure.get(person.name, "")) for person in theirs]
    account = printable(brief.dossier.account)
    more = len(people) - _MOST_PEOPLE
    if more > 0:
        people = [*people[:_MOST_PEOPLE], f"and {more} others"]
    declined = [_with_role(p) for p in brief.meeting.declined if p.side != "seller"]
    no = f"; declined: {', '.join(declined)}" if declined else ""
    if not people:
        nobody = "Nobody is expected" if declined else "Nobody is named yet"
        return f"{nobody}{', at ' + account if account else ''}{no}."
    return ", ".join(people) + (f" of {account}" if account else "") + no


def _named(person: ParticipantBrief, attendance: str = "") -> str:
    """Name a person with their role, and whether the invitation leaves it open that they come."""
    about = ", ".join(filter(None, (printable(person.role), attendance)))
    return f"{printable(person.name)} ({about})" if about else printable(person.name)


def _with_role(person: Participant) -> str:
    return printable(person.name) + (f" ({printable(person.role)})" if person.role else "")


def _why_now(trigger: Claim | None, marks: Marks) -> Line:
    if trigger is None:
        return Line("The sources do not say what makes this the moment: ask.", lead="Why now")
    return claim_line(trigger, marks, lead="Why now")


def _reason(brief: Brief) -> str:
    """Return what speaks against the prospect, in a few words."""
    against = [_stated(c) for c in brief.preparation.fit.criteria if _speaks_against(c)]
    return f"Against: {'; '.join(against)}." if against else ""


def _stated(criterion: CriterionMet) -> str:
    """Name a criterion; one that speaks against them because it does not hold says so."""
    name = printable(criterion.name)
    missed = _speaks_against(criterion) and criterion.need == "required"
    return f"not “{name}”" if missed else name


def _speaks_against(criterion: CriterionMet) -> bool:
    wrong = "met" if criterion.need == "disqualifier" else "missed"
    return criterion.state == wrong and criterion.need != "preferred"


def _next_step(brief: Brief, marks: Marks) -> Line:
    step = brief.opening.next_step
    actors = ", ".join(map(printable, step.customer_actors))
    return Line(
        f"{capital(printable(step.action))}, with {actors}, by {day(step.when)}.",
        lead="Next step",
        marks=marks.of(step.evidence),
        under=(Line(printable(step.wording), lead="Say", spoken=True),),
    )


def _plain_no(brief: Brief, marks: Marks) -> Iterator[Line]:
    """Yield what a prospect who does not fit is to hear of what we do, at once."""
    if brief.preparation.fit.verdict == "no":
        for told in brief.core.anticipate[:1]:
            said = (Line(printable(told.clarify), lead="Say", spoken=True),)
            cited = marks.of(told.evidence)
            yield Line(printable(told.they_say), lead="If they say", marks=cited, under=said)


def _mind(brief: Brief, marks: Marks) -> Iterator[Line]:
    """Yield the gravest finding in one line, if there is one that is more than a note.

    Of those that are equally grave, one that is about why now, or about what they want, is first.
    """
    told = (brief.preparation.trigger, *brief.preparation.priorities)
    cited = {e for claim in told if claim for e in claim.evidence}
    places = [reference(fact) for fact in brief.dossier.facts if fact.id in cited]
    grave = gravest_first(f for f in brief.findings if f.severity != "note")
    weightiest = [f for f in grave if f.severity == grave[0].severity]
    weightiest.sort(key=lambda f: not any(f"({place})" in f.message for place in places))
    for finding in weightiest[:1]:
        yield Line(shorten(in_words(finding, marks), _MIND_LENGTH, placeholder=" …"), lead="Mind")


def claim_line(claim: Claim, marks: Marks, *, lead: str = "", spoken: bool = False) -> Line:
    """Return a claim as a line with its marks."""
    return Line(printable(claim.text), lead=lead, marks=marks.of_claim(claim), spoken=spoken)


def preparation(brief: Brief, marks: Marks) -> Layer:
    """Return the layer before the call."""
    told = brief.preparation
    snapshot = tuple(claim_line(claim, marks) for claim in told.snapshot)
    blocks = (
        Block("What matters now", snapshot),
        Block("Their priorities", _new(told.priorities, told.snapshot, marks)),
        Block("Their challenges", _new(told.challenges, told.snapshot, marks)),
        Block("People", tuple(_people(brief, marks))),
        Block("Their days ahead", tuple(_ahead(one, marks) for one in told.ahead)),
        Block(
            "From your own notes, not to be read out",
            tuple(claim_line(claim, marks) for claim in told.noted),
        ),
        _judged(brief, marks),
        _fit(brief, marks),
        Block(
            "Ask, for the sources do not say",
            tuple(_first([Line(marks.in_words(unknown)) for unknown in told.unknowns])),
        ),
        Block(
            "Before the call",
            tuple(
                Line(marks.in_words(todo.task), lead=f"By {day(todo.due)}")
                for todo in told.logistics
            ),
        ),
    )
    return Layer("Preparation", tuple(block for block in blocks if block.lines))


def _first(unknown: list[Line]) -> Iterator[Line]:
    """Show of what is not known, weightiest first, as much as one call has room for."""
    yield from unknown[:_MOST_UNKNOWN]
    if (more := len(unknown) - _MOST_UNKNOWN) > 0:
        yield Line(f"{more} more {'is' if more == 1 else 'are'} not worth asking yet.")


def _ahead(ahead: Ahead, marks: Marks) -> Line:
    """Say when, and how many weeks are left for it after the call."""
    when = " ".join(day(ahead.day).split()[2 if ahead.whole_month else 0 :])
    weeks = f"{ahead.weeks} week{'s' * (ahead.weeks != 1)} after the call"
    lead = f"{when}, {weeks if ahead.weeks else 'within a week of the call'}"
    return claim_line(ahead.what, marks, lead=lead)


def _new(claims: Iterable[Claim], shown: Iterable[Claim], marks: Marks) -> tuple[Line, ...]:
    """Leave out what the snapshot has said in the same words."""
    said = {claim.text for claim in shown}
    return tuple(claim_line(claim, marks) for claim in claims if claim.text not in said)


def _people(brief: Brief, marks: Marks) -> Iterator[Line]:
    theirs = [person for person in brief.preparation.participants if person.side != "seller"]
    for person in theirs[:_MOST_PEOPLE]:
        wants = person.wants
        yield Line(
            printable(wants.text) if wants else "",
            lead=_named(person) + (", side unknown" if person.side == "unknown" else ""),
            marks=marks.of_claim(wants) if wants else (),
            aside=printable(person.unknown),
        )
    for email in brief.meeting.nameless[:_MOST_PEOPLE]:
        yield Line("", lead=f"{printable(email.partition('@')[0])}@…", aside=_NAMELESS)
    more = len(theirs) - _MOST_PEOPLE
    if more > 0:
        yield Line(f"Name those who matter with --with: {more} others are expected.")
    ours = [_named(p) for p in brief.preparation.participants if p.side == "seller"]
    if ours:
        shown = [*ours[:_MOST_PEOPLE], *(["and others"] if len(ours) > _MOST_PEOPLE else [])]
        yield Line(", ".join(shown), lead="For us")
    if declined := brief.meeting.declined:
        named = ", ".join(map(_with_role, declined[:_MOST_PEOPLE]))
        yield Line(f"{named}: not in the room.", lead="Declined")


def _judged(brief: Brief, marks: Marks) -> Block:
    """Say the day once where all are due on one."""
    objectives = brief.preparation.objectives
    days = {objective.due for objective in objectives}
    shared = f", by {day(*days)}" if len(days) == 1 else ""
    lines = tuple(
        Line(
            printable(objective.measure) + ("" if shared else f" By {day(objective.due)}."),
            lead=objective.id,
            marks=_objective_marks(objective, marks),
            aside=f"Else: {printable(objective.fallback)}" if objective.fallback else "",
        )
        for objective in objectives
    )
    title = f"How each objective is judged{shared}"
    return Block(title, lines, folds=True)


def _objective_marks(objective: Objective, marks: Marks) -> tuple[Mark, ...]:
    return marks.of(objective.evidence, inferred=objective.origin == "inferred")


def _fit(brief: Brief, marks: Marks) -> Block:
    """Tell the criteria one by one only where something speaks against the prospect."""
    criteria = brief.preparation.fit.criteria
    if brief.preparation.fit.verdict == "fits":
        return Block("Fit", (_fits(criteria, marks),))
    if criteria and all(criterion.state == "unknown" for criterion in criteria):
        return Block("Fit", (Line(f"None of the {len(criteria)} criteria is known yet."),))
    return Block("Fit", tuple(_criteria(brief, marks)), folds=True)


def _fits(criteria: Iterable[CriterionMet], marks: Marks) -> Line:
    """Count what is met, and name what is not and what is not known."""
    wanted = [c for c in criteria if c.need != "disqualifier"]
    known = [c for c in wanted if c.state != "unknown"]
    met = [c for c in known if c.state == "met"]
    named = {
        "missed": [c for c in known if c.state == "missed"],
        "unknown": [c for c in wanted if c.state == "unknown"],
        "not ruled out": [c for c in criteria if c.need == "disqualifier" and c.state == "unknown"],
    }
    told = [f"{len(met)} of {len(known)} known criteria met"]
    told += [f"{lead}: {_names(those)}" for lead, those in named.items() if those]
    evidence = [cited for criterion in known for cited in criterion.evidence]
    return Line(f"Fits: {'; '.join(told)}.", marks=marks.of(evidence) if evidence else ())


def _names(criteria: Iterable[CriterionMet]) -> str:
    return ", ".join(_small(printable(criterion.name)) for criterion in criteria)


def _small(name: str) -> str:
    """Return a name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def _criteria(brief: Brief, marks: Marks) -> Iterator[Line]:
    """Group the criteria by how they stand; what is unknown comes last, for it is to be asked."""
    stand: dict[str, list[CriterionMet]] = {"Against": [], "Met": [], "Missed": [], "Unknown": []}
    fits = brief.preparation.fit.verdict != "no"
    for criterion in brief.preparation.fit.criteria:
        if not _is_quiet(criterion) and (fits or criterion.state != "unknown"):
            stand[_standing(criterion)].append(criterion)
    for lead, criteria in stand.items():
        if criteria:
            under = [
                Line(f"{capital(_stated(c))}.", marks=_criterion_marks(c, marks)) for c in criteria
            ]
            shown = tuple(_first(under) if lead == "Unknown" else under)
            yield Line("", lead=lead, under=shown, flows=True)


def _standing(criterion: CriterionMet) -> str:
    return "Against" if _speaks_against(criterion) else criterion.state.capitalize()


def _criterion_marks(criterion: CriterionMet, marks: Marks) -> tuple[Mark, ...]:
    return marks.of(criterion.evidence) if criterion.evidence else ()


def _is_quiet(criterion: CriterionMet) -> bool:
    """Tell whether there is nothing to say: a disqualifier that does not apply."""
    return criterion.need == "disqualifier" and criterion.state == "missed"

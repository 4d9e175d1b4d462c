"""Choose what a brief stands on: problems, goal, cards, the next step and its day.

Code chooses, so that every part rests on the same choice and a person can change it. A model words
what was chosen; it never widens it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.brief import Fit, Gap
from assistant.calendar import free_workday, ruled_out, unsigned_in, workday, workday_before
from assistant.dossier import Dossier, Fact, FactKind, Meeting, Participant
from assistant.evidence import Evidence, sayable
from assistant.knowledge.profile import QuestionSet, SellerProfile, Settling, Stage, Step
from assistant.research.ahead import is_ahead
from assistant.research.facts import salience
from assistant.retrieval import Hit, Retrieval
from assistant.retrieval.dossier import on_agenda
from assistant.retrieval.doubts import voiced_doubts
from assistant.retrieval.hooks import Hook, hooks
from assistant.retrieval.stories import like_them
from assistant.retrieval.themes import challenge_of, signs_of, theme_weights
from assistant.roles import same_role, seniority

MAX_PROBLEMS = 3
MAX_TEACH = 2
MAX_SHARE = 1
MOST_CONCERNS = 4  # the two pages hold no more
_STAGE_LINE = re.compile(r"\bstage\s*:\s*(?:\d\s*[-.]?\s*)?(?P<stage>[a-z]+)", re.IGNORECASE)
_DAYS_TO_STEP = 7
_ABOUT: frozenset[FactKind] = frozenset({"challenge", "priority"})
_NOT_COMING = frozenset({"declined"})
_STOP = "a plain yes or no before the call ends"  # nobody we turn down is left with a task


@dataclass(frozen=True)
class Problem:
    """A problem of theirs that the call is about, and our own word for its kind."""

    number: int  # from 1, in the order to speak of them
    fact: Fact
    challenge: str  # as the seller profile calls it, "" where none of its words fits
    ahead: bool = False  # announced, or to begin on a later day: it is not felt yet


@dataclass(frozen=True)
class Choices:
    """What the seller chose instead of the code; empty means: as the code would."""

    stage: str = ""
    next_step: str = ""
    problems: tuple[str, ...] = ()  # fact ids
    goal: str = ""  # a fact id
    insights: tuple[str, ...] = ()  # card ids
    stories: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # a plan equals itself alone, and is a key of caches
class Plan:
    """Everything that the parts of one brief are made from."""

    evidence: Evidence
    fit: Fit
    stage: str
    step: Step
    fallback: Step
    asked_step: str  # the seller's own wish, "" where the ladder decided
    meeting_day: date
    step_day: date
    customers: tuple[Participant, ...]  # who is there from their side, the one to win first
    sellers: tuple[Participant, ...]
    problems: tuple[Problem, ...]
    goal: Fact | None
    trigger: Fact | None
    concerns: tuple[Fact, ...]  # weightiest first; a saying that is two doubts stands as two
    teach: tuple[Hit, ...]
    share: tuple[Hit, ...]
    anticipate: tuple[Hit, ...]
    coaching: tuple[Hit, ...]
    gaps: tuple[Gap, ...]
    cautions: Mapping[str, Fact] = field(default_factory=dict)  # by card: not to be spoken of
    questions: Mapping[str, QuestionSet] = field(default_factory=dict)  # by challenge

    @property
    def dossier(self) -> Dossier:
        """The dossier that the plan was made from."""
        return self.evidence.dossier

    @property
    def asks_for_least(self) -> bool:
        """Whether the next step is the ladder's smallest: nothing smaller can stand behind it."""
        return self.step == self.fallback

    @property
    def stops(self) -> bool:
        """Whether the next step is to stop: they do not fit, and the seller wants nothing else."""
        return self.step.action == _STOP

    @property
    def is_first_stage(self) -> bool:
        """Whether this is a first conversation, by the ladder."""
        return self.stage == self.evidence.profile.next_steps[0].stage

    @property
    def settling(self) -> Settling | None:
        """What the conversation has to settle at its stage, None where they may not even fit."""
        stages = self.evidence.profile.next_steps
        own = next((stage.settles for stage in stages if stage.stage == self.stage), None)
        return own if self.fit.verdict != "no" else None

    @property
    def account(self) -> str:
        """How the prospect is called in a sentence."""
        return self.dossier.account or "your company"

    @property
    def lead(self) -> str:
        """Whom the next step is agreed with: a name, else a role."""
        return self.customers[0].name if self.customers else f"the {self.step.customer_roles[0]}"


def make_plan(
    dossier: Dossier,
    *,
    profile: SellerProfile,
    fit: Fit,
    found: Retrieval,
    today: date,
    choices: Choices | None = None,
) -> Plan:
    """Choose what the brief stands on.

    A prospect who does not fit gets no teaching and no stories: their time and ours is for
    finding out whether that is so, and the next step is to stop.
    """
    choices = choices or Choices()
    facts = sayable(dossier)
    stage = choose_stage(profile, dossier.facts, choices.stage)
    problems = _problems(
        facts,
        found,
        profile,
        wanted=choices.problems,
        today=today,
        called=_called(dossier.meeting),
    )
    goal = _chosen(facts, choices.goal) or _weightiest(facts, "priority")
    fits = fit.verdict != "no"
    step, fallback = _step(stage, dossier, problems, choices.next_step), stage.fallback
    if fit.verdict in {"no", "unknown"} and not choices.next_step:
        fallback = fallback if fits else fallback.model_copy(update={"action": _STOP, "needs": ()})
        step = fallback  # no more of anybody's time than it takes to be sure
    meeting_day = max(dossier.meeting.held_on or today, today)
    step_day = free_workday(
        meeting_day + timedelta(days=_DAYS_TO_STEP),
        ruled_out(dossier.facts, today),
        after=meeting_day + timedelta(days=1),
    )
    step_day = meeting_day if step.action == _STOP else step_day
    hooked = [hook.hit for hook in hooks_for(found.insights, facts, problems)]
    teach = _picked(hooked, choices.insights)[:MAX_TEACH]
    asked = {fact.id for fact in on_agenda(dossier)} | {
        fact.id for fact in dossier.facts if _is_doubt(fact, today)
    }
    about = {problem.fact.id: problem.challenge for problem in problems}
    close = like_them(found.stories, about, asked)
    share = _picked(close, choices.stories)[:MAX_SHARE]
    teach, share = (teach, share) if fits else ((), ())
    answers = _picked(found.objections, choices.objections)
    concerns = voiced_doubts(
        (fact for fact in dossier.facts if _is_doubt(fact, today)),
        found.objections,
        dossier.meeting.participants,
    )
    cited = (*teach, *share, *answers, *found.coaching)
    return Plan(
        evidence=Evidence(
            dossier=dossier,
            profile=profile,
            cards={hit.card.id: hit.card for hit in cited},
            today=today,
            schedule=schedule(meeting_day, step_day),
            step_minutes=step.minutes,
        ),
        fit=fit,
        stage=stage.stage,
        step=step,
        fallback=fallback,
        asked_step=choices.next_step,
        meeting_day=meeting_day,
        step_day=step_day,
        customers=_customers(dossier, step, facts),
        sellers=tuple(p for p in dossier.meeting.participants if p.side == "seller"),
        problems=problems,
        goal=goal,
        trigger=_weightiest(facts, "trigger"),
        concerns=concerns,
        teach=teach,
        share=share,
        anticipate=answers,
        coaching=found.coaching,
        gaps=(*found.gaps, *_lacking_story(found.gaps, share, problems)) if fits else (),
        cautions=found.cautions,
        questions={questions.challenge: questions for questions in profile.questions},
    )


def narrowed(plan: Plan) -> Plan | None:
    """Return the plan with half of the facts left out that it does not stand on, the least first.

    Only those count that a model is shown. None where all of them are what it stands on.
    """
    hits = (*plan.teach, *plan.share, *plan.anticipate)
    needed = {e for hit in hits for e in hit.evidence} | {p.fact.id for p in plan.problems}
    needed |= {fact.id for fact in (plan.goal, plan.trigger, *plan.concerns) if fact}
    spare = sorted((f for f in sayable(plan.dossier) if f.id not in needed), key=salience)
    if not spare:
        return None
    left_out = {fact.id for fact in spare[: (len(spare) + 1) // 2]}
    kept = tuple(fact for fact in plan.dossier.facts if fact.id not in left_out)
    dossier = plan.dossier.model_copy(update={"facts": kept})
    return replace(plan, evidence=replace(plan.evidence, dossier=dossier))


def schedule(meeting_day: date, step_day: date) -> tuple[date, ...]:
    """Return the days code may name: the meeting, the summary, the preparation, the next step."""
    return (meeting_day, summary_day(meeting_day), ready_day(step_day), step_day)


def summary_day(meeting_day: date) -> date:
    """Return when our summary is due: the working day after the call."""
    return workday(meeting_day + timedelta(days=1))


def ready_day(step_day: date) -> date:
    """Return when what the next step needs must be there: two days before, on a working day."""
    return workday_before(step_day - timedelta(days=1))


def choose_stage(profile: SellerProfile, facts: Sequence[Fact], wanted: str = "") -> Stage:
    """Return the stage the seller named, else the one a source names, else the first."""
    noted = [m["stage"] for fact in facts if (m := _STAGE_LINE.search(fact.quote))]
    for name in filter(None, [wanted, *noted]):
        for stage in profile.next_steps:
            if stage.stage.lower() == name.lower():
                return stage
    return profile.next_steps[0]


def hooks_for(
    hits: Sequence[Hit], facts: Sequence[Fact], problems: Sequence[Problem]
) -> tuple[Hook, ...]:
    """Return insights with the facts to bring them up with, the best pair first."""
    return hooks(
        hits,
        facts,
        problems=tuple(problem.fact for problem in problems),
        challenges={problem.challenge for problem in problems},
    )


def _is_doubt(fact: Fact, today: date) -> bool:
    """Tell whether a fact is a doubt of one of theirs, and not days in which nothing is signed.

    One that names another who is there is prepared for like any other; nobody is given it to hear.
    """
    theirs = fact.kind == "concern" and fact.voice == "customer" and bool(fact.speaker)
    return theirs and unsigned_in(fact.quote, today) is None


def _lacking_story(
    gaps: Sequence[Gap], share: Sequence[Hit], problems: Sequence[Problem]
) -> tuple[Gap, ...]:
    """Return the gap that no story is like them, where it is not told already."""
    if share or not problems or any(gap.kind == "story" for gap in gaps):
        return ()
    fact = problems[0].fact
    return (Gap(kind="story", need=fact.text, evidence=(fact.id,)),)


def _picked(hits: Sequence[Hit], wanted: Sequence[str]) -> tuple[Hit, ...]:
    """Return the hits the seller picked, in their order; all where they picked none."""
    by_id = {hit.card.id: hit for hit in hits}
    return tuple(by_id[card] for card in wanted if card in by_id) or tuple(hits)


def _chosen(facts: Sequence[Fact], fact_id: str) -> Fact | None:
    return next((fact for fact in facts if fact.id == fact_id), None)


def _weightiest(facts: Sequence[Fact], kind: str) -> Fact | None:
    of_kind = [fact for fact in facts if fact.kind == kind]
    return max(of_kind, key=salience, default=None)


def candidate_problems(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the problems that may be spoken of, weightiest first, near repetitions left out."""
    ranked = sorted((f for f in facts if f.kind == "challenge"), key=salience, reverse=True)
    kept: list[Fact] = []
    for fact in ranked:
        if all(overlap(fact.quote, other.quote) < 0.5 for other in kept):
            kept.append(fact)
    return tuple(kept)


def overlap(one: str, other: str) -> float:
    """Return the share of the shorter text's longer words that the other holds."""
    first, second = (set(re.findall(r"\w{4,}", text.lower())) for text in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _problems(
    facts: Sequence[Fact],
    found: Retrieval,
    profile: SellerProfile,
    *,
    wanted: Sequence[str],
    today: date,
    called: Sequence[str],
) -> tuple[Problem, ...]:
    """Return the problems that the call is about, that first which most of their words are about.

    `called` is what the meeting is called and its agenda holds.
    """
    chosen = [fact for fact_id in wanted if (fact := _chosen(facts, fact_id))]
    signs = signs_of(profile)
    kinds = {fact: challenge_of(fact, found, signs) for fact in facts if fact.kind in _ABOUT}
    weights = theme_weights(kinds, called, signs)
    ranked = chosen or sorted(candidate_problems(facts), key=lambda f: -weights[f])
    named = [(fact, kinds[fact]) for fact in ranked]
    first_of_kind = [pair for i, pair in enumerate(named) if _is_new(pair[1], named[:i])]
    others = [pair for pair in named if pair not in first_of_kind]
    ordered = named if chosen else sorted([*first_of_kind, *others], key=lambda p: not p[1])
    return tuple(
        Problem(number, fact, challenge, ahead=is_ahead(fact.quote, today))
        for number, (fact, challenge) in enumerate(ordered[:MAX_PROBLEMS], start=1)
    )


def _called(meeting: Meeting) -> tuple[str, ...]:
    points = meeting.agenda.points if meeting.agenda else ()
    return (meeting.title, *(point.text for point in points))


def _is_new(challenge: str, earlier: Sequence[tuple[Fact, str]]) -> bool:
    return not challenge or all(challenge != other for _, other in earlier)


def _step(stage: Stage, dossier: Dossier, problems: Sequence[Problem], asked: str) -> Step:
    """Return the advance that suits those who are there and what they told us, best first."""
    theirs = _expected(dossier)
    if asked:
        roles = tuple(p.role or p.name for p in theirs) or stage.advances[0].customer_roles
        return Step(action=asked.strip().rstrip("."), customer_roles=roles, minutes=60)
    said = " ".join([*(p.challenge for p in problems), *(p.fact.quote for p in problems)]).lower()

    def suits(step: Step) -> float:
        people = sum(_is_for(step, person) for person in theirs)
        words = set(re.findall(r"\w{5,}", f"{step.action} {' '.join(step.needs)}".lower()))
        return 2.0 * people + sum(word in said for word in words)

    return max(stage.advances, key=suits)


def _customers(dossier: Dossier, step: Step, facts: Sequence[Fact]) -> tuple[Participant, ...]:
    """Return who is there from their side, first the one to agree on the next step with.

    Who may not come stands behind those who surely do, however senior, unless nobody of those has
    a role that the step is for.
    """
    spoken = {fact.speaker.lower() for fact in facts if fact.speaker}
    theirs = _expected(dossier)
    others_may = any(_is_for(step, p) for p in theirs if not p.attendance)

    def weight(person: Participant) -> tuple[bool, float]:
        wanted = _is_for(step, person)
        heard = any(part.lower() in spoken for part in person.name.split())
        counted_on = not person.attendance or (wanted and not others_may)
        return counted_on, seniority(person.role) + 1.5 * wanted + 1.0 * heard

    return tuple(sorted(theirs, key=weight, reverse=True))


def _expected(dossier: Dossier) -> list[Participant]:
    """Return the people of their side, without those who have declined."""
    theirs = (p for p in dossier.meeting.participants if p.side != "seller")
    return [person for person in theirs if person.attendance not in _NOT_COMING]


def _is_for(step: Step, person: Participant) -> bool:
    return any(same_role(person.role, role) for role in step.customer_roles)

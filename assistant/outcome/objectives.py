"""What became of the objectives that the brief set, by what the call holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant.brief import Objective
from assistant.checks.wording import share, stems
from assistant.debrief import ObjectiveJudged, Verdict
from assistant.outcome.call import Call, Sentence
from assistant.outcome.phrases import declines
from assistant.outcome.step import EVENT, Said, Step
from assistant.outcome.times import times
from assistant.outcome.words import pattern, stem_set
from assistant.text import quotations, unquoted
from assistant.text.names import names
from assistant.text.quantities import quantities
from assistant.text.roles import roles

_ABOUT = 0.3  # share of an objective's words that a step must have to be what it asks for
_TOUCHED = 0.25  # the same, for what was said of it
_OF_GOAL = 0.4  # share of a goal's own words, as it is quoted, that speak of it again
_LEAST = 2  # words; one word alone is a coincidence
_ASKS_PEOPLE = pattern("objectives.asks_people")
_PEOPLE_QUESTION = pattern("objectives.people_question")
_METHOD = stem_set("objectives.method")
_RESULT = pattern("objectives.result", whole=True)


def judge_objectives(
    objectives: Iterable[Objective], call: Call, steps: Sequence[Step]
) -> tuple[ObjectiveJudged, ...]:
    """Return for each objective whether it was met, with their words that show it.

    Met: a step of theirs that holds is what it asks for, or they named what it asks them to name.
    Partly: they spoke of it, or undertook it with a way out or without a day. Not: what they said
    of it was a no, or they took it back. Not touched: they said nothing of it, whatever we did.
    """
    return tuple(_judge(objective, call, steps) for objective in objectives)


def _judge(objective: Objective, call: Call, steps: Sequence[Step]) -> ObjectiveJudged:
    sought = stems(unquoted(objective.statement), objective.measure)
    sought -= stems(*call.sides.by_speaker) | _METHOD
    about = [s for s in steps if s.side == "customer" and _asks_for(objective, sought, s)]
    if about:
        return _by_step(objective, max(about, key=lambda s: (s.holds, s.said.place)))
    if _ASKS_PEOPLE.search(objective.statement):
        return _by_people(objective, call, sought)
    return _by_words(objective, call, sought)


def _asks_for(objective: Objective, sought: frozenset[str], step: Step) -> bool:
    """Tell whether a step is what an objective asks for: the same event, or the same words."""
    words = f"{step.action} {step.subject}"
    events = {match[0].lower() for match in EVENT.finditer(objective.statement)}
    shared = events & {match[0].lower() for match in EVENT.finditer(words)}
    return bool(shared) or _speaks_of(sought, words, _ABOUT)


def _by_step(objective: Objective, step: Step) -> ObjectiveJudged:
    if step.withdrawn:
        return _judged(objective, "not", step.withdrawn)
    return _judged(objective, "met" if step.holds else "partly", step.said)


def _by_people(objective: Objective, call: Call, sought: frozenset[str]) -> ObjectiveJudged:
    """Judge whether they named people: right behind our question for them, or of themselves."""
    answers = list(_behind(call))
    named = [said for said in answers if names(said.text) or roles(said.text)]
    if named:
        return _judged(objective, "met", named[-1].as_said)
    if answers:
        return _judged(objective, "not", answers[-1].as_said)
    return _by_words(objective, call, sought)


def _behind(call: Call) -> Iterator[Sentence]:
    """Yield the first sentence of each answer to our question for who decides."""
    asked: Sentence | None = None
    for sentence in call.sentences:
        if sentence.side == "seller":
            is_question = sentence.text.rstrip().endswith("?")
            asked = sentence if is_question and _PEOPLE_QUESTION.search(sentence.text) else None
        elif asked is not None and sentence.side == "customer":
            yield sentence
            asked = None


def _by_words(objective: Objective, call: Call, sought: frozenset[str]) -> ObjectiveJudged:
    goals = [stems(quote.words) for quote in quotations(objective.statement)]
    turns = [turn for turn in _turns(call) if _touches(turn, sought, goals)]
    if not turns:
        return ObjectiveJudged(id=objective.id, verdict="not touched")
    wanted = sought.union(*goals)
    turn = max(turns, key=lambda t: (share(wanted, stems(_text(t))), t[0].place))
    named = [s for s in turn if times(s.text, call.held_on) or quantities(s.text)]
    asks = bool(_RESULT.search(objective.measure))
    best = max(named if asks and named else turn, key=lambda s: share(wanted, stems(s.text)))
    if declines(best.text):
        return _judged(objective, "not", best.as_said)
    is_named = asks and bool(named) and _speaks_of(sought, _text(turn), _TOUCHED)
    return _judged(objective, "met" if is_named else "partly", best.as_said)


def _turns(call: Call) -> Iterator[list[Sentence]]:
    """Yield what a speaker of theirs said before another spoke, questions left out."""
    for _, turn in groupby(call.sentences, key=lambda s: s.turn):
        said = [s for s in turn if s.side != "seller" and not s.text.rstrip().endswith("?")]
        if said:
            yield said


def _touches(
    turn: Sequence[Sentence], sought: frozenset[str], goals: Sequence[frozenset[str]]
) -> bool:
    text = _text(turn)
    return _speaks_of(sought, text, _TOUCHED) or any(
        _speaks_of(goal, text, _OF_GOAL) for goal in goals
    )


def _text(turn: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in turn)


def _speaks_of(sought: frozenset[str], text: str, least: float) -> bool:
    found = stems(text)
    return len(sought & found) >= _LEAST and share(sought, found) >= least


def _judged(objective: Objective, verdict: Verdict, said: Said) -> ObjectiveJudged:
    return ObjectiveJudged(id=objective.id, verdict=verdict, quote=said.quote, at=said.at)

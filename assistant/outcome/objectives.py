"""What became of the objectives that the brief set, by what the call holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.brief import Objective
from assistant.checks.wording import share, stems
from assistant.debrief import ObjectiveJudged, Verdict
from assistant.outcome.call import Call, Sentence
from assistant.outcome.phrases import declines
from assistant.outcome.step import EVENT, Step

_ABOUT = 0.3  # share of an objective's words that a step must have to be what it asks for
_TOUCHED = 0.25  # the same, for a sentence that speaks of it
_LEAST = 2  # words; one word alone is a coincidence


def judge_objectives(
    objectives: Iterable[Objective], call: Call, steps: Sequence[Step]
) -> tuple[ObjectiveJudged, ...]:
    """Return for each objective whether it was met, with the words that show it.

    Met: a step of theirs that holds is what it asks for. Partly: they spoke of it, or undertook it
    with a way out or without a day. Not: what they said of it was a no, or only we spoke of it. Not
    touched: nobody did.
    """
    return tuple(_judge(objective, call, steps) for objective in objectives)


def _judge(objective: Objective, call: Call, steps: Sequence[Step]) -> ObjectiveJudged:
    sought = stems(objective.statement, objective.measure) - stems(*call.sides.by_speaker)
    theirs = [step for step in steps if step.side == "customer" and not step.withdrawn]
    about = [s for s in theirs if _asks_for(objective, sought, s)]
    if about:
        step = max(about, key=lambda s: (s.holds, s.said.place))
        verdict: Verdict = "met" if step.holds else "partly"
        return ObjectiveJudged(
            id=objective.id, verdict=verdict, quote=step.named_by.quote, at=step.named_by.at
        )
    said = [s for s in call.sentences if _speaks_of(sought, s.text, _TOUCHED)]
    if not said:
        return ObjectiveJudged(id=objective.id, verdict="not touched")
    best = max(said, key=lambda s: (s.side == "customer", share(sought, stems(s.text)), s.place))
    return ObjectiveJudged(id=objective.id, verdict=_by_words(best), quote=best.text, at=best.at)


def _asks_for(objective: Objective, sought: frozenset[str], step: Step) -> bool:
    """Tell whether a step is what an objective asks for: the same event, or the same words."""
    words = f"{step.action} {step.subject}"
    events = {match[0].lower() for match in EVENT.finditer(objective.statement)}
    shared = events & {match[0].lower() for match in EVENT.finditer(words)}
    return bool(shared) or _speaks_of(sought, words, _ABOUT)


def _by_words(best: Sentence) -> Verdict:
    return "not" if best.side == "seller" or declines(best.text) else "partly"


def _speaks_of(sought: frozenset[str], text: str, least: float) -> bool:
    found = stems(text)
    return len(sought & found) >= _LEAST and share(sought, found) >= least

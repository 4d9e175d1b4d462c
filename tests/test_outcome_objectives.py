"""Objectives are judged by what the customer said, and by nothing that we did."""

from __future__ import annotations

import pytest
from calls import HELD_ON, a_call

from assistant.brief import Objective
from assistant.debrief import ObjectiveJudged
from assistant.outcome.objectives import judge_objectives
from assistant.outcome.steps import find_steps


def judged(statement: str, measure: str, *turns: str) -> ObjectiveJudged:
    """Judge one objective by a call."""
    wanted = Objective(id="O1", side="customer", statement=statement, measure=measure, due=HELD_ON)
    call = a_call(*turns)
    (found,) = judge_objectives([wanted], call, find_steps(call))
    return found


NAMES = (
    "Rita names who must act and who must agree before they can open the terrace.",
    "We have a name or a role for each, said by them.",
)
RESULT = (
    "Rita names the first result that would count towards this goal: “I want 40 covers outside”.",
    "They have said which figure they will look at, and when.",
)
DECIDES = ("Rita decides whether to tackle the queue at the till with us.", "They say yes or no.")


@pytest.mark.parametrize(
    ("wanted", "turns", "verdict", "quote"),
    [
        pytest.param(
            NAMES,
            (
                "Sam: And who else would have to sign?",
                "Rita: My brother Bruno and the landlord. Nobody else.",
            ),
            "met",
            "My brother Bruno and the landlord.",
            id="named-when-asked",
        ),
        pytest.param(
            NAMES,
            ("Sam: Who must agree?", "Rita: That is a good question."),
            "not",
            "That is a good question.",
            id="asked-and-not-named",
        ),
        pytest.param(
            NAMES,
            ("Sam: Bruno must act and the landlord must agree before you open the terrace.",),
            "not touched",
            "",
            id="only-we-named-them",
        ),
        pytest.param(
            RESULT,
            ("Rita: Twenty covers by June 1 would do. That's the first result for me.",),
            "met",
            "Twenty covers by June 1 would do.",
            id="figure-and-day",
        ),
        pytest.param(
            RESULT,
            ("Rita: The first result that counts is calm in the kitchen.",),
            "partly",
            "The first result that counts is calm in the kitchen.",
            id="no-figure",
        ),
        pytest.param(
            DECIDES,
            ("Sam: We would tackle the queue at the till together.", "Rita: Lovely weather."),
            "not touched",
            "",
            id="our-own-words-judge-nothing",
        ),
        pytest.param(
            DECIDES,
            ("Rita: Unfortunately we can't tackle the queue at the till this year.",),
            "not",
            "Unfortunately we can't tackle the queue at the till this year.",
            id="their-no",
        ),
        pytest.param(
            ("Rita agrees to a tasting on Thursday.", "The day is agreed."),
            (
                "Sam: If today is useful, could we plan a tasting on Thursday?",
                "Rita: Sure.",
                "Sam: What is missing?",
                "Rita: Thursday won't work, the cook is off.",
            ),
            "not",
            "Thursday won't work, the cook is off.",
            id="taken-back",
        ),
    ],
)
def test_an_objective_is_judged_by_their_words(
    wanted: tuple[str, str], turns: tuple[str, ...], verdict: str, quote: str
) -> None:
    """The quote is theirs; where there is none, it was not touched."""
    found = judged(*wanted, *turns)

    assert (found.verdict, found.quote) == (verdict, quote)

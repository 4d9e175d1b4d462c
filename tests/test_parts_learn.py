"""The questions: how many, in which order, about what, and none that nobody would say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plans import (
    DETENTION,
    FITS,
    GOAL,
    HITS,
    NO_TRUCKS,
    OWN_DOCKS,
    PROBLEM,
    PROFILE,
    UNKNOWN_FIT,
    a_misfit,
    a_plan,
    an_empty_plan,
    judged,
)

from assistant.brief import Fit, Question
from assistant.dossier import SourceNote
from assistant.parts.learn import LEARN, compose_learn
from assistant.parts.questions import NOTHING_KNOWN
from assistant.parts.recipe import NO_WORDING, Wording
from assistant.plan import Plan
from assistant.testing import a_fact

QUEUE = a_fact("The queue reaches the road by two.", id="F4", speaker="Dana", line=4)
CREW = a_fact("My crew is idle every morning.", id="F5", speaker="Dana", line=5)
AGAIN = a_fact("The carriers bill detention for each hour.", id="F6", speaker="Dana", line=6)


def asked(plan: Plan) -> tuple[Question, ...]:
    return compose_learn(plan, NO_WORDING).questions


def of_stage(questions: tuple[Question, ...], stage: str) -> list[str]:
    return [question.question for question in questions if question.stage == stage]


def test_each_problem_is_asked_about_at_every_stage() -> None:
    """Problem, implication and value once for each, after at most two situation questions."""
    questions = asked(a_plan(PROBLEM, QUEUE, CREW, GOAL))

    assert [q.stage for q in questions] == [
        *(["situation"] * 2),
        *(["problem"] * 3),
        *(["implication"] * 3),
        *(["value"] * 4),
    ]


def test_our_own_questions_are_asked_about_a_challenge_we_know() -> None:
    """They are approved wording; each stands beside the customer's own words."""
    questions = asked(a_plan(PROBLEM, GOAL, hits=()))

    assert of_stage(questions, "problem") == [
        f"Dana, you said: “Detention cost us $1.4 million last year”. {DETENTION.problem}"
    ]
    assert of_stage(questions, "implication") == [DETENTION.implication]


def test_words_heard_with_an_insight_are_not_quoted_again() -> None:
    """Nobody says the same quotation twice within five minutes."""
    questions = asked(a_plan(PROBLEM, GOAL, hits=HITS))

    assert of_stage(questions, "problem") == [
        "About detention: what makes it hard to trace waiting charges back to a door?"
    ]


def test_plain_questions_come_right_after_the_words_they_are_about() -> None:
    """Asked stage by stage, "that" would be anything; the numbers are on our list alone."""
    long = a_fact("The ward calls us three times a day about lost beds.", id="F8", speaker="Dana")
    questions = asked(a_plan(long, CREW))

    later = [*of_stage(questions, "implication"), *of_stage(questions, "value")]
    words = ["“The ward calls us three times …”", "“My crew is idle every morning”"] * 2
    for question, its in zip(later, words, strict=True):
        assert question.startswith(f"Dana, back to what you said: {its}. ")


def test_no_quotation_is_read_to_them_twice_in_full() -> None:
    """After the first time its beginning tells them which it is; three times is a sermon."""
    beds = "We wait for a porter whenever a bed has to leave the ward."
    quiet = "Nobody tells us when the theatre is running late on a Friday."
    told = (a_fact(beds, speaker="Dana"), a_fact(quiet, id="F8", speaker="Dana"))
    questions = asked(a_plan(*told, hits=()))

    said = " ".join(question.question for question in questions)
    assert [said.count(words.rstrip(".")) for words in (beds, quiet)] == [1, 1]


def test_a_single_plain_problem_is_just_this() -> None:
    """There is nothing to tell it apart from."""
    questions = asked(a_plan(QUEUE, fit=FITS))

    said = " ".join(q.question for q in questions)
    assert said.count("“") == 1
    assert "When that comes up" in said or "What does that lead to" in said


def test_two_problems_of_one_kind_are_not_asked_the_same() -> None:
    """The second one gets plain questions."""
    questions = asked(a_plan(PROBLEM, AGAIN, hits=()))

    texts = [question.question for question in questions]
    assert len(set(texts)) == len(texts)
    assert sum(DETENTION.implication in text for text in texts) == 1


FINES = a_fact("Detention will be billed to us from May.", id="F7", speaker="Dana", line=7)


def test_a_problem_still_to_come_is_asked_about_as_one() -> None:
    """Our own questions ask how it is today, which nobody can answer yet."""
    questions = asked(a_plan(FINES, GOAL, hits=()))

    (problem,) = of_stage(questions, "problem")
    assert problem == (
        "Dana, you said: “Detention will be billed to us from May”. What would have to be in place "
        "before that begins, and what makes it hard?"
    )
    assert DETENTION.implication not in of_stage(questions, "implication")
    assert "If you were ready for that in time" in of_stage(questions, "value")[0]


def test_a_problem_of_today_keeps_our_own_questions_beside_one_to_come() -> None:
    """The one to come takes none of them away, though it is of the same kind."""
    questions = asked(a_plan(FINES, AGAIN, GOAL, hits=()))

    assert DETENTION.implication in of_stage(questions, "implication")
    assert len({question.question for question in questions}) == len(questions)


def test_a_models_clauses_are_not_used_for_a_problem_to_come() -> None:
    """They say how it is today."""
    said = {"difficult": {"F7": "pay detention"}, "stated": {"F7": "detention is billed"}}
    worded = Wording(**said, goal="cut it")

    questions = compose_learn(a_plan(FINES, GOAL, hits=()), worded).questions

    assert not any("pay detention" in q.question or "is billed" in q.question for q in questions)


@pytest.mark.parametrize(
    "plan",
    [
        lambda: a_plan(QUEUE, fit=FITS),
        lambda: an_empty_plan(fit=FITS),
        an_empty_plan,
        lambda: a_plan(QUEUE),
        lambda: a_plan(PROBLEM, QUEUE, fit=FITS),
    ],
)
def test_there_are_always_six_to_fourteen(plan: object) -> None:
    """Where little is known, a second way to ask fills up; where much is, nothing does."""
    assert callable(plan)
    questions = asked(plan())

    assert 6 <= len(questions) <= 14
    assert len(of_stage(questions, "situation")) <= 3


def test_a_known_situation_is_opened_with_how_it_works_today() -> None:
    """Where the fit leaves nothing to ask, our own situation question begins the row."""
    questions = asked(a_plan(PROBLEM, QUEUE, fit=FITS))

    assert of_stage(questions, "situation") == [DETENTION.situation]


def test_a_call_of_which_little_is_known_begins_with_what_they_said() -> None:
    """Their words once, then what the fit hangs on and why now, before the rest of the list."""
    questions = asked(a_plan(PROBLEM, fit=UNKNOWN_FIT, hits=()))

    said = f"Dana, you said: “{PROBLEM.quote.rstrip('.')}”."
    assert of_stage(questions, "situation") == [
        f"{said} {DETENTION.situation}",
        OWN_DOCKS.ask,
        NOTHING_KNOWN.situation,
    ]
    assert sum(said in question.question for question in questions) == 1


def test_what_an_insight_was_tied_to_is_only_recalled_as_the_call_begins() -> None:
    """They hear the whole of it with the insight."""
    lost = a_fact("Detention is what we keep losing our whole margin to.", speaker="Dana")
    questions = asked(a_plan(lost, fit=UNKNOWN_FIT))

    assert of_stage(questions, "situation")[0] == (
        f"Dana, back to what you said: “Detention is what we keep losing …”. {DETENTION.situation}"
    )


def test_what_makes_this_the_moment_is_not_asked_where_it_is_known() -> None:
    """The notes tell what changed."""
    trigger = a_fact("We opened a second site in May.", id="F7", kind="trigger", line=7)

    questions = asked(a_plan(PROBLEM, trigger, fit=UNKNOWN_FIT, hits=()))

    assert NOTHING_KNOWN.situation not in [question.question for question in questions]


def test_their_goal_is_asked_about_last() -> None:
    """What the problems stand in the way of closes the row."""
    questions = asked(a_plan(PROBLEM, QUEUE, GOAL))

    assert questions[-1].question == (
        "Dana, you said: “We want to cut dwell time by June”. "
        "Which of these problems stands most in the way of that?"
    )
    assert GOAL.id in questions[-1].evidence


def test_a_later_stage_asks_no_more_about_the_fit() -> None:
    """After discovery it should be known; asking again would show that nobody listened."""
    first, later = PROFILE.next_steps[0], PROFILE.next_steps[0].model_copy()
    two = PROFILE.model_copy(
        update={"next_steps": (first.model_copy(update={"stage": "intro"}), later)}
    )

    plan = replace(a_plan(PROBLEM, QUEUE, CREW, profile=two), stage="discovery")

    assert of_stage(asked(plan), "situation") == [DETENTION.situation]


def test_a_misfit_is_asked_what_decides_and_what_they_hoped() -> None:
    """Their own words first, and no problem of theirs is opened that we cannot solve."""
    questions = asked(a_plan(fit=a_misfit(PROBLEM.id)))

    wanted = "Dana, you said: “We want to cut dwell time by June”."
    assert [q.question for q in questions] == [
        f"Dana, you said: “{PROBLEM.quote.rstrip('.')}”. Where, if anywhere, is that different?",
        f"{wanted} What made you think of us for that?",
    ]


def test_a_misfit_whose_goal_is_the_reason_hears_it_once() -> None:
    """The same words twice in a row would sound as if nobody listened."""
    questions = asked(a_plan(PROBLEM, GOAL, fit=a_misfit(GOAL.id)))

    assert "cut dwell time" in questions[0].question
    assert questions[1].question == "What had you hoped that we could do for you?"


def test_a_misfit_by_their_own_words_is_not_asked_about_our_notes() -> None:
    """What they said themselves decides; the rest of the ladder's criteria would be idle."""
    note = a_fact("no docks", id="F9", speaker="", line=9)
    by_both = Fit(
        verdict="no",
        criteria=(judged(OWN_DOCKS, "missed", "F9"), judged(NO_TRUCKS, "met", PROBLEM.id)),
    )

    questions = asked(a_plan(PROBLEM, note, fit=by_both))

    assert [q.evidence[0] for q in questions] == [PROBLEM.id, "profile"]
    assert OWN_DOCKS.ask not in " ".join(q.question for q in questions)


def test_a_misfit_is_not_asked_what_they_filled_into_a_form() -> None:
    """They wrote that they have no trucks; nothing is left to ask of it but what they hoped."""
    field = a_fact("Trucks a week: 0", id="F9", speaker="", source="S2", line=9)
    sources = tuple(
        SourceNote(id=f"S{n}", name=name, kind="notes")
        for n, name in enumerate(("call.md", "Contact form 17.txt"), 1)
    )

    questions = asked(a_plan(GOAL, field, fit=a_misfit("F9"), sources=sources))

    assert [question.stage for question in questions] == ["problem"]
    assert "What made you think of us for that?" in questions[0].question


def test_a_misfit_known_from_our_own_note_cites_none() -> None:
    """The question is spoken; what it rests on must be too."""
    note = a_fact("no trucks here", id="F9", voice="internal")

    questions = asked(a_plan(PROBLEM, note, fit=a_misfit("F9")))

    assert questions[0].evidence == ("profile",)


def test_a_model_is_not_asked_where_code_decides() -> None:
    """A prospect who does not fit is asked our own deciding questions."""
    assert not LEARN.asks(a_plan(fit=a_misfit()))
    assert LEARN.asks(a_plan())

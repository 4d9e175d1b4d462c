"""Unknowns and conflicts: what to ask, and what two sources say differently."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.brief import CriterionMet, Fit
from assistant.dossier import Fact
from assistant.research.unknowns import find_conflicts, find_past, find_unknowns
from assistant.testing import a_fact, a_meeting, a_participant

NO_FIT = Fit(verdict="unknown", criteria=())
MEETING = a_meeting(
    title="Tidewater / Harbourline",
    start=datetime(2026, 12, 3, 16, 0, tzinfo=UTC),
    participants=(a_participant(),),
)


def asked(*facts: Fact) -> tuple[str, ...]:
    return find_unknowns(facts, MEETING, NO_FIT)


def conflicts(*facts: Fact) -> list[str]:
    return [finding.message for finding in find_conflicts(facts, MEETING)]


def test_what_decides_the_fit_is_asked_first_in_the_profile_s_words() -> None:
    """What is only preferred comes last; a disqualifier is not asked for."""
    criteria = (
        CriterionMet(name="Size", need="preferred", state="unknown", ask="How many are you?"),
        CriterionMet(name="Docks", need="required", state="unknown", ask="Who runs the docks?"),
        CriterionMet(name="Small", need="disqualifier", state="unknown", ask="Are you small?"),
        CriterionMet(name="Region", need="preferred", state="met", ask="Where are you?"),
        CriterionMet(name="Sites named", need="preferred", state="unknown", evidence=("F1",)),
    )

    unknowns = find_unknowns((), MEETING, Fit(verdict="unknown", criteria=criteria))

    assert (unknowns[0], unknowns[-1]) == ("Who runs the docks?", "How many are you?")
    assert "Who decides, and who signs?" in unknowns[1:-1]
    assert "Are you small?" not in unknowns
    assert "Where are you?" not in unknowns
    assert not any("Sites named" in question for question in unknowns)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which problem would you pay to be rid of?", a_fact("Trucks wait.")),
        ("What does the problem cost you in a month?", a_fact("It cost us $2 million.")),
        ("What do you want to reach, and by when?", a_fact("Under 60.", kind="priority")),
        ("Who decides, and who signs?", a_fact("Gail signs it.", kind="person", voice="internal")),
    ],
)
def test_a_question_is_asked_until_a_fact_answers_it(question: str, answer: Fact) -> None:
    """Nobody wants to be asked what they have told us."""
    assert question in asked()
    assert question not in asked(answer)


def doubted(quote: str, **given: object) -> Fact:
    return a_fact(quote, **{"kind": "company", "voice": "internal", "speaker": "", **given})


@pytest.mark.parametrize(
    ("fact", "is_asked"),
    [
        (doubted("cold store nr Cork, opened this yr??"), True),
        (doubted("3 depots (?), one of them rented"), True),
        (doubted("fleet size tbc"), True),
        (doubted("Dana Whitfield, ops??", kind="person"), True),
        (doubted("Luis ?? nights", kind="person"), False),  # is not there
        (doubted("depot in Leeds"), False),
        (doubted("internal: broke by spring??", marked=True), False),
        (doubted("Do we need a depot??", speaker="Dana", voice="customer"), False),
        (doubted("can they pay??", kind="other"), False),
    ],
)
def test_what_our_notes_are_not_sure_of_is_to_be_confirmed(fact: Fact, is_asked: bool) -> None:
    """It is our own question mark, no secret, and no words of theirs."""
    line = f"To confirm, from our notes: “{fact.quote}” ({fact.id})"

    assert (line in asked(fact)) is is_asked


def test_a_goal_without_a_day_is_asked_for_one() -> None:
    """Without a date there is no hurry."""
    question = "By when must it be better, and what happens if it is not?"

    assert question in asked(a_fact("Under 60 minutes.", kind="priority"))
    assert question not in asked(a_fact("Under 60 minutes by June 30.", kind="priority"))


def test_of_a_misfit_nothing_more_is_asked() -> None:
    """Who does not fit is not asked about docks, money and signatures."""
    open_question = CriterionMet(name="Has docks", need="preferred", state="unknown")
    meeting = a_meeting(participants=(a_participant(role=""),))

    asked = find_unknowns((), meeting, Fit(verdict="no", criteria=(open_question,)))

    assert asked == ("What is Dana Whitfield's role?",)


def test_who_somebody_is_and_who_comes_is_asked() -> None:
    """A participant without a role, and a meeting without a customer."""
    unclear = a_meeting(participants=(a_participant("Aoife Brennan", ""),))
    empty = a_meeting(participants=(a_participant("Sam Okafor", "AE", "seller"),))

    assert "What is Aoife Brennan's role?" in find_unknowns((), unclear, NO_FIT)
    assert "Who will be there from their side?" in find_unknowns((), empty, NO_FIT)


def test_a_guest_who_is_only_an_address_is_asked_for() -> None:
    """By what stands before the @; no name is made of it, and they are somebody who comes."""
    ours = a_participant("Sam Okafor", "AE", "seller")
    meeting = a_meeting(participants=(ours,), nameless=("site.cork@calderapharma.example",))

    asked = find_unknowns((), meeting, NO_FIT)

    assert "Who else joins (site.cork@…)?" in asked
    assert "Who will be there from their side?" not in asked


def test_two_numbers_of_employees_are_both_shown() -> None:
    """Each with its place; the reader asks."""
    record = a_fact("Empl: 1,850", kind="company", voice="public", source="S1", line=5)
    profile = a_fact("about 2,400 people", kind="company", voice="public", source="S2", line=9)

    assert conflicts(record, profile) == [
        "the sources disagree on employees: 1,850 (S1:5) and 2,400 (S2:9); ask"
    ]


def test_a_plant_and_its_company_do_not_disagree() -> None:
    """One source explains the other's number as a part."""
    report = a_fact("2,600 people work here, 410 of them at Millbrook.", kind="company")
    sheet = a_fact("410 employees in three shifts", kind="company", source="S2")

    assert conflicts(report, sheet) == []


def test_two_starts_of_one_thing_are_both_shown() -> None:
    """The thing may be named in the sentence before, on the same line."""
    signed = a_fact("We signed Corvane in October.", kind="trigger", line=13)
    starts = a_fact("From March 1 they send 60 more trucks.", kind="trigger", line=13)
    record = a_fact(
        "Corvane starts 1/15/27", kind="trigger", voice="internal", source="S2", line=20
    )

    assert conflicts(signed, starts, record) == [
        "the sources disagree on when Corvane starts: March 1 (S1:13) and 1/15/27 (S2:20); ask"
    ]


def test_a_coarser_start_and_another_thing_s_start_do_not_disagree() -> None:
    """Spring 2027 is not against 1 April 2027, and Ogden is not Corvane."""
    facts = (
        a_fact("The Tiefkühllager opens on 1 April 2027.", kind="trigger"),
        a_fact("The Tiefkühllager opens in spring 2027.", kind="trigger", source="S2"),
        a_fact("Corvane starts on 15 January 2027.", kind="trigger", source="S3"),
    )

    assert conflicts(*facts) == []


def test_a_measure_told_in_the_same_words_with_another_value_is_shown() -> None:
    """From memory and from the log; an aim is not compared."""
    facts = (
        a_fact("it is about ninety minutes gate to gate", line=27),
        a_fact("Dwell was 94 minutes gate to gate.", source="S2", line=5),
        a_fact("under 60 minutes gate to gate by June", kind="priority", source="S3"),
    )

    assert conflicts(*facts) == [
        "the sources disagree on “gate to gate”: ninety minutes (S1:27) and 94 minutes (S2:5); ask"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dwell in October was 94 minutes gate to gate, not 90.",
        "Not ninety minutes gate to gate: it was 94 minutes gate to gate.",
        "It is 94 minutes gate to gate instead of the 90 I told you.",
    ],
)
def test_a_figure_that_one_side_denies_is_settled(text: str) -> None:
    """Who corrects a figure has answered what would be asked."""
    guess = a_fact("it is about ninety minutes gate to gate", line=27)

    assert conflicts(guess, a_fact(text, source="S2", line=5)) == []


@pytest.mark.parametrize(
    "text", ["It was 94 minutes gate to gate, not 80.", "It was not 94 minutes gate to gate."]
)
def test_a_figure_is_not_settled_by_denying_another_or_by_a_denial_alone(text: str) -> None:
    """Both sides stay shown."""
    guess = a_fact("it is about ninety minutes gate to gate", line=27)

    assert len(conflicts(guess, a_fact(text, source="S2", line=5))) == 1


def test_a_denied_number_of_employees_is_settled() -> None:
    """`1,850, not 2,400` answers the page that says 2,400."""
    page = a_fact("We are 2,400 people.", kind="company")
    said = a_fact("We have 1,850 employees, not 2,400.", kind="company", source="S2")

    assert conflicts(page, said) == []


def test_another_day_for_the_meeting_is_shown_and_the_meeting_s_own_is_used() -> None:
    """A log's own date and a meeting long past are none."""
    facts = (
        a_fact("11/20 so: disc. call set - Wed 12/2 10a CT", kind="logistics", line=19),
        a_fact("meeting of 4 June: nobody came", kind="logistics", line=20),
        a_fact("mtg set for 3 Dec", kind="logistics", line=21),
    )

    assert conflicts(*facts) == [
        "S1:19 says Wed 12/2, this page is for Thursday 3 December 2026: find out which they mean"
    ]


@pytest.mark.parametrize(
    ("today", "said"),
    [(date(2026, 12, 3), 0), (date(2026, 12, 4), 1)],
    ids=["its own day", "the day after"],
)
def test_a_meeting_that_is_over_is_said_to_be(today: date, said: int) -> None:
    """The days of the brief cannot count from it."""
    meeting = a_meeting(start=None, day=date(2026, 12, 3))

    found = find_past(meeting, today)

    assert len(found) == said
    assert all("was on Thursday 3 December 2026, which is past" in f.message for f in found)
    assert find_past(a_meeting(start=None), today) == ()


def test_the_roles_of_a_crowd_are_one_question() -> None:
    """A page of the same question is read by nobody."""
    crowd = tuple(a_participant(f"Guest Number{n}", "") for n in range(500))

    questions = find_unknowns(
        (), a_meeting(participants=crowd), Fit(verdict="unknown", criteria=())
    )

    about_people = [question for question in questions if "role" in question]
    assert about_people == [
        "Who of the 500 people without a role matters, and what do they do?",
    ]

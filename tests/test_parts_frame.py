"""Objectives, opening, closing, after, people, logistics: the frame of the conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from plans import DOUBT, FACTS, GOAL, PROBLEM, PROFILE, a_misfit, a_plan, an_empty_plan, errors

from assistant.brief import Fit
from assistant.dossier import Fact, SentAgenda, Side, SourceNote
from assistant.knowledge.profile import Stage, Step
from assistant.parts.after import compose_after
from assistant.parts.closing import compose_closing
from assistant.parts.logistics import brief_logistics
from assistant.parts.objectives import compose_objectives, slots
from assistant.parts.opening import compose_opening, proposed
from assistant.parts.people import brief_people, lead
from assistant.parts.recipe import NO_WORDING
from assistant.parts.snapshot import compose_snapshot
from assistant.plan import Choices, Plan
from assistant.sources.source import AgendaPoint
from assistant.testing import TODAY, a_fact, a_meeting, a_participant

YARD = a_fact("We keep losing trailers in our yard.", id="F4", speaker="Dana", line=4)
OURS = a_participant("Sam Ortiz", "Account executive", "seller")


def statements(plan: Plan) -> list[str]:
    return [objective.statement for objective in compose_objectives(plan, NO_WORDING).objectives]


# --- objectives


def test_the_first_objective_is_what_the_customer_will_do() -> None:
    """With its day, and something smaller to fall back on."""
    first = slots(a_plan())[0]

    assert first.statement == (
        "Dana Whitfield agrees to a dock-mapping workshop on site on Tuesday 31 March 2026."
    )
    assert first.fallback == "Dana Whitfield agrees to a review of one week of gate logs."
    assert (first.id, first.side) == ("O1", "seller")


def test_both_sides_have_objectives_whatever_is_known() -> None:
    """Of nobody it is said that only we want something."""
    for plan in (a_plan(), an_empty_plan(), a_plan(fit=a_misfit()), a_plan(GOAL)):
        assert {objective.side for objective in slots(plan)} == {"seller", "customer"}


def test_a_figure_they_gave_is_not_asked_for_again() -> None:
    """Where there is none we want one; where there is, we want the people it depends on."""
    by_six = a_fact("The ward is full by six.", id="F4", speaker="Dana", line=4)
    known, unknown = statements(a_plan()), statements(a_plan(YARD, GOAL))
    assert any("puts a figure" in text for text in statements(a_plan(by_six)))

    assert any("names who must act and who must agree" in text for text in known)
    assert "Dana Whitfield puts a figure, in money or hours, on this: " in " ".join(unknown)


def test_a_problem_that_our_words_do_not_name_is_named_in_theirs() -> None:
    """The first problem would mean nothing at the top of the page."""
    assert (
        "Dana Whitfield decides whether to work on this with us: "
        "“We keep losing trailers in our yard”." in statements(a_plan(YARD))
    )


def test_without_a_name_a_role_acts_and_begins_with_a_capital() -> None:
    """The ladder knows whose yes it is."""
    plan = a_plan(meeting=a_meeting(participants=()))

    assert lead(plan) == "the COO"
    assert statements(plan)[0].startswith("The COO agrees to")


# --- opening


@pytest.mark.parametrize("minutes", [5, 7, 10, 15, 20, 25, 30, 45, 50, 60, 75, 90, 120, 180, 480])
@pytest.mark.parametrize("build", [a_plan, an_empty_plan, lambda **k: a_plan(fit=a_misfit(), **k)])
def test_the_agenda_takes_exactly_the_meetings_minutes(minutes: int, build: object) -> None:
    """It opens, closes with at least a tenth, and each item serves an objective."""
    assert callable(build)
    plan = build(meeting=a_meeting(minutes=minutes))

    agenda = compose_opening(plan, NO_WORDING).agenda

    ids = {objective.id for objective in slots(plan)}
    assert sum(item.minutes for item in agenda) == minutes
    assert agenda[-1].minutes >= minutes / 10
    assert all(item.serves and set(item.serves) <= ids for item in agenda)
    assert [item.serves for item in agenda] == [tuple(sorted(item.serves)) for item in agenda]


def test_the_next_step_is_proposed_in_the_methods_words() -> None:
    """Provisional, with action, length, people and day; the fallback is smaller."""
    step = compose_opening(a_plan(), NO_WORDING).next_step

    assert step.wording == (
        "Dana, assuming we successfully accomplish these objectives, would it be reasonable to "
        "agree that our next step should be to schedule a 90-minute dock-mapping workshop on site "
        "with you on Tuesday 31 March 2026?"
    )
    assert step.fallback_wording == (
        "Dana, if that is too early: could we agree on a review of one week of gate logs with you "
        "by Tuesday 31 March 2026?"
    )


def test_the_next_step_of_a_misfit_is_to_stop() -> None:
    """It is said before the call ends, on the day; what was missed can still be named."""
    plan = a_plan(fit=a_misfit())
    step = compose_opening(plan, NO_WORDING).next_step

    assert step.wording == (
        "Assuming we both find that this is not for you, would it be reasonable to say so plainly "
        "before the call ends, and to leave it at that?"
    )
    assert step.when == plan.meeting_day
    assert step.fallback_wording.startswith("If we have missed something: what is it")
    assert compose_after(plan, NO_WORDING).outcome_tests[0] == (
        "Advance: Dana Whitfield has named what we missed, and a day to look at it."
    )


def test_a_misfit_for_whom_the_seller_wants_a_step_is_asked_for_it() -> None:
    """The seller may know better; the condition is said."""
    plan = a_plan(fit=a_misfit(), choices=Choices(next_step="a walk of the yard"))

    wording = compose_opening(plan, NO_WORDING).next_step.wording

    assert "if we find that we can be of use to you" in wording
    assert "schedule a walk of the yard with you" in wording


def test_a_step_of_the_sellers_own_has_no_length_of_ours() -> None:
    """They named it; how long it takes is theirs to say."""
    plan = a_plan(choices=Choices(next_step="a pilot at one dock."))

    wording = compose_opening(plan, NO_WORDING).next_step.wording

    assert "schedule a pilot at one dock with you on" in wording
    assert "minutes" not in wording


@pytest.mark.parametrize(
    ("action", "minutes", "said"),
    [
        ("a review of the logs", 30, "a 30-minute review of the logs"),
        ("an audit of the gate", 90, "a 90-minute audit of the gate"),
        ("a review of the data and a tour", 60, "a 60-minute review of the data and a tour"),
        ("a visit", 80, "an 80-minute visit"),
        ("trial unloading at door 4", 60, "60 minutes for trial unloading at door 4"),
        ("two site walks", 120, "120 minutes for two site walks"),
        ("a half-day workshop", 240, "a half-day workshop"),
        ("a review of one week of logs", 45, "a 45-minute review of one week of logs"),
    ],
)
def test_the_length_of_a_step_is_said_as_one_says_it(action: str, minutes: int, said: str) -> None:
    """Nobody speaks brackets, and no length is given twice."""
    step = Step(action=action, customer_roles=("coo",), minutes=minutes, needs=("time",))
    stage = Stage(stage="discovery", advances=(step,), fallback=step)
    plan = a_plan(profile=PROFILE.model_copy(update={"next_steps": (stage,)}))

    assert proposed(plan) == said
    assert f"our next step should be {said}." in compose_closing(plan, NO_WORDING).reconfirm_wording
    assert errors(plan) == []


@pytest.mark.parametrize(
    ("side", "task"),
    [
        (None, "Send the agenda and the proposed next step"),
        (
            "customer",
            "Confirm the agenda that they sent, add the proposed next step",
        ),
        (
            "seller",
            "Send the proposed next step, beside the agenda that they have",
        ),
    ],
)
def test_no_second_agenda_is_sent_beside_one_that_is_known(side: Side | None, task: str) -> None:
    """Theirs is confirmed; ours has gone out."""
    points = (AgendaPoint("The yard", 3), AgendaPoint("The price", 4))
    sent = SentAgenda(points=points, side=side, source="S1") if side else None

    tasks = [todo.task for todo in brief_logistics(a_plan(meeting=a_meeting(agenda=sent)))]

    assert f"{task}, and ask for their goals" in tasks


def test_whom_we_do_not_know_acts_by_role() -> None:
    """Abbreviations are spelled as one writes them."""
    step = compose_opening(a_plan(meeting=a_meeting(participants=())), NO_WORDING).next_step

    assert step.customer_actors == ("COO", "terminal manager")
    assert "with your COO on" in step.wording


# --- closing


def test_every_action_has_an_owner_and_a_day_that_comes() -> None:
    """Theirs two days before the step, ours the working day after the call."""
    actions = compose_closing(a_plan(), NO_WORDING).actions

    assert [(a.owner, a.side, a.due) for a in actions] == [
        ("Dana Whitfield", "customer", date(2026, 3, 27)),
        ("Dana Whitfield", "customer", date(2026, 3, 27)),
        ("Sam Ortiz", "seller", date(2026, 3, 25)),
    ]


@pytest.mark.parametrize(
    ("promise", "asked"),
    [
        ("I'll pull the gate logs of two weeks by 20 March.", False),
        ("I'll pull one week of gate logs before we talk.", False),
        ("I'll pull the gate logs of a week by 2 April.", True),
        ("I'll send the contract before we talk.", True),
    ],
)
def test_what_was_promised_for_before_the_call_is_not_asked_for_after_it(
    promise: str, asked: bool
) -> None:
    """They may have sent it long ago; whether it has come is looked up before the call."""
    fact = a_fact(promise, id="F7", kind="promise", line=7)

    tasks = [action.task for action in compose_closing(a_plan(*FACTS, fact), NO_WORDING).actions]

    assert any("gate logs" in task for task in tasks) is asked


def test_what_they_have_promised_is_no_price_of_the_next_step() -> None:
    """Why a yes would mean something must not count what is on its way already."""
    promise = a_fact("I'll pull one week of gate logs before we talk.", id="F7", kind="promise")

    asked, promised = (
        compose_opening(plan, NO_WORDING).next_step.why.text
        for plan in (a_plan(), a_plan(*FACTS, promise))
    )

    assert "costs them time and one week of gate logs" in asked
    assert "costs them time and people" in promised


def test_who_promised_what_the_step_needs_is_asked_to_send_it() -> None:
    """Not the most senior one, who has no logs."""
    logs = a_fact("I'll pull the gate logs.", id="F7", kind="promise", speaker="Marcus", line=7)
    people = (a_participant(), a_participant("Marcus Oyelaran", "clerk"), OURS)

    actions = compose_closing(
        a_plan(*FACTS, logs, meeting=a_meeting(participants=people)), NO_WORDING
    ).actions

    assert [a.owner for a in actions if a.task.startswith("send one week of gate logs")] == [
        "Marcus Oyelaran"
    ]


@pytest.mark.parametrize(
    "start",
    [
        datetime(2025, 1, 6, 9, tzinfo=UTC),
        datetime(2026, 3, 16, 9, tzinfo=UTC),
        datetime(2026, 12, 22, 9, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 9, tzinfo=UTC),
    ],
)
def test_no_day_of_a_brief_is_past_or_free(start: datetime) -> None:
    """Whenever the meeting is said to be."""
    plan = a_plan(meeting=a_meeting(start=start))

    days = [action.due for action in compose_closing(plan, NO_WORDING).actions]
    days += [compose_opening(plan, NO_WORDING).next_step.when]
    assert all(day >= TODAY and day.weekday() < 5 for day in days)
    assert all(task.due >= TODAY for task in brief_logistics(plan))


def test_the_close_of_a_misfit_is_an_honest_no() -> None:
    """What they want is given back, and who is turned down has nothing to do after the call."""
    plan = a_plan(fit=a_misfit())
    part = compose_closing(plan, NO_WORDING)

    (summary,) = part.summary_prompts
    assert summary == (
        "Dana, back to what you said: “We want to cut dwell time …”. "
        "Where will you look for that now?"
    )
    assert "opportunity" not in part.model_dump_json()
    assert part.reconfirm_wording.startswith("So this is not for you today, and that is all right")
    assert [(action.side, action.due) for action in part.actions] == [
        ("customer", plan.meeting_day),
        ("seller", date(2026, 3, 25)),
    ]


@pytest.mark.parametrize(
    ("facts", "prompt"),
    [
        ((PROBLEM,), "Dana, you said: “Detention cost us $1.4 million last year”."),
        ((), "What have I understood of what you need, and what have I missed?"),
    ],
)
def test_without_a_goal_a_misfit_is_given_back_their_problem_or_asked(
    facts: tuple[Fact, ...], prompt: str
) -> None:
    """Nothing is put into their mouth."""
    plan = a_plan(*facts, fit=a_misfit()) if facts else an_empty_plan(fit=a_misfit())

    assert compose_closing(plan, NO_WORDING).summary_prompts[0].startswith(prompt)


def test_what_each_side_undertook_is_asked_of_a_day_after_the_call() -> None:
    """Of a misfit the step is on the day of the call, and our note comes after it."""
    questions = compose_after(a_plan(fit=a_misfit()), NO_WORDING).questions

    assert questions[-1] == "What did each side undertake to do by Wednesday 25 March 2026?"


# --- after, people, logistics, snapshot


def test_each_outcome_is_told_by_what_would_show_it() -> None:
    """An advance by a day, a disqualification by what would rule them out."""
    tests = compose_after(a_plan(), NO_WORDING).outcome_tests
    misfit = compose_after(a_plan(fit=a_misfit()), NO_WORDING).outcome_tests
    nothing = compose_after(a_plan(fit=Fit(verdict="unknown", criteria=())), NO_WORDING)

    assert [test.split(":")[0] for test in tests] == [
        "Advance",
        "Continuation",
        "Halt",
        "Disqualified",
    ]
    assert tests[-1] == "Disqualified: “Runs its own docks” turns out not to hold for them."
    assert misfit[-1] == "Disqualified: “Ships nothing by truck” turns out to hold for them."
    assert nothing.outcome_tests[-1].endswith("something that we do not do.")


def test_people_are_told_with_their_own_wish_or_what_to_find_out() -> None:
    """Their side first; nothing is made up for who said nothing."""
    silent = a_participant("Priya Raman", "")
    plan = a_plan(meeting=a_meeting(participants=(OURS, silent, a_participant())))

    dana, priya, sam = brief_people(plan)

    assert dana.wants is not None
    assert dana.wants.text == "“We want to cut dwell time by June”"
    assert (priya.wants, priya.unknown) == (
        None,
        "What is their role, and what do they want from this?",
    )
    assert (sam.side, sam.unknown) == ("seller", "")


@pytest.mark.parametrize(
    ("words", "voice", "task"),
    [
        ("send Dana the fields by 20 March", "internal", "Keep our promise"),
        ("Dana wants an example, told her I'd bring one", "customer", "Keep our promise"),
        ("Please bring a proposal", "customer", "Have ready what they asked for"),
        ("I'll pull the logs by 20 March", "customer", "See whether it has come"),
        ("Dana sends the door log", "internal", "See whether it has come"),
    ],
)
def test_a_promise_says_what_to_do_about_it(words: str, voice: str, task: str) -> None:
    """Ours is kept, theirs is looked for, a request of theirs is met; each by its own day."""
    promise = a_fact(words, id="F7", kind="promise", voice=voice, line=7)

    told = [one for one in brief_logistics(a_plan(*FACTS, promise)) if "(F7)" in one.task]

    assert [one.task.split(":")[0] for one in told] == [task]
    assert told[0].due == (date(2026, 3, 20) if "20 March" in words else date(2026, 3, 23))


def test_a_misfit_hears_so_by_the_day_of_the_first_promise() -> None:
    """A price that is sent first, and a no after it, would make a fool of them."""
    promise = a_fact("told her I'd send a price by 18 March", id="F7", kind="promise", line=7)

    plain, promised = (
        next(one.due for one in brief_logistics(plan) if one.task.startswith("Write once"))
        for plan in (a_plan(fit=a_misfit()), a_plan(*FACTS, promise, fit=a_misfit()))
    )

    assert (plain, promised) == (date(2026, 3, 20), date(2026, 3, 18))


def test_a_misfit_gets_one_mail_for_all_that_we_promised() -> None:
    """A no, and no price before or after it; what they promised us is still looked for."""
    price = a_fact("told her I'd send a price by 18 March", id="F7", kind="promise", line=7)
    check = a_fact("told her I'd check it with our engineers", id="F8", kind="promise", line=8)
    theirs = a_fact("I'll mail the floor plan.", id="F9", kind="promise", speaker="Dana", line=9)

    told = brief_logistics(a_plan(*FACTS, price, check, theirs, fit=a_misfit()))

    mail, plan_of_floor = told
    assert mail.due == date(2026, 3, 18)
    assert mail.task.startswith("Write once to Dana Whitfield: say plainly that this is not for ")
    assert "(F7)" in mail.task
    assert "(F8)" in mail.task
    assert plan_of_floor.task.startswith("See whether it has come")


def test_a_promise_that_is_told_twice_is_kept_once() -> None:
    """The mail holds it with its day, and the memo of the same day again."""
    mail = a_fact(
        "I will send the dock mapping checklist by 20 March.", id="F7", kind="promise", line=7
    )
    memo = a_fact("i told her i'd send the dock mapping checklist", id="F8", kind="promise", line=8)

    tasks = [one.task for one in brief_logistics(a_plan(*FACTS, mail, memo))]

    assert any("(F7)" in task for task in tasks)
    assert not any("(F8)" in task for task in tasks)


def test_a_wish_that_our_note_reports_is_shown_in_their_words_alone() -> None:
    """That she asked is our telling; what she asked is hers."""
    told = a_fact(
        "dana asked who types in the bookings", id="F8", kind="concern", speaker="Dana", line=8
    )

    dana = brief_people(a_plan(told))[0]

    assert dana.wants is not None
    assert dana.wants.text == "“who types in the bookings”"
    assert dana.wants.quotes == ("who types in the bookings",)


def test_nobody_is_said_to_want_what_they_told_of_another() -> None:
    """Marcus' wish is not Dana's, though she told us of it."""
    people = (a_participant(), a_participant("Marcus Oyelaran", "terminal manager"))
    told = a_fact("Marcus asked for a pilot.", id="F8", kind="concern", speaker="Dana", line=8)

    dana = brief_people(a_plan(told, meeting=a_meeting(participants=people)))[0]

    assert (dana.name, dana.wants) == ("Dana Whitfield", None)


def test_a_published_promise_is_nobodys_task() -> None:
    """What a company promises its shareholders is not owed to us."""
    promise = a_fact("We will report in March.", id="F7", kind="promise", voice="public", line=7)

    assert all("F7" not in one.task for one in brief_logistics(a_plan(*FACTS, promise)))


def test_who_decides_stands_with_what_matters_now() -> None:
    """Who signs is what a seller must not learn in the call."""
    signs = a_fact("Gail signs anything over $100,000.", id="F8", kind="person", speaker="Dana")

    part = compose_snapshot(a_plan(PROBLEM, signs), NO_WORDING)

    assert [claim.evidence for claim in part.snapshot] == [("F8",)]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("Beds: ~900 (est)", "We run 14 wards."), ["We run 14 wards", "Beds: ~900 (est)"]),
        (("Turnover: about 30m, a guess", "Founded in Lund"), ["Founded in Lund", "Turnover"]),
        (("We run 14 wards with 310 beds.", "310 beds"), ["We run 14 wards with 310 beds"]),
        (("310 beds", "14 wards, 310 beds"), ["310 beds", "14 wards, 310 beds"]),
        (("We have two labs.", "Our two labs are old."), ["We have two", "Our two"]),
    ],
)
def test_what_they_are_is_told_without_guesses_first_or_a_figure_again(
    lines: tuple[str, ...], shown: list[str]
) -> None:
    """What says nothing new takes no place, and a small count is no sign of that."""
    told = [a_fact(line, id=f"F{n}", kind="company", line=n) for n, line in enumerate(lines, 8)]

    snapshot = compose_snapshot(a_plan(PROBLEM, *told), NO_WORDING).snapshot

    assert len(snapshot) == len(shown)
    assert sorted(shown) == sorted(
        start for start in shown if any(start in claim.text for claim in snapshot)
    )
    assert shown[0] in snapshot[0].text


def test_what_a_record_of_ours_holds_stands_behind_what_they_publish() -> None:
    """A bought record is often wrong; what they say of themselves is theirs."""
    record = a_fact("Empl: 1,850", id="F8", kind="company", voice="public", line=8)
    page = a_fact(
        "We are 2,400 people.", id="F9", kind="company", voice="public", source="S2", line=9
    )
    sources = (
        SourceNote(id="S1", name="crm.txt", kind="notes"),
        SourceNote(id="S2", name="about.html", kind="page"),
    )

    part = compose_snapshot(a_plan(PROBLEM, record, page, sources=sources), NO_WORDING)

    assert [claim.evidence for claim in part.snapshot] == [("F9",), ("F8",)]


def test_the_snapshot_holds_the_chosen_problems_first_and_nothing_internal() -> None:
    """The seller finds there what the call is about."""
    note = a_fact("gut feel 60%", id="F9", kind="company", voice="internal", line=9)

    part = compose_snapshot(a_plan(PROBLEM, YARD, note), NO_WORDING)

    assert part.challenges[0].evidence == (PROBLEM.id,)
    assert "gut feel" not in part.model_dump_json()
    assert part.priorities == ()


@pytest.mark.parametrize(
    ("moment", "year", "is_shown"),
    [
        ("We open in the second quarter of fiscal 2027.", "Fiscal 2026 ends on January 30.", True),
        ("The mill starts up in Q3 FY27.", "FY27 begins on 1 July 2026.", True),
        ("Im Geschäftsjahr 26/27 ziehen wir um.", "Das Geschäftsjahr endet am 30. Juni.", True),
        ("The mill starts up in March.", "FY27 begins on 1 July 2026.", False),
        ("The mill starts up in Q3 FY27.", "FY27 will be a good year.", False),
        ("The mill starts up in Q3 FY27.", "Our lease ends on 30 June 2027.", False),
    ],
)
def test_a_moment_in_a_fiscal_year_is_told_with_what_says_when_it_ends(
    moment: str, year: str, is_shown: bool
) -> None:
    """Q2 of theirs may be our summer."""
    trigger = a_fact(moment, id="F7", kind="trigger", line=7)
    about = a_fact(year, id="F8", kind="company", voice="public", line=8)

    told = compose_snapshot(a_plan(PROBLEM, trigger, about), NO_WORDING).trigger

    assert told is not None
    assert told.evidence == (("F7", "F8") if is_shown else ("F7",))
    assert (year.rstrip(".") in told.text) is is_shown


def test_what_is_internal_does_not_explain_a_fiscal_year() -> None:
    """A remark of ours stays where it is."""
    trigger = a_fact("We open in Q2 of fiscal 2027.", id="F7", kind="trigger", line=7)
    note = a_fact("fiscal yr ends Jan 30", id="F8", kind="company", voice="internal", line=8)

    told = compose_snapshot(a_plan(PROBLEM, trigger, note), NO_WORDING).trigger

    assert told is not None
    assert told.evidence == ("F7",)


def test_a_plan_without_sellers_lets_the_company_act() -> None:
    """Somebody of ours sends the summary, whoever it is."""
    plan = replace(a_plan(DOUBT), sellers=())

    assert compose_closing(plan, NO_WORDING).actions[-1].owner == PROFILE.company


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Please report at the reception and bring safety shoes.", True),
        ("Bitte am Empfang melden, Sicherheitsschuhe mitbringen", True),
        ("We look forward to it.", False),
    ],
)
def test_what_a_visitor_must_bring_or_do_is_told_from_the_invitation(line: str, told: bool) -> None:
    """Only the invitation's own rules; a note about visitors is none."""
    rule = a_fact(line, id="F7", kind="logistics", voice="internal", source="S2", line=7)
    note = rule.model_copy(update={"id": "F8", "source": "S1"})
    sources = (
        SourceNote(id="S1", name="notes.md", kind="notes"),
        SourceNote(id="S2", name="invite.ics", kind="invite"),
    )

    tasks = [one.task for one in brief_logistics(a_plan(*FACTS, rule, note, sources=sources))]

    assert [task for task in tasks if "For the visit" in task] == (
        [f"For the visit: “{line.rstrip('.')}” (F7)"] if told else []
    )


def test_an_invitation_without_a_place_makes_us_ask_for_one() -> None:
    """A place that the notes alone would give is not asked of an account without an invitation."""
    invite = (SourceNote(id="S1", name="invite.ics", kind="invite"),)
    ask = "Ask where you meet: the invitation names no place and no link"

    def tasks(**given: object) -> list[str]:
        return [one.task for one in brief_logistics(a_plan(*FACTS, **given))]

    assert ask in tasks(sources=invite)
    assert ask not in tasks(sources=invite, meeting=a_meeting(place="Gate 4"))
    assert ask not in tasks()


def test_a_promise_without_a_day_is_asked_for_one_today() -> None:
    """To look for it on the eve of the call is too late."""
    promise = a_fact(
        "Dana sends the door log, no date yet", id="F7", kind="promise", voice="internal", line=7
    )

    (task,) = [one for one in brief_logistics(a_plan(*FACTS, promise)) if "(F7)" in one.task]

    assert task.task.startswith("Ask for a day: ")
    assert task.due == TODAY

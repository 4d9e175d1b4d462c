"""The agenda of the opening: ours, or the one that was sent."""

from __future__ import annotations

import pytest
from accounts import plan as sample_plan
from plans import a_misfit, a_plan, errors

from assistant.brief import AgendaItem
from assistant.dossier import Meeting, SentAgenda, Side
from assistant.evidence import AGENDA
from assistant.parts.agenda import agenda
from assistant.parts.objectives import slots
from assistant.parts.opening import OPENING
from assistant.parts.recipe import NO_WORDING
from assistant.plan import Plan
from assistant.sources.source import AgendaPoint
from assistant.testing import a_fact, a_meeting

OPENS = "Your goals for today, and what our next step could be"
CLOSES = "Summary, next step, who does what by when"


def a_sent_agenda(*points: str | tuple[str, int | None], side: Side = "customer") -> SentAgenda:
    pairs = [(point, None) if isinstance(point, str) else point for point in points]
    return SentAgenda(
        points=tuple(AgendaPoint(text, 7, minutes) for text, minutes in pairs),
        by="Dana Whitfield",
        side=side,
        source="S1",
    )


def a_meeting_with(*points: str | tuple[str, int | None], minutes: int = 60) -> Meeting:
    return a_meeting(minutes=minutes, agenda=a_sent_agenda(*points))


def planned(*points: str | tuple[str, int | None], minutes: int = 60) -> list[tuple[int, str]]:
    plan = a_plan(meeting=a_meeting_with(*points, minutes=minutes))
    return [(item.minutes, item.item) for item in agenda(plan)]


def warnings(plan: Plan) -> list[str]:
    opening = OPENING.compose(plan, NO_WORDING)
    found = [finding for check in OPENING.checks for finding in check(opening, plan)]
    return [finding.message for finding in found if finding.check == "agenda"]


def test_the_points_that_were_sent_stand_between_our_opening_and_closing() -> None:
    """In their words and order; what only closes the meeting does not stand twice."""
    assert planned("Offene Punkte Betriebsrat", "Messgrößen für den Pilot", "Nächster Schritt") == [
        (6, OPENS),
        (22, "“Offene Punkte Betriebsrat”"),
        (22, "“Messgrößen für den Pilot”"),
        (10, CLOSES),
    ]


def test_points_keep_the_minutes_they_were_sent_with() -> None:
    """Minutes that are left over go to their questions; those to open and close are ours."""
    sent = [("Introductions (all)", 5), ("The cold store", 20), ("Contract", 15), ("Wrap-up", 8)]

    assert planned(*sent) == [
        (5, OPENS),
        (20, "“The cold store”"),
        (15, "“Contract”"),
        (12, "Your questions and doubts"),
        (8, CLOSES),
    ]


@pytest.mark.parametrize(
    ("sent", "shares"),
    [
        ([("A tour", 30), "Price", "Terms"], [30, 7, 7]),
        ([("A tour", 30), ("Price", 17), ("Questions", 4)], [30, 17, 4]),
        ([("A tour", 60), ("Price", 60)], [26, 25]),
        ([("A tour", 25), ("Q&A", 10)], [25, 10]),
    ],
    ids=["some timed", "all but the ends", "too long", "their own questions"],
)
def test_the_minutes_are_shared_out(sent: list[str | tuple[str, int]], shares: list[int]) -> None:
    """What was sent stands where it fits, the rest is shared, and what is too long shrinks."""
    items = planned(*sent)

    assert [minutes for minutes, _ in items[1:-1]] == shares
    assert sum(minutes for minutes, _ in items) == 60
    assert items[-1][0] >= 6


@pytest.mark.parametrize("minutes", [3, 5, 15, 45, 480])
@pytest.mark.parametrize("count", [1, 5, 20])
@pytest.mark.parametrize("stated", [None, 1, 45])
def test_every_sent_point_has_a_place_in_every_meeting(
    minutes: int, count: int, stated: int | None
) -> None:
    """The minutes add up, the closing has a tenth, each item serves an objective: no error."""
    points = [(f"Shed {chr(65 + i)}", stated) for i in range(count)]
    plan = a_plan(meeting=a_meeting_with(*points, minutes=minutes))

    items = agenda(plan)

    spoken = " ".join(item.item for item in items)
    places = [spoken.index(f"“{text}”") for text, _ in points]
    assert places == sorted(places)
    assert {slot.id for slot in slots(plan)} == {o for item in items for o in item.serves}
    assert errors(plan) == []


def test_more_points_than_minutes_are_said_to_be() -> None:
    """The last ones share the minute that is left, and the seller is told."""
    plan = a_plan(meeting=a_meeting_with("Doors", "Yard", "Gate", "Price", minutes=5))

    assert [item.item for item in agenda(plan)][1:-1] == ["“Doors”", "“Yard”", "“Gate”; “Price”"]
    assert warnings(plan) == [
        (
            "the agenda that was sent has more points than there are minutes: agree at the start "
            "which come first"
        )
    ]


def test_points_that_ask_for_more_than_the_meeting_has_are_said_to() -> None:
    """Their sum is told, and what is left for them."""
    plan = a_plan(meeting=a_meeting_with(("Tour", 60), ("Price", 30)))

    assert warnings(plan) == [
        (
            "the agenda that was sent gives its points 90 minutes, and 51 are left between opening "
            "and closing: agree at the start what comes first"
        )
    ]


@pytest.mark.parametrize(
    "point",
    [
        "Introduction of the new ERP",
        "Summary of the audit findings",
        "Next steps in the Leeds rollout",
        "Vorstellung des Angebots",
        "Agenda of the steering committee",
    ],
)
def test_a_point_of_its_own_is_no_opening_or_closing(point: str) -> None:
    """Only what does nothing else is in ours."""
    assert [item for _, item in planned(point, "Price", point)] == [
        OPENS,
        f"“{point}”",
        "“Price”",
        f"“{point}”",
        CLOSES,
    ]


@pytest.mark.parametrize(
    "point",
    [
        "Welcome & introductions",
        "Begrüßung und Vorstellungsrunde",
        "Agenda",
        "Wrap-up / next steps",
        "Zusammenfassung, nächste Schritte",
        "Action items",
    ],
)
def test_what_only_opens_or_closes_is_in_ours(point: str) -> None:
    """Nobody says goodbye twice."""
    items = [item for _, item in planned(point, "Price", point)]

    assert items.count(f"“{point}”") == 1  # an opening at the end stays, and the reverse
    assert items[0] == OPENS
    assert items[-1] == CLOSES


def test_an_agenda_that_only_opens_and_closes_leaves_ours() -> None:
    """There is nothing to put between."""
    ours = agenda(a_plan(meeting=a_meeting(minutes=60)))

    assert agenda(a_plan(meeting=a_meeting_with("Intro", "Next steps"))) == ours


def test_a_misfit_keeps_its_short_agenda() -> None:
    """Their minutes are for finding out that we are of no use."""
    plan = a_plan(meeting=a_meeting_with("The yard", "Price"), fit=a_misfit())

    assert len(agenda(plan)) == 3
    assert {item.origin for item in agenda(plan)} == {"inferred"}


def test_a_link_or_an_essay_as_a_point_does_no_harm() -> None:
    """Nothing that leads elsewhere is left, and what was cut says so."""
    items = planned(
        "https://evil.example/x",
        f"{'x' * 120} …",
        "Read <b>http://evil.example</b> first",
        "An essay …",
    )

    assert [item for _, item in items[1:-1]] == ["“Read … first”", "“An essay” …"]


def test_a_point_cites_the_fact_that_holds_it_else_the_agenda() -> None:
    """Its mark leads to the line."""
    fact = a_fact("The yard at Leeds", id="F1", kind="other", line=7, speaker="Dana")
    plan = a_plan(fact, meeting=a_meeting_with("The yard at Leeds", "Price"))

    own = [item for item in agenda(plan) if item.origin == "notes"]

    assert [item.evidence for item in own] == [("F1",), (AGENDA,)]


def test_a_model_does_not_word_an_agenda_that_was_sent() -> None:
    """Its own stands only where nobody sent one."""

    def read(meeting: Meeting) -> tuple[AgendaItem, ...]:
        plan = a_plan(meeting=meeting)
        ours = {"minutes": 60, "item": "A demo", "serves": ["O1"]}
        answer = OPENING.answer(plan).model_validate(
            {
                "purpose": "To look at it together.",
                "purpose_facts": [],
                "goals_question": "What would make it worth your time?",
                "agenda": [ours, ours, ours],
                "next_step_why": "It is an advance.",
            }
        )
        return OPENING.read(answer, plan).agenda

    assert {item.item for item in read(a_meeting(minutes=60))} == {"A demo"}
    assert [item.item for item in read(a_meeting_with("Price"))] == [OPENS, "“Price”", CLOSES]


def test_the_sample_in_german_opens_with_the_customers_agenda() -> None:
    """Rosenhof's invitation stays German, cites its lines, and all checks pass."""
    made = sample_plan("rosenhof")

    own = [item for item in agenda(made) if item.origin == "notes"]

    assert [item.item for item in own] == [
        "“Offene Punkte Betriebsrat”",
        "“Messgrößen für den Pilot”",
    ]
    assert all(made.evidence.facts[item.evidence[0]].line == 30 for item in own)
    assert errors(made) == []

"""Grounding: what a sentence says and its cited evidence does not is an error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conversation import known, said, told

from assistant.brief import Claim, Snapshot, Statement, Teach, TeachPoint
from assistant.checks.grounding import check_grounding, check_quotes
from assistant.dossier import Fact
from assistant.testing import a_claim, an_insight

SAMPLES = Path(__file__).parents[1] / "evals" / "grounding" / "samples.yaml"
NEXT_STEP = (
    "Assuming we successfully accomplish these objectives, would it be reasonable to agree that "
    "our next step should be to schedule a dock-mapping workshop on site with Dana Whitfield on "
    "Thursday 10 December 2026?"
)
OURS = ("profile", "meeting", "schedule")


def samples() -> list[Any]:
    """Return the labelled pairs, each with its trap for a name."""
    read = yaml.safe_load(SAMPLES.read_text("utf-8"))
    return [pytest.param(s, id=f"{s['trap']}-{n}-{s['supported']}") for n, s in enumerate(read, 1)]


def messages(text: str, *facts: Fact | str, cite: tuple[str, ...] = ()) -> list[str]:
    cited = (*(f"F{n}" for n in range(1, len(facts) + 1)), *cite)
    return [f.message for f in check_grounding([said(text, *cited)], known(*facts))]


def test_a_number_missing_from_its_evidence_is_an_error() -> None:
    """The sentence is held back, and the finding names the number and the place."""
    evidence = known(cards=(an_insight("insight-detention", "Detention costs carriers 11 %."),))
    statement = said("Detention costs 17 % of revenue.", "insight-detention", where="points[0].ask")

    (finding,) = check_grounding([statement], evidence)

    assert finding.message == "17 % is not in insight-detention"
    assert (finding.check, finding.severity, finding.where) == (
        "grounding",
        "error",
        "points[0].ask",
    )


@pytest.mark.parametrize("sample", samples())
def test_each_trap_is_judged_as_its_author_did(sample: Mapping[str, Any]) -> None:
    """The labelled pairs of evals/grounding, one a row."""
    speakers = sample.get("speakers", [""] * len(sample["evidence"]))
    facts = [told(*line) for line in zip(sample["evidence"], speakers, strict=True)]

    found = messages(sample["sentence"], *facts, cite=tuple(sample.get("cite", ())))

    assert (not found) == sample["supported"], found


@pytest.mark.parametrize(
    ("text", "cite"),
    [
        (NEXT_STEP, OURS),
        ("Dana Whitfield agrees to a dock-mapping workshop on site by 3 December 2026.", OURS),
        ("Marcus Oyelaran brings one week of gate logs to the 90-minute workshop.", OURS),
        ("We meet on Thursday 3 December at 10:00 for 45 minutes.", ("meeting",)),
        ("What would it be worth to Tidewater if trucks were gone an hour earlier?", ()),
        ("What would you find if you set last month's charges beside the arrival times?", ()),
        ("Who signs this: the CFO, or the plant manager?", ()),
        ("One thing first: which of the two matters most to you?", ()),
        ("Harbourline starts with one dock.", ()),
    ],
)
def test_the_methods_own_sentences_pass(text: str, cite: tuple[str, ...]) -> None:
    """People, days and places come from the meeting, the profile and the schedule."""
    assert messages(text, "Trucks wait.", cite=cite) == []


def test_the_length_of_another_step_is_no_figure_of_this_one() -> None:
    """The ladder has steps of 30, 60 and 90 minutes; only the one that is proposed may be said."""
    text = "Marcus Oyelaran brings one week of gate logs to the 60-minute workshop."

    assert messages(text, "Trucks wait.", cite=OURS) != []


def test_a_quoted_line_of_the_notes_passes_as_it_stands() -> None:
    """With its abbreviations, in any quotation marks."""
    note = "detention bill was 1.4m last yr, up 18%"

    assert messages(f'You told us: "{note}".', note) == []
    assert messages(f"You told us: “{note}”.", note) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("It is 5 %.", "5 % is not in F1"),
        ("They have 12 gates.", "12 gates is not in F1"),
        ("It starts on 4 May 2027.", "4 May 2027 is not in F1"),
        ("Slotwise is in.", "Slotwise is not in F1"),
        ("Line 7 stops.", "Line 7 is not in F1"),
        ("Call +1 251 555 0142.", "+1 251 555 0142 is not in F1"),
        ("Dana Whitfield, the CFO, signs.", "Dana Whitfield is COO in F1, not CFO"),
        ("Turn time rose to 61 minutes.", "rose: F1 says fell"),
        ("It takes over 94 minutes.", "more than 94 minutes: F1 says less than"),
        ("It takes 94 minutes.", "94 minutes: F1 says less than"),
        ("It takes about 61 minutes.", "about 61 minutes: F1 says just 61 minutes"),
        ("It takes nearly 61 minutes.", "nearly 61 minutes: F1 says just 61 minutes"),
        ("38 trucks come.", "38 trucks: F1 says 38 of something else"),
        ("410 sites a day wait.", "410 sites: F1 does not say 410 of these"),
        ("38 sites wait.", "38 sites: F1 does not say 38 of these"),
        ("61 minutes a week go by.", "61 minutes a week: F1 does not say for each week"),
        ("It is Friday 3 December 2026.", "Friday 3 December 2026: there is no such day"),
        ("It rose from 94 to 61 minutes.", "rose and from 94 to do not go together"),
        ("You said: “we own the yard”.", "“we own the yard” is not in F1"),
    ],
)
def test_the_finding_says_what_is_wrong(text: str, message: str) -> None:
    """In a line that a seller understands."""
    fact = (
        "Dana: turn time fell from under 94 to 61 minutes at 38 doors, 410 trucks a day, "
        "Thursday 3 December 2026."
    )

    assert message in messages(text, fact)


def test_a_sentence_without_evidence_may_not_state_anything() -> None:
    """No number and no name, but the two companies."""
    evidence = known("Trucks wait.")
    statement = Statement("point", "Slotwise is 20 % cheaper than Harbourline.", (), spoken=True)

    found = check_grounding([statement], evidence)

    assert [f.message for f in found] == [
        "20 % rests on no evidence",
        "Slotwise rests on no evidence",
    ]


def test_evidence_that_is_not_there_is_an_error() -> None:
    """A made-up id supports nothing."""
    assert messages("Trucks wait.", "Trucks wait.", cite=("F99",)) == [
        "F99 is no evidence of this brief"
    ]


def test_only_the_cited_evidence_counts() -> None:
    """The right number in another fact does not help."""
    evidence = known("It takes 94 minutes.", "We turn away 25 trucks.")

    found = check_grounding([said("It takes 25 minutes.", "F1")], evidence)

    assert [f.message for f in found] == ["25 minutes is not in F1"]
    assert check_grounding([said("You turn away 25 trucks.", "F2")], evidence) == ()


def test_a_person_named_in_the_evidence_brings_name_and_role_along() -> None:
    """A note says Dana; the meeting knows who that is."""
    evidence = known(told("Detention is our biggest bill.", speaker="Dana"))

    named = said("Dana Whitfield, the COO, calls detention the biggest bill.")
    swapped = said("Marcus Oyelaran calls detention the biggest bill.")

    assert check_grounding([named], evidence) == ()
    assert [f.message for f in check_grounding([swapped], evidence)] == [
        "Marcus Oyelaran is not in F1"
    ]


@pytest.mark.parametrize(
    ("speaker", "text", "message"),
    [
        (
            "Dana",
            "Marcus, you said: “I have no room for those trucks”.",
            "Marcus Oyelaran is said to say what F1 has from Dana",
        ),
        (
            "me",
            "As Marcus told us, there is no room for those trucks.",
            "Marcus Oyelaran is said to say what F1 has from one of us",
        ),
        (
            "Sam Okafor",
            "You told us that there is no room for those trucks.",
            "“you said”: in F1 it is one of us who says it",
        ),
    ],
)
def test_a_saying_of_somebody_else_is_named(speaker: str, text: str, message: str) -> None:
    """With who said it, as far as the notes know."""
    fact = told("I have no room for those trucks.", speaker)

    assert messages(text, fact, cite=("meeting",)) == [message]


def test_a_speaker_is_found_by_the_whole_name() -> None:
    """Whatever letters it is written in."""
    facts = (told("The line stands.", "Ahlers"), told("We ship by night.", "Katrin Voßberg"))

    assert messages("Katrin Voßberg, you said: “the line stands”.", *facts) == [
        "Katrin Voßberg is said to say what F1 has from Ahlers"
    ]


def test_each_quotation_of_a_sentence_goes_with_its_own_speaker() -> None:
    """Two people may be quoted in one sentence."""
    facts = (told("The queue is out on the road.", "Marcus"), told("We have no room.", "Dana"))

    said_so = "Marcus said “the queue is out on the road”, and Dana said “we have no room”."
    swapped = "Dana said “the queue is out on the road”, and Marcus said “we have no room”."

    assert messages(said_so, *facts, cite=("meeting",)) == []
    assert len(messages(swapped, *facts, cite=("meeting",))) == 2


def test_two_figures_that_change_places_are_named() -> None:
    """Both are in the evidence, each beside the other's words."""
    fact = "Check-in takes 20 minutes, unloading takes 45 minutes."

    assert messages("Unloading takes 20 minutes and check-in takes 45 minutes.", fact) == [
        "20 minutes and 45 minutes change places in F1"
    ]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("a median of 94 days against 96", "It took a median of 96 days against 94."),
        ("14 % from two sites, 8 % from five", "It is 8 % from two sites and 14 % from five."),
        ("Gate A takes 90 trucks, gate B 250", "Gate A takes 250 trucks, gate B 90 trucks."),
        ("from 60 to 94 minutes", "Our goal is 60 minutes; today it is 94 minutes."),
    ],
)
def test_two_figures_change_places_where_little_stands_between(text: str, fact: str) -> None:
    """Read from what compares them, from other figures, a letter, or a goal and today."""
    assert messages(text, fact) != []
    assert messages(fact, fact) == []


def test_a_lone_figure_beside_the_words_of_another_is_named() -> None:
    """The finding says which figure it should be."""
    fact = "Corvane pays $250 for every truck turned away; storage costs $90 a day."

    assert messages("Corvane pays $90 for every truck turned away.", fact) == [
        "$90: F1 says $250 of this"
    ]


def test_a_figure_whose_own_line_says_too_little_is_free() -> None:
    """A line such as "It is 94 today" leaves to the one before of what."""
    facts = ("Truck turn time at Pelican must be under 60 minutes.", "It is 94 today.")

    assert messages("Truck turn time at Pelican is 94 minutes.", *facts) == []


def test_two_movements_in_one_sentence_do_not_contradict_each_other() -> None:
    """One rose while the other fell."""
    fact = "Volume rose to 410 trucks while dwell fell from 94 to 61 minutes."

    assert messages("Volume rose while dwell went from 94 to 61 minutes.", fact) == []


def test_each_error_is_reported_once_a_statement() -> None:
    """However often a sentence repeats it."""
    assert messages("17 % here, 17 % there.", "Trucks wait.") == ["17 % is not in F1"]


def test_the_quotes_of_a_claim_are_verbatim() -> None:
    """The finding names the quote and where the claim stands."""
    evidence = known("I have no room for those trucks.")
    claims = (
        a_claim("There is no room.", "F1", quotes=("no room for those trucks",)),
        a_claim("There is no room.", "F1", quotes=("no space for those trucks",)),
    )

    (finding,) = check_quotes(Snapshot(snapshot=claims), evidence)

    assert (finding.where, finding.message) == (
        "snapshot[1]",
        "“no space for those trucks” is not in F1",
    )


def test_quotes_are_found_however_deep_a_claim_stands() -> None:
    """In the points of a part, too."""
    wrong = Claim(text="It waits.", origin="notes", evidence=("F1",), quotes=("it never waits",))
    point = TeachPoint(card="insight-detention", point=a_claim(), why_them=wrong, ask="Why?")

    (finding,) = check_quotes(Teach(points=(point,)), known("It always waits."))

    assert finding.where == "points[0].why_them"

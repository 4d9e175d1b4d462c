"""What they said, given back: to whom, in whose words, and what is left unsaid."""

from __future__ import annotations

import pytest

from assistant.brief import Statement
from assistant.checks.links import check_links
from assistant.dossier import Fact, Participant, SourceNote
from assistant.parts.phrases import (
    an,
    beginning,
    begun,
    day,
    listed,
    quotation,
    spelled_role,
    the,
    uncapped,
)
from assistant.parts.recall import noted, own_words, recalled, recalled_again, spoken_name
from assistant.testing import TODAY, a_dossier, a_fact, a_meeting, a_participant, an_evidence
from assistant.text import stands_in

WALT = a_participant("Walt Drummond", "plant manager")
AHLERS = a_participant("Dr. Jens Ahlers", "Werkleiter")
DOSSIER = a_dossier(
    meeting=a_meeting(participants=(WALT, AHLERS, a_participant())),
    sources=(
        SourceNote(id="S1", name="notes.md", kind="notes"),
        SourceNote(id="S2", name="report.pdf", kind="document"),
        SourceNote(id="S3", name="re-visit.eml", kind="email"),
        SourceNote(id="S4", name="web_form-0417.txt", kind="notes"),
        SourceNote(id="S5", name="Q2-earnings-call.html", kind="page"),
        SourceNote(id="S6", name="team.html", kind="page"),
    ),
)


def said(words: str, speaker: str = "", **given: object) -> Fact:
    return a_fact(words, speaker=speaker, **given)


@pytest.mark.parametrize(
    ("fact", "spoken"),
    [
        (said("My docks are full.", "Dana"), "Dana, you said: “My docks are full”."),
        (said("My docks are full.", "Dana Whitfield"), "Dana, you said: “My docks are full”."),
        (said("Who pays?", "Dana"), "Dana, you said: “Who pays?”"),
        (said("Wir stehen.", "Ahlers"), "Dr. Ahlers, you said: “Wir stehen”."),
        (said("Wir stehen.", "Jens"), "Jens, you said: “Wir stehen”."),
        (said("I sign it.", "Whitfield"), "Dana Whitfield, you said: “I sign it”."),
        (said("I sign it.", "Gail Fontaine"), "Gail Fontaine told us: “I sign it”."),
        (said("We lose trucks."), "You told us: “We lose trucks”."),
        (said("Wir verlieren LKW."), "You told us: “Wir verlieren LKW”."),
        (said("22 doors, 180 trucks"), "My notes say: “22 doors, 180 trucks”."),
        (said("Costs rose.", voice="public", source="S2"), "I read: “Costs rose”."),
        (
            said("Costs rose.", "Robert Tanaka", voice="public", source="S2"),
            "Robert Tanaka said in public: “Costs rose”.",
        ),
        (
            said("Costs rose.", "Robert Tanaka", voice="public", source="S5"),
            "Robert Tanaka said in your earnings call: “Costs rose”.",
        ),
        (
            said("Costs rose.", "Dana Whitfield", voice="public", source="S6"),
            "Dana, you said in public: “Costs rose”.",
        ),
        (
            said("Costs rose.", voice="public", source="S5"),
            "I read in your earnings call: “Costs rose”.",
        ),
        (said("We lost 40.", "Walt Drummond", source="S3"), "Walt, you wrote: “We lost 40”."),
        (said("Who pays?", "Walt", source="S3"), "Walt, you said: “Who pays?”"),
        (said("We lost 40.", "Gail Fontaine", source="S3"), "Gail Fontaine wrote: “We lost 40”."),
        (
            said("Walt asked who types it in", "Gail Fontaine", source="S3"),
            "Gail Fontaine wrote: “Walt asked who types it in”.",
        ),
        (
            said("I want it now.", "Dana Whitfield", source="S4"),
            "Dana, you wrote: “I want it now”.",
        ),
        (said("We look at docks first.", source="S2"), "You wrote: “We look at docks first”."),
        (said("Walt signs.", "Walt", source="S2"), "Walt, I read: “Walt signs”."),
        (said("No room.", "Walt", source="S2"), "Walt, you said: “No room”."),
        (said("Costs rose.", voice="public"), "My notes say: “Costs rose”."),
        (
            said("walt said overtime is 11 thousand a month and he hates it", "Walt"),
            "Walt, you said: “overtime is 11 thousand a month”.",
        ),
        (
            said("Walt also told us that the gate is slow", "Walt"),
            "Walt, you said: “the gate is slow”.",
        ),
        (
            said("walt asked who types in the bookings", "Walt"),
            "Walt, you asked: “who types in the bookings”.",
        ),
        (
            said("Gail asked what it costs to do nothing", "Gail"),
            "Gail asked: “what it costs to do nothing”.",
        ),
        (said("Walt hates overtime", "Walt"), "Walt, my notes say: “Walt hates overtime”."),
        (
            said("walt said dana is slow", "Dana"),
            "Dana, you said: “walt said dana is slow”.",
        ),
    ],
    ids=lambda value: value.quote if isinstance(value, Fact) else "",
)
def test_a_fact_is_brought_up_as_its_voice_allows(fact: Fact, spoken: str) -> None:
    """By name to who is there, of who is not; what we only noted is owned as our note."""
    assert recalled(fact, DOSSIER) == spoken


@pytest.mark.parametrize(
    ("fact", "spoken"),
    [
        (
            said("The night shift has no forklift that starts before six.", "Dana"),
            "Dana, back to what you said: “The night shift has no forklift …”.",
        ),
        (
            said("Every recall costs us about 2.4 million euros and a season.", "Dana"),
            "Dana, back to what you said: “Every recall costs us about 2.4 million euros …”.",
        ),
        (
            said("Our lease on the mill runs until 30 June 2027 at the latest.", "Gail Fontaine"),
            "Back to what Gail Fontaine told us: “Our lease on the mill runs …”.",
        ),
        (
            said("Who of you will train the nurses on the wards?", "Walt Drummond", source="S3"),
            "Walt, back to what you wrote: “Who of you will train …”.",
        ),
        (said("Who pays for it?", "Walt"), "Walt, back to what you said: “Who pays for it?”"),
        (said("22 doors, 180 trucks"), "Back to what my notes say: “22 doors, 180 trucks”."),
        (
            said("Costs rose.", "Robert Tanaka", voice="public", source="S5"),
            "Back to what Robert Tanaka said in your earnings call: “Costs rose”.",
        ),
    ],
    ids=lambda value: value.quote if isinstance(value, Fact) else "",
)
def test_what_they_have_heard_before_comes_back_by_its_beginning(fact: Fact, spoken: str) -> None:
    """Long enough to be known again, and no figure or day cut in two."""
    assert recalled_again(fact, DOSSIER) == spoken


def test_the_seller_reads_the_whole_note() -> None:
    """What is left out aloud stands on the page, with the speaker where the words do not say it."""
    fact = said("walt said overtime is high and he hates it", "Walt")

    assert own_words(fact) == "“overtime is high”"
    assert noted(fact) == "“walt said overtime is high and he hates it”"
    assert noted(said("My docks are full.", "Dana")) == "Dana: “My docks are full”"


@pytest.mark.parametrize(
    ("speaker", "people", "called"),
    [
        ("walt", (WALT,), "Walt"),
        ("Drummond", (WALT,), "Walt Drummond"),
        ("Jens Ahlers", (AHLERS,), ""),
        ("Dr. Jens Ahlers", (AHLERS,), "Dr. Ahlers"),
        ("Cher", (a_participant("Cher"),), "Cher"),
        ("Dr Anil Rao", (a_participant("Dr Anil Rao"),), "Dr Rao"),
        ("Rao", (a_participant("Prof. Dr. Anil Rao"),), "Prof. Dr. Rao"),
        ("J. Finch", (a_participant("J. Finch"),), "J. Finch"),
        ("Keller", (a_participant("Frau Keller"),), "Frau Keller"),
        ("J.", (a_participant("J."),), "J."),
        ("Frau Keller", (a_participant("Frau Keller"),), "Frau Keller"),
        ("Jo T. Finch", (a_participant("Jo T. Finch"),), "Jo"),
        ("", (WALT,), ""),
        ("Walt", (), ""),
        ("x", (a_participant(""),), ""),
    ],
)
def test_nobody_is_called_by_the_bare_family_name(
    speaker: str, people: tuple[Participant, ...], called: str
) -> None:
    """A first name, a title with the family name, or the full name."""
    assert spoken_name(speaker, people) == called


# --- quotations


@pytest.mark.parametrize(
    "words",
    [
        "Our docks are full.",
        "  “Our docks are full.”  ",
        'He said "no" twice, and “that” once',
        "We lose {0} of %s every {{day}} here",
        "Wir finden unsere Auflieger „nie“ vor acht Uhr",
        "אנחנו מאבדים משאיות בחצר שלנו",
        "Our docks are 🔥🔥 every Monday 👩🏽‍🔧 morning",
        "See https://evil.example/x and <b>bold</b> docks, ![a](b) every day",
        "Mail me at dana@northpeak.example or call the gate before noon",
        "[click here](https://evil.example) and wait for the trucks",
        "Our docks \U000f0000 are \u202efull\u2066 every day",
        "our docks " * 200,
        "One sentence here. " * 40,
        f"the plate {'x' * 500} was read at the gate",
    ],
)
def test_a_quotation_is_verbatim_short_and_leads_nowhere(words: str) -> None:
    """What it keeps stands in the source, what it drops is marked by three dots."""
    quoted = quotation(words)

    told = Statement("x", quoted, ("F1",), spoken=True)
    assert len(quoted.split()) <= 36
    assert stands_in(quoted.strip("“”"), words)
    assert stands_in(beginning(words).strip("“”"), words)
    assert len(beginning(words)) <= len(quoted) + 2
    assert check_links([told], an_evidence()) == ()


def test_a_quotation_of_nothing_sayable_is_three_dots() -> None:
    """An empty pair of marks would look like a mistake."""
    assert quotation("https://evil.example/x") == "“…”"
    assert quotation("x" * 900) == "“…”"


# --- small phrases


def test_small_phrases_read_as_english() -> None:
    """Lists, articles, capitals and days, as a sentence needs them."""
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert an("review of logs") == "a review of logs"
    assert an("an audit") == "an audit"
    assert the("a workshop on site") == "the workshop on site"
    assert the("one week of logs") == "one week of logs"
    assert spelled_role("coo") == "COO"
    assert spelled_role("vp operations") == "VP operations"
    assert begun("the COO agrees") == "The COO agrees"
    assert uncapped("Which door is it?") == "which door is it?"
    assert uncapped("Harbourline helps whom?") == "Harbourline helps whom?"
    assert day(TODAY) == "Monday 16 March 2026"

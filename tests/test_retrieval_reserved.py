"""What our own notes say not to speak of: found, kept off the page, and minded where voiced."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.dossier import Fact
from assistant.embedding import MiniLm
from assistant.index import Index, memory_index
from assistant.knowledge.card import Insight, Objection
from assistant.retrieval import Retrieval, retrieve
from assistant.retrieval.reserved import reserved
from assistant.retrieval.search import open_shelf
from assistant.testing import (
    TODAY,
    a_dossier,
    a_fact,
    a_meeting,
    a_participant,
    a_profile,
    an_insight,
    an_objection,
)

PRICE = an_objection("price", "That is more than we can pay.", title="The price is too high")
RIVAL = an_objection("rival", "We have a supplier for that.", title="They look at another supplier")
FAILED = an_objection("failed", "The last one was a mess.", title="We tried this before")
OWN_LIST = an_objection(
    "own-list",
    "We wrote our own rota in a spreadsheet.",
    title="They made a rota of their own",
    behind_it="Somebody is proud of that spreadsheet.",
    clarify="Who keeps the rota?",
    respond="Then it shows what a rota must hold.",
    proof="A clinic kept its own rota for a year.",
)


ROTA = an_insight(
    "rota",
    title="A typed sheet lets two nurses swap one night",
    claim="Whoever types a rota in a sheet does not see who else types.",
    ask="Who finds out that a night is covered twice?",
)
BEDS = an_insight(
    "beds",
    title="Beds are short because discharges come late",
    claim="A ward is full in the morning and half empty at night.",
    ask="When does the ward round end?",
)
STERILE = an_insight(
    "sterile",
    title="Instruments wait for a porter, not for the steriliser",
    claim="A tray is ready long before it is fetched.",
    ask="Who fetches a tray at night?",
)


@dataclass(frozen=True)
class Pack:
    """A pack whose cards are all approved."""

    cards: tuple[Objection | Insight, ...] = (FAILED, OWN_LIST, PRICE, RIVAL)

    def approved(self) -> tuple[Objection | Insight, ...]:
        """Return them."""
        return self.cards


PACK = Pack()
TAUGHT = Pack((ROTA, BEDS, STERILE))


@pytest.fixture(scope="module")
def index() -> Index:
    return memory_index(PACK, MiniLm(), today=TODAY)


def note(words: str, id: str = "F1", line: int = 1) -> Fact:  # noqa: A002 the field's name
    return a_fact(words, id=id, kind="other", voice="internal", line=line)


def kept(index: Index, *facts: Fact) -> list[str]:
    """Return the cards that these remarks keep off the page."""
    found = reserved(facts, open_shelf(PACK, index, TODAY))
    return sorted({card for one in found for card in one.cards})


def found_for(index: Index, *facts: Fact) -> Retrieval:
    people = a_meeting(participants=(a_participant(),))
    return retrieve(
        a_dossier(*facts, meeting=people),
        profile=a_profile(),
        index=index,
        pack=PACK,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("words", "card"),
    [
        ("internal: do not open price first, she is touchy", "price"),
        ("DON'T quote a nbr on the call", "price"),
        ("intern: war beim Preis zurückhaltend, nicht zuerst ansprechen", "price"),
        ("avoid pricing until the dean is there", "price"),
        ("nobody mention what it costs them, pricing is with the board", "price"),
        ("the trial at their sister school failed, do not bring it up", "failed"),
        ("another vendor is in there called Bettly, don't ask about it", "rival"),
        ("Medirota is in too, never mention it", "rival"),
        ("don't mention the stopped pilot at the other clinic", "failed"),
        ("their project with us was abandoned, steer clear of it", "failed"),
        ("they wrote their own rota in a spreadsheet - don't bring up", "own-list"),
    ],
)
def test_a_remark_keeps_off_the_page_what_it_names(index: Index, words: str, card: str) -> None:
    """By the word for it, or where a card is about the very same thing; nothing else."""
    assert kept(index, note(words)) == [card]


@pytest.mark.parametrize(
    "words",
    [
        "price floor is 11 a bed, can go to 14% off",
        "don't say any of this",
        "don't say that Omar wants the job of his boss",
        "the reference is a direct competitor of theirs so don't use the name",
        "ask again about the price list",
    ],
)
def test_other_remarks_keep_nothing_off(index: Index, words: str) -> None:
    """One that forbids nothing, and one that forbids what no card speaks of."""
    assert kept(index, note(words)) == []


def test_a_remark_holds_for_what_stands_on_its_line(index: Index) -> None:
    """Parted into sentences, it does not say itself what it is about."""
    rival = note("they also look at Medirota")
    here, below = (note("Keep that off the call.", id="F2", line=line) for line in (1, 2))

    assert kept(index, rival, here) == ["rival"]
    assert kept(index, rival, below) == []


def test_what_the_customer_says_keeps_nothing_off(index: Index) -> None:
    """Theirs to forbid, perhaps; but no remark of ours."""
    theirs = a_fact("Do not mention the price to my boss.", voice="customer", speaker="Dana")

    assert kept(index, theirs) == []


def test_a_usual_doubt_about_it_is_not_brought(index: Index) -> None:
    """People in that role often ask; our notes say not to begin with it."""
    remark = note("do not open price first")

    assert "price" in {hit.card.id for hit in found_for(index).objections}
    assert "price" not in {hit.card.id for hit in found_for(index, remark).objections}


def test_a_remark_that_is_a_doubt_itself_brings_no_response_either(index: Index) -> None:
    """“He thinks that we are more than they can pay” is ours to know."""
    remark = note("that is more than we can pay, thinks the dean, do not open price first")
    remark = remark.model_copy(update={"kind": "concern"})

    assert "price" not in {hit.card.id for hit in found_for(index, remark).objections}


def test_a_doubt_that_they_voiced_is_answered_with_a_caution(index: Index) -> None:
    """Silence would be no answer; the seller is told what the notes say, with all of the line."""
    doubt = a_fact("That is more than we can pay.", id="F3", kind="concern", speaker="Dana", line=3)
    remarks = (note("he is touchy about the price"), note("do not open it first", id="F2"))

    found = found_for(index, doubt, *remarks)

    assert found.objections[0].card == PRICE
    assert found.objections[0].evidence == ("F3",)
    assert {card: remark.quote for card, remark in found.cautions.items()} == {
        "price": "he is touchy about the price do not open it first"
    }
    assert found_for(index, doubt).cautions == {}


@pytest.mark.parametrize(
    ("words", "cards"),
    [
        ("they built a spreadsheet for the nights, don't bring it up", ["rota"]),
        ("the discharges are a sore point with the dean, do not raise them", ["beds"]),
        ("never mention the dean's sister", []),
        ("that never comes cheap, keep that quiet", []),
    ],
    ids=["end-of-a-compound", "word", "another-matter", "words-of-the-bidding"],
)
def test_an_insight_about_it_is_kept_off(words: str, cards: list[str]) -> None:
    """What its title is about is what the remark names."""
    shelf = open_shelf(TAUGHT, memory_index(TAUGHT, MiniLm(), today=TODAY), TODAY)

    assert [sorted(one.cards) for one in reserved([note(words)], shelf)] == [cards] * bool(cards)


def test_what_is_not_to_be_spoken_of_is_not_taught() -> None:
    """Not even where they have spoken of it themselves."""
    theirs = a_fact("Two nurses type in the same sheet and swap one night.", id="F3", line=3)
    remark = note("they built that spreadsheet themselves, don't bring it up")
    index = memory_index(TAUGHT, MiniLm(), today=TODAY)

    def taught(*facts: Fact) -> set[str]:
        found = retrieve(
            a_dossier(*facts), profile=a_profile(), index=index, pack=TAUGHT, today=TODAY
        )
        return {hit.card.id for hit in found.insights}

    assert "rota" in taught(theirs)
    assert "rota" not in taught(theirs, remark)

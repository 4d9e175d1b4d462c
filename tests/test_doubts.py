"""What they say, parted into its doubts, each with the cards that answer it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from accounts import TODAY as DAY
from accounts import index, pack

from assistant.doubts import Doubt, find_doubts
from assistant.embedding import MiniLm
from assistant.index import memory_index
from assistant.knowledge.card import Objection
from assistant.retrieval import Prospect
from assistant.testing import TODAY, an_objection

# A caterer's cards: other words than the sample pack's.
PRICE = an_objection(
    "price", "Your lunches cost too much.", title="The lunch costs too much", challenges=()
)
ALLERGENS = an_objection(
    "allergens",
    "How do you handle allergens?",
    "Some of our people have allergies.",
    title="Allergens and allergies",
    behind_it="They answer for the health of their staff.",
    clarify="Which allergies do your people have?",
    respond="Each dish names its allergens on a card.",
    proof="An auditor reads the cards twice a year.",
    check="Which dish would you want to see first?",
    challenges=(),
    concern="question",
)
COOK = an_objection(
    "cook",
    "We already have our own cook.",
    "Our kitchen is run by our own people.",
    title="They have a cook of their own",
    behind_it="They fear for a colleague's job.",
    clarify="On which days does your cook need help?",
    respond="Your cook stays, and we bring what is missing.",
    proof="In other houses the cook became our partner.",
    check="Which day would your cook give away first?",
    challenges=(),
)
COACHING = an_objection(
    "coaching", "Your lunches cost too much.", title="When they haggle", audience="internal"
)


@dataclass(frozen=True)
class Cards:
    """A pack of approved cards."""

    cards: tuple[Objection, ...]
    hidden: tuple[str, ...] = field(default=())

    def approved(self) -> tuple[Objection, ...]:
        """Return those that are still approved."""
        return tuple(card for card in self.cards if card.id not in self.hidden)


CATERER = Cards((PRICE, ALLERGENS, COOK, COACHING))
INDEX = memory_index(CATERER, MiniLm(), today=TODAY)


def doubts(text: str, cards: Cards = CATERER) -> tuple[Doubt, ...]:
    return find_doubts(text, index=INDEX, pack=cards, today=TODAY)


def answered(text: str) -> list[str]:
    """Return the card that answers each doubt, "" where none does."""
    return [doubt.hits[0].card.id if doubt.hits else "" for doubt in doubts(text)]


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("your lunches cost too much", ["price"]),
        ("ur lunchs cost 2 much", ["price"]),
        ("we allready hav our own cook", ["cook"]),
        ("wat about alergens", ["allergens"]),
        ("lunches cost too much, and how do you handle allergens?", ["price", "allergens"]),
        ("We have our own cook. Your lunches cost too much.", ["cook", "price"]),
        ("thanks for the coffee, but your lunches cost too much", ["price"]),
        ("our own cook runs the kitchen and we have our own cook", ["cook"]),
        ("my boss thinks ur lunches cost too much", ["price"]),
        ("Rosa says: how do you handle allergens?", ["allergens"]),
        ("what's the weather", [""]),
        ("who won the match", [""]),
    ],
)
def test_each_doubt_has_the_card_of_its_own(text: str, cards: list[str]) -> None:
    """In the order in which they are said, each card once; small talk is no doubt."""
    assert answered(text) == cards


def test_a_part_that_no_card_answers_is_a_doubt_if_it_sounds_like_one() -> None:
    """It is not hidden behind the part that is answered."""
    found = doubts("Your lunches cost too much. Who pays for the fridge when the lift is broken?")

    assert [bool(doubt.hits) for doubt in found] == [True, False]
    assert found[1].said == "Who pays for the fridge when the lift is broken?"


def test_what_was_mended_is_shown_beside_what_was_typed() -> None:
    """Whoever is misread can see it."""
    (doubt,) = doubts("ur luches cost 2 much")

    assert doubt.said == "ur luches cost 2 much"
    assert doubt.read_as == "your lunches cost too much"


def test_the_end_of_a_long_complaint_is_heard_too() -> None:
    """Nothing of it is left out for want of room."""
    complaint = ", ".join(f"the soup of day {day} was cold" for day in range(40))

    assert "price" in answered(f"{complaint}, and your lunches cost too much.")


def test_what_is_said_again_and_again_is_one_doubt() -> None:
    """However angry they are."""
    assert answered("your lunches cost too much, " * 20) == ["price"]


def test_an_internal_card_answers_nobody() -> None:
    """Coaching is never what is said."""
    assert all(
        h.card.audience == "customer" for d in doubts("lunch costs too much") for h in d.hits
    )


def test_a_card_that_is_no_longer_approved_answers_nobody() -> None:
    """Though the index still holds it; and one past its review likewise."""
    retired = Cards(CATERER.cards, hidden=("price",))
    expired = find_doubts(
        "your lunches cost too much",
        index=INDEX,
        pack=CATERER,
        today=PRICE.review_by + timedelta(days=1),
    )

    assert not any(
        h.card.id == "price" for d in doubts("lunches cost too much", retired) for h in d.hits
    )
    assert [doubt.hits for doubt in expired] == [()]


def test_another_language_is_told_from_what_is_not_answered() -> None:
    """The cards are in English; nothing is guessed."""
    assert [(d.hits, d.is_foreign) for d in doubts("c'est beaucoup trop cher")] == [((), True)]
    assert [(d.hits, d.is_foreign) for d in doubts("the lift is broken")] == [((), False)]


def test_what_is_known_of_the_prospect_orders_the_cards() -> None:
    """And says so first among the reasons."""
    plain, fitted = (
        find_doubts("too expensive", index=index(), pack=pack(), prospect=known, today=DAY)[0]
        for known in (Prospect(), Prospect(roles=("CFO",)))
    )

    assert fitted.hits[0].score > plain.hits[0].score
    assert fitted.hits[0].reasons[0] == "role: CFO"


def test_there_are_three_cards_at_most_and_all_are_near_the_best() -> None:
    """The response and two others; what is far behind is no alternative."""
    for text in ("our carriers will not use it", "carriers wont us it", "who pays if nobody books"):
        for doubt in find_doubts(text, index=index(), pack=pack(), today=DAY):
            scores = [hit.score for hit in doubt.hits]
            assert 1 <= len(scores) <= 3
            assert scores == sorted(scores, reverse=True)
            assert scores[-1] >= 0.6 * scores[0]

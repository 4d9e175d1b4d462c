"""One doubt at a time: where a saying may be parted, and what weighs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval import Hit
from assistant.retrieval.doubts import answers, clauses, parts_of, voiced_doubts, weight
from assistant.testing import a_fact, a_participant, an_objection

BOTH = "The rent looks high for two halls, and the union has not seen the plan."


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        (BOTH, ["The rent looks high for two halls", "the union has not seen the plan."]),
        (
            "The fee is steep for a clinic; our nurses would need training first.",
            ["The fee is steep for a clinic", "our nurses would need training first."],
        ),
        (
            "The tills are five years old and our cashiers hate new screens.",
            ["The tills are five years old", "our cashiers hate new screens."],
        ),
        (
            "The nurses are fed up with apps but the real problem is the budget.",
            ["The nurses are fed up with apps", "the real problem is the budget."],
        ),
        (
            "Das Lager ist zu klein, und der Betriebsrat muss erst zustimmen.",
            ["Das Lager ist zu klein", "der Betriebsrat muss erst zustimmen."],
        ),
        (
            "The licence costs too much - and the ward has no Wi-Fi.",
            ["The licence costs too much", "the ward has no Wi-Fi."],
        ),
        (
            "The licence costs too much. The ward has no Wi-Fi at all.",
            ["The licence costs too much.", "The ward has no Wi-Fi at all."],
        ),
    ],
)
def test_a_saying_is_parted_where_something_new_begins(text: str, parted: list[str]) -> None:
    """With or without a comma, in both languages, in their own words."""
    assert list(clauses(text)) == parted


@pytest.mark.parametrize(
    "text",
    [
        "My nurses have seen two apps come and go. If it needs a login they go back to paper.",
        "It needs a signature by the dean, and by the works council.",
        "We tried a kiosk in 2022 and the patients laughed at it.",
        "The surgeons wait, and the theatre is empty all morning.",
        "Who pays? And who installs it at our sites?",
        "The works council must agree first. This can take six weeks.",
        "Der Vertrag läuft bis Mai, und das kann noch dauern.",
    ],
)
def test_what_leans_on_the_words_before_stays_with_them(text: str) -> None:
    """Nobody can answer "by the works council", or a pronoun without its noun."""
    assert clauses(text) == (text,)


def test_a_speech_is_not_parted() -> None:
    """Nobody answers twenty doubts from one line, and each part is looked for."""
    speech = "Our nurses have no time for it today. " * 20

    assert clauses(speech) == (speech,)


@given(st.text(max_size=120))
def test_every_part_stands_in_the_text(text: str) -> None:
    """In order, whatever is said: a part is quoted as their own words."""
    place = 0
    for part in clauses(text):
        place = text.index(part, place) + len(part)


def test_parts_keep_who_said_it_and_where() -> None:
    """A part is cited as the line that it stands in."""
    fact = a_fact(BOTH, id="F7", kind="concern", speaker="Beth", line=13)

    assert [(part.id, part.line, part.speaker) for part in parts_of(fact)] == [
        ("F7", 13, "Beth"),
        ("F7", 13, "Beth"),
    ]


def test_doubts_stand_apart_where_a_card_answers_a_part() -> None:
    """The card for the rent is no answer to the union; a saying nobody parted stays whole."""
    fact = a_fact(BOTH, id="F7", kind="concern")
    rent, union = parts_of(fact)
    partly = Hit(an_objection(), 0.8, (), rent.quote, ("F7",), {"F7": (rent.quote,)})
    wholly = Hit(an_objection(), 0.8, (), BOTH, ("F7",))

    assert voiced_doubts([fact], [partly], ()) == (rent, union)
    assert voiced_doubts([fact], [wholly], ()) == (fact,)
    assert [answers(partly, doubt) for doubt in (rent, union)] == [True, False]
    assert answers(wholly, fact)
    assert not answers(wholly, a_fact(id="F8", kind="concern"))


def test_a_doubt_weighs_more_with_a_date_and_from_one_who_decides() -> None:
    """Otherwise its words decide; somebody who does not come has no rank here."""
    people = (a_participant("Jo Lind", "COO"), a_participant("Al Wu", "clerk"))
    said = {"id": "F1", "kind": "concern", "speaker": "Al"}
    freeze = a_fact("Our lab team says no change between 15 May and 10 June.", **said)
    undated = a_fact("Our lab team says no change between the seasons.", **said)
    by_coo = undated.model_copy(update={"speaker": "Jo Lind"})
    by_a_stranger = undated.model_copy(update={"speaker": "Mr Nobody"})

    assert weight(freeze, people) > weight(undated, people) + 1
    assert weight(by_coo, people) > weight(undated, people)
    assert weight(by_a_stranger, people) == weight(undated, people)
    assert voiced_doubts([undated, by_coo, freeze], (), people) == (freeze, by_coo, undated)

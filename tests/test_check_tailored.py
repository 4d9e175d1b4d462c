"""The tailored check: each sentence is the card's, theirs in quotation marks, or a cited fact's."""

from __future__ import annotations

import pytest

from assistant.brief import Anticipate, Anticipated
from assistant.checks.tailored import check_tailored
from assistant.parts.response import approved_response
from assistant.testing import a_dossier, a_fact, an_evidence, an_objection

# A caterer's card.
CARD = an_objection(
    "price",
    "Your lunches cost too much.",
    title="The lunch costs too much",
    clarify="What does a lunch cost you today, with all that is thrown away?",
    respond="A lunch that is eaten costs less than one that is not. We count what comes back on "
    "the plates for two weeks. Then you decide.",
    proof="The hospital of Ashby threw away 30 % less within 3 months.",
    check="Which day would you want us to count first?",
)
FACT = a_fact("We throw away 40 lunches a day.", speaker="Rosa")


REWORDED = (
    "A lunch that is eaten costs less than one that is not. Rosa, we count for two weeks what "
    "comes back on the plates, and then you decide."
)


def found(**changed: str) -> list[str]:
    """Return where the check finds something in the approved response with these steps changed."""
    concern = approved_response(CARD, evidence=["F1"]).model_copy(update=changed)
    evidence = an_evidence(CARD, dossier=a_dossier(FACT))
    return [f.where for f in check_tailored(Anticipate(concerns=(concern,)), evidence)]


@pytest.mark.parametrize(
    "respond",
    [
        CARD.respond,
        "Rosa, you said: “We throw away 40 lunches a day.” " + CARD.respond,
        "You throw away 40 lunches a day. " + CARD.respond,
        "We count what comes back on your plates for two weeks. Then you decide.",
        REWORDED,
    ],
    ids=["as it is", "quoted", "restated", "shorter", "reworded"],
)
def test_tailoring_passes(respond: str) -> None:
    """Their words quoted, a cited fact said, the card's own words moved or left out."""
    assert found(respond=respond) == []


@pytest.mark.parametrize(
    "added",
    [
        "We give you 20 % off.",
        "No other caterer comes close.",
        "Lunch is on us.",
        "You will lose the contract otherwise.",
        "Then we count.",  # the card's words, and a sentence more than it has
    ],
)
def test_a_sentence_beside_the_cards_is_an_error(added: str) -> None:
    """At the end, after a quotation, or in the place of one of the card's."""
    quoted = "Rosa, you said: “We throw away 40 lunches a day.”"

    assert "concerns[0].respond" in found(respond=f"{CARD.respond} {added}")
    assert "concerns[0].respond" in found(respond=f"{quoted} {added} {CARD.respond}")


def test_a_concern_without_a_card_is_another_checks() -> None:
    """There is nothing to keep to."""
    gap = Anticipated(they_say="No.", kind="concern", card="", clarify="What lies behind that?")

    assert check_tailored(Anticipate(concerns=(gap,)), an_evidence(CARD)) == ()

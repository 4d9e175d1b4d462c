"""Whole calls: what is said on the way decides nothing, how it ends does."""

from __future__ import annotations

from pathlib import Path

from calls import HELD_ON, a_transcript

from assistant.outcome.call import Call, read_call
from assistant.outcome.closing import next_step_of
from assistant.outcome.evidence import gather
from assistant.outcome.steps import find_steps
from assistant.outcome.verdict import Judged, judge

_FILE = Path(__file__).parent / "care_homes.txt"
BODY, AGREES, PUTS_OFF, REFUSES = (
    tuple(part.strip().splitlines()[1:]) for part in _FILE.read_text("utf-8").split("# ")[1:]
)
OWN_ERRAND = "I'll ask him on Thursday and mail you the model."


def call(ending: tuple[str, ...], *, without: str = "") -> Call:
    """Read the call with an ending; Nadia Farrow is ours."""
    kept = [turn for turn in BODY + ending if not without or without not in turn]
    return read_call([a_transcript(*kept)], held_on=HELD_ON, ours=frozenset({"nadia farrow"}))


def judged(ending: tuple[str, ...], *, without: str = "") -> Judged:
    """Judge the call with an ending."""
    return judge(gather(call(ending, without=without)))


def test_a_trial_that_they_order_is_an_advance() -> None:
    """They name the place and ask for the day; our yes makes it agreed."""
    found = judged(AGREES)

    assert found.outcome == "advance"
    assert found.step is not None
    assert found.step.said.quote == "Could you have the sensors there by the 7th?"
    assert [(s.when.isoformat(), s.actors[0]) for s in find_steps(call(AGREES)) if s.when][:2] == [
        ("2026-11-26", "Owen Pritchard"),
        ("2026-12-07", "Owen Pritchard"),
    ]


def test_old_refusals_and_their_own_plans_decide_nothing() -> None:
    """Stickers that nobody scanned, a report by the inspectors: not of this sale."""
    found = judged(PUTS_OFF, without=OWN_ERRAND)

    assert found.outcome == "continuation"
    assert {r.test for r in found.reasons if r.held} <= {"who", "what"}


def test_a_small_errand_with_a_day_is_an_advance_all_the_same() -> None:
    """Somebody of theirs does a specific thing by a day; how much it is worth is the seller's."""
    found = judged(PUTS_OFF)

    assert found.outcome == "advance"
    assert found.step is not None
    assert found.step.said.quote == OWN_ERRAND


def test_a_no_at_the_end_is_a_halt_whatever_they_had_promised() -> None:
    """Nothing more can be done, they say; the errand of before does not count."""
    found = judged(REFUSES)

    assert found.outcome == "halt"
    assert [(r.test, r.quote) for r in found.reasons] == [
        ("refusal", "No. It's done."),
    ]


def test_the_next_step_is_not_confirmed_where_nothing_was_agreed() -> None:
    """Without an agreed step there is nothing to confirm."""
    kept = next_step_of(call(REFUSES), find_steps(call(REFUSES)), None)

    assert not kept.reconfirmed
    assert kept.agreed is None

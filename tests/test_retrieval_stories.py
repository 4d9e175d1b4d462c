"""A story is like them by its industry or by the problem that comes first."""

from __future__ import annotations

from dataclasses import replace

from assistant.retrieval import Hit
from assistant.retrieval.stories import like_them
from assistant.testing import a_story
from tests.plans import a_hit

PROBLEMS = {"F1": "overbooking", "F2": "lost keys"}


def found(story: str, *evidence: str, about: str, trade: str = "", score: float = 0.6) -> Hit:
    card = a_story(story, challenges=(about,))
    reasons = (f"industry: {trade}",) if trade else ()
    return replace(a_hit(card, *evidence), reasons=reasons, score=score)


def told(*hits: Hit, asked: tuple[str, ...] = ()) -> list[str]:
    return [hit.card.id for hit in like_them(hits, PROBLEMS, asked)]


def test_another_trade_and_another_problem_are_not_like_them() -> None:
    """No story is better than one that they shake their heads at."""
    keys = found("keys", "F2", about="lost keys")
    laundry = found("laundry", "F1", about="laundry")

    assert told(keys, laundry) == []


def test_the_first_problem_makes_a_story_of_another_trade_count() -> None:
    """As does their own trade a story of another problem."""
    rooms = found("rooms", "F1", about="overbooking")
    hotel = found("hotel", "F2", about="laundry", trade="hotels")

    assert set(told(rooms, hotel)) == {"rooms", "hotel"}


def test_what_they_asked_to_speak_of_chooses_the_story() -> None:
    """A point of their agenda or a doubt decides between stories that answer alike."""
    rooms = found("rooms", "F9", about="overbooking", trade="hotels", score=0.63)
    staff = found("staff", "F8", about="overbooking", trade="hotels")

    assert told(rooms, staff) == ["rooms", "staff"]
    assert told(rooms, staff, asked=("F8",)) == ["staff", "rooms"]

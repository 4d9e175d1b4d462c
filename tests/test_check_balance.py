"""The balance check: each side gives and gets, and nobody more than twice the other."""

from __future__ import annotations

import pytest

from assistant.brief import Finding, GiveGet
from assistant.checks.balance import check_balance
from assistant.testing import a_claim, an_evidence

WE_GIVE = ("The dock study of 2025, with its method", "An example from another terminal")
WE_GET = ("One week of gate logs", "The name of the person who signs")
THEY_GIVE = (
    "One week of gate logs from the first site",
    "Twenty minutes with the terminal manager",
)
THEY_GET = ("A way to find what waiting costs", "Two questions for their own carriers")


def checked(
    we_give: tuple[str, ...] = WE_GIVE,
    we_get: tuple[str, ...] = WE_GET,
    they_give: tuple[str, ...] = THEY_GIVE,
    they_get: tuple[str, ...] = THEY_GET,
) -> tuple[Finding, ...]:
    lists = [tuple(map(a_claim, texts)) for texts in (we_give, we_get, they_give, they_get)]
    part = GiveGet(
        seller_gives=lists[0],
        seller_gets=lists[1],
        customer_gives=lists[2],
        customer_gets=lists[3],
    )
    return check_balance(part, an_evidence())


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]


def test_two_lines_on_each_list_pass() -> None:
    """What one gives the other may well get: the lists mirror each other."""
    assert checked() == ()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"we_give": WE_GIVE[:1]}, "what we give has 1 of at least 2 different lines"),
        ({"we_get": ()}, "what we get has 0 of at least 2 different lines"),
        ({"they_give": ()}, "what the customer gives has 0 of at least 2 different lines"),
        ({"they_get": THEY_GET[:1]}, "what the customer gets has 1 of at least 2 different lines"),
    ],
)
def test_a_list_with_fewer_than_two_lines_is_an_error(
    changed: dict[str, tuple[str, ...]], message: str
) -> None:
    """Both sides give and get."""
    assert message in messages(checked(**changed))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("One week of gate logs", "The gate logs of one week"),
        ("Insight into dock variance", "Insights into the variance of docks"),
        ("Access to the terminal manager", "Access to their terminal manager"),
        ("Their time", "Time"),
    ],
)
def test_two_lines_that_say_the_same_are_an_error(first: str, second: str) -> None:
    """The second is found, and the list counts one."""
    found = checked(we_get=(first, second))

    assert f"“{second}” is the same as “{first}”: name another" in messages(found)
    assert "what we get has 1 of at least 2 different lines" in messages(found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("One week of gate logs", "Two weeks of gate logs"),
        ("The name of who signs", "The name of who runs the night shift"),
        ("A date for the workshop", "A list of who joins the workshop"),
    ],
)
def test_two_lines_that_only_sound_alike_pass(first: str, second: str) -> None:
    """Another number, or another thing, is another line."""
    assert checked(we_get=(first, second)) == ()


@pytest.mark.parametrize("line", ["", "-", "TBD", "N/A", "Nothing", "to be confirmed"])
def test_an_empty_line_does_not_count(line: str) -> None:
    """A line must name a thing."""
    found = checked(they_get=(THEY_GET[0], line))

    assert "this line is empty: name a thing, or leave it out" in messages(found)
    assert "what the customer gets has 1 of at least 2 different lines" in messages(found)


@pytest.mark.parametrize(
    ("we_get", "they_get", "message"),
    [
        (
            ("Gate logs", "A name", "A date", "A budget", "A sponsor"),
            THEY_GET,
            "we get 5 things and the customer 2: more than twice as many",
        ),
        (
            WE_GET,
            ("A study", "An example", "A worksheet", "A tour", "A figure"),
            "the customer gets 5 things and we 2: more than twice as many",
        ),
        (
            ("Gate logs", "A name", "A date"),
            THEY_GET[:1],
            "we get 3 things and the customer 1: more than twice as many",
        ),
    ],
)
def test_more_than_twice_what_the_other_gets_is_an_error(
    we_get: tuple[str, ...], they_get: tuple[str, ...], message: str
) -> None:
    """Both counts are in the finding."""
    assert message in messages(checked(we_get=we_get, they_get=they_get))


@pytest.mark.parametrize(
    "they_get",
    [
        THEY_GET,
        (*THEY_GET, "An answer about the small carriers"),
        (*THEY_GET, "An answer about the small carriers", "A worksheet"),
    ],
)
def test_up_to_twice_what_the_other_gets_passes(they_get: tuple[str, ...]) -> None:
    """Four to two is the limit."""
    assert checked(they_get=they_get) == ()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"we_get": (*WE_GET, WE_GIVE[0])},
            f"we give and get “{WE_GIVE[0]}”: it is one or the other",
        ),
        (
            {"they_get": (*THEY_GET, "Gate logs of one week from the first site")},
            (
                "the customer gives and gets “Gate logs of one week from the first site”: it is "
                "one or the other"
            ),
        ),
    ],
)
def test_what_a_side_gives_and_gets_at_once_is_an_error(
    changed: dict[str, tuple[str, ...]], message: str
) -> None:
    """It never changed hands."""
    assert messages(checked(**changed)) == [message]

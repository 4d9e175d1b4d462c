"""Quantities: every form of a number, its kind and unit, and what is no quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.text import Quantity, codes, labels, quantities


def only(text: str) -> Quantity:
    (quantity,) = quantities(text)
    return quantity


def values(text: str) -> list[str]:
    return [f"{q.value.normalize():f}" for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("1,250 pallets", "1250", "count", ""),
        ("1.250.000 Paletten", "1250000", "count", ""),
        ("1 250 000 pallets", "1250000", "count", ""),
        ("12'500 CHF", "12500", "money", "CHF"),
        ("1,25 M€", "1250000", "money", "EUR"),
        ("€412k", "412000", "money", "EUR"),
        ("386 Mio. Euro", "386000000", "money", "EUR"),
        ("$1.2 million", "1200000", "money", "USD"),
        ("~$310M (est)", "310000000", "money", "USD"),
        ("eleven thousand dollars", "11000", "money", "USD"),
        ("1.2bn", "1200000000", "count", ""),
        ("1.4m last yr", "1400000", "count", ""),
        ("3k", "3000", "count", ""),
        ("37 %", "37", "percent", ""),
        ("twenty percent", "20", "percent", ""),
        ("97 Prozent", "97", "percent", ""),
        ("Four in ten trucks", "40", "percent", ""),
        ("5 out of 8 carriers", "62.5", "percent", ""),
        ("half of them", "50", "percent", ""),
        ("three quarters of the loads", "75", "percent", ""),
        ("40 basis points", "0.40", "points", ""),
        ("2 percentage points", "2", "points", ""),
        ("four times as many", "4", "multiple", ""),
        ("4x", "4", "multiple", ""),
        ("quadrupled", "4", "multiple", ""),
        ("a threefold rise", "3", "multiple", ""),
        ("twice the cost", "2", "multiple", ""),
        ("four times a week", "4", "count", ""),
        ("twice a week", "2", "count", ""),
        ("90-minute workshop", "5400", "duration", "second"),
        ("a four-week pilot", "2419200", "duration", "second"),
        ("half an hour", "1800", "duration", "second"),
        ("one and a half hours", "5400.0", "duration", "second"),
        ("1,5 h", "5400.0", "duration", "second"),
        ("two hours and 20 minutes", "8400", "duration", "second"),
        ("2 yrs 11 mos", "35", "duration", "month"),
        ("the 2nd plant", "2", "ordinal", ""),
        ("a dozen loads", "12", "count", ""),
        ("half a million pallets", "500000.0", "count", ""),
        ("a hundred and thirty trucks", "130", "count", ""),
        ("wir haben drei Schichten", "3", "count", ""),
    ],
)
def test_a_number_is_read_with_its_kind_and_unit(
    text: str, value: str, kind: str, unit: str
) -> None:
    """Digits, words, European marks and magnitudes come to one value."""
    quantity = only(text)

    assert (quantity.value, quantity.kind, quantity.unit) == (Decimal(value), kind, unit)


@pytest.mark.parametrize(
    "text",
    [
        "open 24/7",
        "1. Ask about the gate",
        "ISO 9001 and SOC 2",
        "Linie 3 steht",
        "room 2.14",
        "step two of the plan",
        "+1 251 555 0142",
        "call 0117 496 0133",
        "F3 and O1, B2B, v2",
        "see https://example.com/2026/17",
        "on Thursday 10 December 2026 at 10:30",
        "at seven in the morning",
        "the third quarter",
        "the first half",
        "one of the two",
        "double-booked doors",
        "one of us",
        "hundreds of trucks",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    """Addresses, numbered places, standards, dates, times of day and idioms are left out."""
    assert quantities(text) == ()


def test_a_lone_separator_has_two_readings() -> None:
    """1.250 is a decimal in one country and a thousand in the next; both are kept."""
    dot, comma = only("1.250 pallets"), only("8.500 Euro")

    assert set(dot.values) == {Decimal("1.250"), Decimal(1250)}
    assert set(comma.values) == {Decimal("8.500"), Decimal(8500)}


@pytest.mark.parametrize(
    "text", ["5–8 percent", "between 5 and 8 %", "5 to 8 percent", "zwischen 5 und 8 Prozent"]
)
def test_both_ends_of_a_range_have_the_unit(text: str) -> None:
    """The unit stands once and belongs to both, and each end knows the range."""
    low, high = quantities(text)

    assert (low.kind, high.kind) == ("percent", "percent")
    assert low.ends == high.ends == (Decimal(5), Decimal(8))


def test_both_ends_of_a_range_of_money_have_the_currency_and_the_magnitude() -> None:
    """The sign stands before the first, the magnitude behind the second."""
    low, high = quantities("$3-5 million")

    assert [(q.value, q.unit) for q in (low, high)] == [(3_000_000, "USD"), (5_000_000, "USD")]


def test_a_change_is_no_range() -> None:
    """From 94 to 61 minutes: two values with one unit, and nothing between them."""
    before, after = quantities("from 94 to 61 minutes")

    assert (before.value, after.value, before.ends) == (5640, 3660, None)


def test_a_magnitude_belongs_to_the_digits_before_it() -> None:
    """$1.2 million is one number, not $1.2 and a million."""
    assert values("$1.2 million and two hundred calls") == ["1200000", "200"]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("410 trucks a day", "day"),
        ("60 more trucks each week", "week"),
        ("8.500 Euro pro Stunde", "hour"),
        ("180 LKW/Tag", "day"),
        ("$11.50 per door per week", "door"),
        ("2,900 trucks daily", "day"),
        ("ca. 180 LKW am Tag", "day"),
        ("up 18 percent from a year ago", ""),
        ("25 percent by the end of the year", ""),
    ],
)
def test_a_rate_knows_what_it_is_for_each(text: str, per: str) -> None:
    """Per unit, whatever the words; a year ago is no rate."""
    assert only(text).per == per


@pytest.mark.parametrize(
    ("text", "about", "bound"),
    [
        ("about 400 suppliers", True, 0),
        ("~410 trucks", True, 0),
        ("30ish carriers", True, 0),
        ("ca. 180 LKW", True, 0),
        ("more than 60 hauliers", False, 1),
        ("at least 8 doors", False, 1),
        ("under 60 minutes", False, -1),
        ("no more than 30 minutes", False, -1),
        ("60 minutes", False, 0),
        ("nearly 90 trucks", True, -1),
        ("just over 90 trucks", True, 1),
        ("no longer than 60 minutes", False, -1),
        ("24 ramps or more", False, 1),
        ("60 minutes at most", False, -1),
        ("12 loaders and more trucks", False, 0),
    ],
)
def test_how_exactly_a_number_is_meant_is_read_from_the_words_before_it(
    text: str, about: bool, bound: int
) -> None:
    """About, at least, at most, or just so."""
    quantity = only(text)

    assert (quantity.about, quantity.bound) == (about, bound)


@pytest.mark.parametrize(
    ("text", "loosely"),
    [
        ("Trucks are spread over 38 doors", True),
        ("Over two years we grew", True),
        ("within 4 months", True),
        ("some 400 calls", True),
        ("What do you think about the 90 trucks?", True),
        ("You have over 38 doors", False),
        ("It takes over 94 minutes", False),
        ("Shops have answered over 9 million tickets", False),
        ("under 60 minutes", False),
    ],
)
def test_a_preposition_that_may_say_where_or_when_bounds_loosely(text: str, loosely: bool) -> None:
    """Over and within: only where nothing else can be meant is it a bound."""
    assert only(text).loosely is loosely


def test_a_count_knows_the_things_it_counts() -> None:
    """The stems of the words behind it, up to the next small word."""
    trucks, doors = quantities("60 more trucks a day over 38 dock doors at Pelican")

    assert trucks.nouns == ("truck",)
    assert doors.nouns == ("dock", "door")


def test_numbered_places_and_codes_can_be_had_by_themselves() -> None:
    """They are no quantities, yet a wrong one would be wrong."""
    text = "Line 3 runs to ISO 9001; B2B, call +1 251 555 0142"

    assert labels(text) == ("Line 3", "ISO 9001")
    assert codes(text) == ("B2B", "+1 251 555 0142")


def test_the_span_of_a_quantity_is_its_text() -> None:
    """Sign and unit included."""
    text = "They paid $9.6 million, up 18 percent."

    assert [text[q.start : q.end] for q in quantities(text)] == ["$9.6 million", "18 percent"]

"""Gaps: what is collected for enablement, and what is kept out of it."""

from __future__ import annotations

import json
import multiprocessing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.brief import Gap
from assistant.errors import StoreError
from assistant.gaps import GapCount, read_gaps, record_gaps

DAY = date(2026, 11, 23)
LATER = date(2026, 12, 1)


def a_story_gap(need: str = "dock congestion in food retail") -> Gap:
    """Build a gap that no account is needed to understand."""
    return Gap(kind="story", need=need, evidence=("F3",))


def test_a_need_of_several_accounts_comes_first(tmp_path: Path) -> None:
    """Enablement writes the card that most conversations lack."""
    record_gaps(tmp_path, [a_story_gap("price per pallet")], account="Tidewater", today=LATER)
    for account in ("Tidewater", "Rosenhof"):
        record_gaps(tmp_path, [a_story_gap()], account=account, today=DAY)

    assert read_gaps(tmp_path) == (
        GapCount("story", "dock congestion in food retail", accounts=2, unnamed=0, last=DAY),
        GapCount("story", "price per pallet", accounts=1, unnamed=0, last=LATER),
    )


def test_of_equal_needs_the_latest_comes_first(tmp_path: Path) -> None:
    """Then the kind and the words, so that the order never changes by itself."""
    record_gaps(tmp_path, [a_story_gap("b"), a_story_gap("a")], account="Tidewater", today=DAY)
    record_gaps(tmp_path, [a_story_gap("c")], account="Tidewater", today=LATER)

    assert [gap.need for gap in read_gaps(tmp_path)] == ["c", "a", "b"]


def test_preparing_twice_for_an_account_counts_once(tmp_path: Path) -> None:
    """However the account's name is cased, and however often a brief is made again."""
    record_gaps(tmp_path, [a_story_gap()], account="Tidewater", today=DAY)
    record_gaps(
        tmp_path, [a_story_gap("Dock Congestion in food retail")], account=" tidewater", today=LATER
    )

    assert read_gaps(tmp_path) == (
        GapCount("story", "Dock Congestion in food retail", accounts=1, unnamed=0, last=LATER),
    )


def test_the_same_need_for_another_kind_of_card_is_another_gap(tmp_path: Path) -> None:
    """A story does not fill the place of an insight."""
    gaps = [a_story_gap("detention"), Gap(kind="insight", need="detention")]

    record_gaps(tmp_path, gaps, account="Tidewater", today=DAY)

    assert [gap.kind for gap in read_gaps(tmp_path)] == ["insight", "story"]


def test_no_file_means_no_gaps(tmp_path: Path) -> None:
    """And no gaps make no file."""
    record_gaps(tmp_path, [], account="Tidewater", today=DAY)

    assert read_gaps(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def a_lookup(need: str) -> Gap:
    """Build a gap that somebody asked for without naming the account."""
    return Gap(kind="objection", need=need)


def test_a_lookup_without_an_account_counts_each_time(tmp_path: Path) -> None:
    """Beside the accounts that are known: the sum decides the order."""
    record_gaps(tmp_path, [a_lookup("legal has not seen the terms")], account="A", today=DAY)
    for day in (DAY, LATER):
        record_gaps(tmp_path, [a_lookup("legal has not seen the terms")], account="", today=day)
    for account in ("A", "B"):
        record_gaps(tmp_path, [a_lookup("is it certified")], account=account, today=LATER)

    assert read_gaps(tmp_path) == (
        GapCount("objection", "legal has not seen the terms", accounts=1, unnamed=2, last=LATER),
        GapCount("objection", "is it certified", accounts=2, unnamed=0, last=LATER),
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("legal has not seen the terms", "Our legal hasn't seen those terms!", True),
        ("who pays for the scanners", "Who is paying for the scanner?", True),
        ("does it run on premise", "does it run on-premise?", True),
        ("is it ISO certified", "is it SOC certified", False),
        ("who pays for the scanners", "who repairs the scanners", False),
        ("legal has not seen the terms", "legal wants a discount", False),
        ("你好", "你好吗", False),
        ("no way", "no thanks", False),
    ],
)
def test_wordings_that_say_the_same_are_one_need(
    one: str, other: str, same: bool, tmp_path: Path
) -> None:
    """In the words of the latest; a word that changes the need makes it another."""
    record_gaps(tmp_path, [a_lookup(one)], account="", today=DAY)
    record_gaps(tmp_path, [a_lookup(other)], account="", today=LATER)

    found = read_gaps(tmp_path)

    assert len(found) == (1 if same else 2)
    assert found[0].need == other


@pytest.mark.parametrize(
    ("need", "kept"),
    [
        ("dana thinks it is dear", "somebody thinks it is dear"),
        ("Quillon Brandt wants umbrellas", "… wants umbrellas"),
        ("ask mr okafor about the lift", "ask somebody about the lift"),
        ("she told Vantongeren about the lift", "she told … about the lift"),
        ("does it run beside Kinaxis", "does it run beside …"),
        ("does it run beside Opendock", "does it run beside Opendock"),
        ("our warehouse manager thinks the lift is broken", None),
        ("Who pays for the lift?", None),
        ("connection to SAP S/4HANA", None),
    ],
)
def test_names_that_no_card_says_are_left_out(need: str, kept: str | None, tmp_path: Path) -> None:
    """Nobody needs to say who takes part: a lookup knows no participants."""
    record_gaps(tmp_path, [a_lookup(need)], account="", known={"opendock"}, today=DAY)

    assert [gap.need for gap in read_gaps(tmp_path)] == [kept or need]


SECRETS = {
    "the account": "yard visibility at TIDEWATER-FOODS' terminal",
    "a participant": "a response for Dana Whitfield's concern",
    "a surname": "what Whitfield asked about data",
    "an address": "data questions of dana@tidewater.example",
    "a telephone number": "a call back on +1 (555) 010-20-30",
    "a quotation": "a response to “we got burned by Tidewater twice”",
}


@pytest.mark.parametrize("need", SECRETS.values(), ids=SECRETS)
def test_nobody_and_no_account_is_named_in_the_file(tmp_path: Path, need: str) -> None:
    """The file is read by people who do not work on the account."""
    record_gaps(
        tmp_path,
        [a_story_gap(need)],
        account="Tidewater Foods Inc.",
        people=["Dana Whitfield"],
        today=DAY,
    )

    written = (tmp_path / "gaps.jsonl").read_text("utf-8").casefold()
    for secret in ("tidewater", "dana", "whitfield", "555", "burned"):
        assert secret not in written
    assert len(read_gaps(tmp_path)) == 1


def test_a_name_that_is_a_word_does_not_swallow_the_need(tmp_path: Path) -> None:
    """Will Price takes part; the price is still the need."""
    record_gaps(
        tmp_path, [a_story_gap("Price too high")], account="A", people=["Will Price"], today=DAY
    )

    assert [gap.need for gap in read_gaps(tmp_path)] == ["Price too high"]


@pytest.mark.parametrize(
    ("need", "kept"),
    [
        ("We lose $61,000 a month on detention", "We lose … a month on detention"),
        ("12% of 48 doors stand idle, 24/7", "… of … doors stand idle, …"),
        ("connection to SAP S/4HANA", "connection to SAP S/4HANA"),
    ],
)
def test_an_accounts_figures_are_left_out(tmp_path: Path, need: str, kept: str) -> None:
    """Enablement needs the kind of need; the account's figures are nobody else's affair."""
    record_gaps(tmp_path, [a_story_gap(need)], account="A", today=DAY)

    assert [gap.need for gap in read_gaps(tmp_path)] == [kept]


def test_two_workspaces_write_different_accounts_for_the_same_name(tmp_path: Path) -> None:
    """So that nobody finds an account by hashing names."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        record_gaps(tmp_path / name, [a_story_gap()], account="Tidewater", today=DAY)

    one, two = (json.loads((tmp_path / n / "gaps.jsonl").read_text()) for n in ("one", "two"))
    assert one["account"] != two["account"]


def test_a_line_that_nobody_recorded_is_an_error(tmp_path: Path) -> None:
    """With its place; nothing is counted that is not understood."""
    record_gaps(tmp_path, [a_story_gap()], account="Tidewater", today=DAY)
    with (tmp_path / "gaps.jsonl").open("a") as stream:
        stream.write("note to self\n")

    with pytest.raises(StoreError, match=r"gaps\.jsonl:2: is not a line that was recorded"):
        read_gaps(tmp_path)


def test_a_file_without_its_last_line_end_is_gone_on_with(tmp_path: Path) -> None:
    """As an editor leaves it."""
    record_gaps(tmp_path, [a_story_gap()], account="Tidewater", today=DAY)
    path = tmp_path / "gaps.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    record_gaps(tmp_path, [a_story_gap()], account="Rosenhof", today=DAY)

    assert [gap.accounts for gap in read_gaps(tmp_path)] == [2]


def test_a_path_that_is_taken_is_a_clear_error(tmp_path: Path) -> None:
    """And what was there is untouched."""
    (tmp_path / "gaps.jsonl").mkdir()

    with pytest.raises(StoreError, match=r"gaps\.jsonl: cannot be read: Is a directory"):
        record_gaps(tmp_path, [a_story_gap()], account="Tidewater", today=DAY)


def _record_in_its_own_process(folder: Path, number: int) -> None:
    record_gaps(folder, [a_story_gap()], account=f"Account {number}", today=DAY)


def test_gaps_recorded_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    """Several sellers prepare at once."""
    spawn = multiprocessing.get_context("spawn")
    running = [
        spawn.Process(target=_record_in_its_own_process, args=(tmp_path, i)) for i in range(3)
    ]

    for process in running:
        process.start()
    for process in running:
        process.join()

    assert [process.exitcode for process in running] == [0] * 3
    assert [gap.accounts for gap in read_gaps(tmp_path)] == [3]


@settings(max_examples=100, deadline=None)
@given(need=st.text(max_size=400), account=st.text(max_size=40), person=st.text(max_size=40))
def test_any_text_can_be_recorded_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, need: str, account: str, person: str
) -> None:
    """One line a need, short, without control codes; a need of no words is none."""
    folder = tmp_path_factory.mktemp("gaps")

    record_gaps(folder, [a_story_gap(need)], account=account, people=[person], today=DAY)

    for gap in read_gaps(folder):
        assert len(gap.need) <= 160
        assert gap.need.isprintable()

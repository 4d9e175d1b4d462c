"""Card files: what is read, what is refused, and in which words."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from knowledge_files import INSIGHT, OBJECTION, STORY, changed, write_card

from assistant.knowledge.card import CardKind, Insight, Objection, Sizes, Story
from assistant.knowledge.card_file import CardFile, read_card_file

KINDS: dict[str, CardKind] = {INSIGHT: "insight", STORY: "story", OBJECTION: "objection"}


def read(folder: Path, text: str, *, kind: CardKind = "insight", name: str = "") -> CardFile:
    """Read a card that must be readable."""
    found = read_card_file(write_card(folder, text, name=name), kind=kind)
    assert isinstance(found, CardFile), [str(problem) for problem in found]
    return found


def complaints(folder: Path, content: str | bytes, *, kind: CardKind = "insight") -> list[str]:
    """Return what is said about a file, without the folder."""
    path = folder / f"{'detention-starts-at-the-dock' if kind == 'insight' else 'card'}.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    found = read_card_file(path, kind=kind)
    problems = found.problems if isinstance(found, CardFile) else found
    return [str(problem).replace(f"{folder}/", "") for problem in problems]


def complaint(folder: Path, content: str | bytes) -> str:
    """Return the one thing that is said about an insight's file, without its name."""
    (only,) = complaints(folder, content)
    return only.removeprefix("detention-starts-at-the-dock.md")


def test_an_insight_is_read_with_all_its_fields(tmp_path: Path) -> None:
    """Keys become typed fields, headings texts, and each field keeps its line."""
    file = read(tmp_path, INSIGHT)

    card = file.card
    assert isinstance(card, Insight)
    assert card.review_by == date(2027, 3, 31)
    assert card.industries == ("logistics", "manufacturing")
    assert card.sizes == (Sizes(least=500, most=5000),)
    assert card.sources[0].date == date(2025, 11, 3)
    assert card.claim == "Most detention is decided at your own doors."
    assert file.lines["review_by"] == 6
    assert file.lines["sources[1].date"] == 13
    assert file.lines["evidence"] == 22


def test_an_objection_has_one_variant_a_bullet(tmp_path: Path) -> None:
    """Quotation marks round a variant go, lines that belong to it are joined."""
    card = read(tmp_path, OBJECTION, kind="objection").card

    assert isinstance(card, Objection)
    assert card.they_say == (
        "You're too expensive for us.",
        "There must be something cheaper out there.",
    )


def test_a_story_file_still_holds_its_customers_name(tmp_path: Path) -> None:
    """Aliases are put in by the pack; the file is as its author wrote it."""
    card = read(tmp_path, STORY, kind="story").card

    assert isinstance(card, Story)
    assert card.customer.name == "Dalhurst Haulage Ltd"
    assert card.customer.employees == 260


def test_paragraphs_come_as_one_line_and_lists_as_several(tmp_path: Path) -> None:
    """Where an editor wraps a line is not part of what is said."""
    text = changed(
        INSIGHT,
        "A harder rate negotiation only moves the cost.",
        "A harder rate negotiation\nonly moves  the cost.\n\nTwo things follow:\n- one\n- two",
    )

    card = read(tmp_path, text).card

    assert isinstance(card, Insight)
    assert card.why_it_matters == (
        "A harder rate negotiation only moves the cost.\n\nTwo things follow:\n- one\n- two"
    )


def test_a_country_called_no_stays_text(tmp_path: Path) -> None:
    """YAML 1.1 would make false of NO, a date of a day and a number of 0700."""
    text = changed(STORY, "region: northern England", "region: NO")

    card = read(tmp_path, changed(text, "industry: logistics", "industry: 0700"), kind="story").card

    assert isinstance(card, Story)
    assert card.customer.region == "NO"
    assert card.customer.industry == "0700"


def test_comments_in_the_body_are_not_part_of_the_card(tmp_path: Path) -> None:
    """They are for editors, and the lines below keep their numbers."""
    text = changed(INSIGHT, "## Claim\n", "<!-- sample\ndata -->\n## Claim\n")

    file = read(tmp_path, text)

    assert file.lines["claim"] == 18
    assert file.fingerprint == read(tmp_path / "b", INSIGHT).fingerprint


FAULTS = {
    "date that is a word": (
        "review_by: 2027-03-31",
        "review_by: soon",
        ":6: review_by: expected a date such as 2027-03-31, got 'soon'",
    ),
    "date that is a number": (
        "review_by: 2027-03-31",
        "review_by: 20270331",
        ":6: review_by: expected a date such as 2027-03-31, got '20270331'",
    ),
    "day that does not exist": (
        "review_by: 2027-03-31",
        "review_by: 2027-02-30",
        ":6: review_by: expected a date such as 2027-03-31, got '2027-02-30'",
    ),
    "unknown key": ("roles:", "rolls:", ":9: rolls: unknown key; did you mean 'roles'?"),
    "unknown key in a source": (
        "publisher:",
        "publischer:",
        ":13: sources[1].publischer: unknown key; did you mean 'publisher'?",
    ),
    "text for a list": (
        "industries: [logistics, manufacturing]",
        "industries: logistics",
        ":8: industries: expected a list such as [one, two], got 'logistics'",
    ),
    "list for a text": (
        "title: Detention follows dock variance",
        "title: [a, b]",
        ":4: title: expected text, got a list",
    ),
    "word outside a choice": (
        "audience: customer",
        "audience: everybody",
        ":7: audience: expected 'customer' or 'internal', got 'everybody'",
    ),
    "missing key": (
        "owner: enablement@harbourline.example\n",
        "",
        ":2: owner: missing: add 'owner:' with its value",
    ),
    "empty key": (
        "owner: enablement@harbourline.example",
        "owner:",
        ":5: owner: missing: add 'owner:' with its value",
    ),
    "duplicate key": (
        "audience: customer",
        "audience: customer\naudience: internal",
        ":8: audience: stands here and on line 7: keep one",
    ),
    "size": (
        "sizes: [500-5000]",
        "sizes: [5000-500]",
        ":10: sizes[1]: expected employees such as 500-5000, got '5000-500'",
    ),
    "no source": (
        "sources:\n  - {title: Dock study 2025, publisher: Sample data, date: 2025-11-03}\n",
        "sources: []\n",
        ":12: sources: is empty: add at least one",
    ),
    "id of another file": (
        "id: detention-starts-at-the-dock",
        "id: detention",
        ":2: id: expected the file's name, 'detention-starts-at-the-dock', got 'detention'",
    ),
    "id of other letters": (
        "id: detention-starts-at-the-dock",
        "id: ../Detention",
        ":2: id: expected up to 80 of a-z, 0-9 and single '-', got '../Detention'",
    ),
    "id that a brief uses": (
        "id: detention-starts-at-the-dock",
        "id: schedule",
        ":2: id: 'schedule' is a word of the brief's own: take another id",
    ),
    "kind of another folder": (
        "kind: insight",
        "kind: story",
        ":3: kind: expected 'insight' in this folder, got 'story': move or mend it",
    ),
    "heading in the front matter": (
        "audience: customer",
        "audience: customer\nclaim: It is so.",
        ":8: claim: belongs below the front matter, under '## …'",
    ),
    "heading of another depth": (
        "## Claim\n",
        "## Claim\nIt is so.\n### Note\n",
        ":18: unknown heading '### Note'; there are: Claim, Why it matters, Evidence, Ask",
    ),
    "heading twice": ("## Ask\n", "## Ask\nWhy?\n## Ask\n", ":27: '## Ask' stands here and on"),
    "empty heading": (
        "Most detention is decided at your own doors.\n",
        "",
        ":16: nothing stands under '## Claim'",
    ),
    "text before the headings": (
        "## Claim\n",
        "A note.\n## Claim\n",
        ":16: text before the first heading: put it under '## Claim'",
    ),
    "comment without an end": (
        "## Why it matters\n",
        "<!-- ## Why it matters\n",
        ":19: a comment does not end: close it with '-->'",
    ),
    "anchor": ("roles: [coo]", "roles: &r [coo]", ":9: holds a YAML anchor (&name)"),
    "alias": ("roles: [coo]", "roles: *r", ":9: refers to the alias *r: write the value out"),
    "tag": ("roles: [coo]", "roles: !!python/tuple [coo]", ":9: holds a YAML tag (!name)"),
    "colon in a text": (
        "title: Detention follows",
        "title: Detention: follows",
        ":4: is not readable YAML: mapping values are not allowed",
    ),
    "open bracket": ("roles: [coo]", "roles: [coo", ":9: is not readable YAML:"),
    "escape code": ("a harder rate".capitalize(), "A \x1b[31mharder rate", ":20: holds the"),
    "escape code in YAML's disguise": (
        "title: Detention follows dock variance",
        'title: "Detention \\x1b[31m"',
        ":4: holds the invisible character U+001B: delete it",
    ),
    "bidirectional override": ("own doors", "own \u202edoors", ":17: holds the invisible"),
    "zero-width space": ("own doors", "own\u200bdoors", ":17: holds the invisible character"),
    "no front matter": ("---\nid:", "id:", ":1: must begin with '---' and the card's keys"),
}


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_line_and_cure(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    """A line says where it is and what to write instead."""
    said = complaints(tmp_path, INSIGHT.replace(old, new, 1))

    told = [line for line in said if line.startswith(f"detention-starts-at-the-dock.md{expected}")]
    assert len(told) == 1, said


def test_all_that_is_wrong_with_a_card_is_told_at_once(tmp_path: Path) -> None:
    """An author mends a card in one go, not fault by fault."""
    text = INSIGHT.replace("review_by: 2027-03-31", "review_by: soon")
    text = text.replace("roles:", "rolls:").replace("## Ask", "## Askk").replace("500-", "few-")

    said = complaints(tmp_path, text)

    assert [line.split(": ", 1)[0] for line in said] == [
        "detention-starts-at-the-dock.md:6",
        "detention-starts-at-the-dock.md:9",
        "detention-starts-at-the-dock.md:10",
        "detention-starts-at-the-dock.md:25",
        "detention-starts-at-the-dock.md:25",
    ]
    assert "did you mean 'Ask'?" in said[3]
    assert "'## Ask' is missing" in said[4]


def test_headings_in_another_order_are_read_and_told(tmp_path: Path) -> None:
    """The order is not part of the words, so the approval holds; the author is told."""
    ask = "## Ask\nWhat would you find if you set the charges beside the arrival times?\n"
    moved = changed(INSIGHT, f"\n{ask}", "").replace("## Claim\n", f"{ask}\n## Claim\n")

    file = read(tmp_path, moved)

    assert [p.severity for p in file.problems] == ["warning"]
    assert "another order than Claim, Why it matters" in file.problems[0].message
    assert file.fingerprint == read(tmp_path / "b", INSIGHT).fingerprint


def test_a_list_of_what_they_say_is_required(tmp_path: Path) -> None:
    """Prose under "They say" cannot be matched with what somebody says."""
    text = changed(OBJECTION, "- You're too expensive", "You're too expensive")

    said = complaints(tmp_path, text.replace("id: price-is-too-high", "id: card"), kind="objection")

    assert said == ["card.md:13: They say: expected a list: begin each thing they say with '- '"]


def test_an_anonymous_customer_needs_an_alias(tmp_path: Path) -> None:
    """Without one there is nothing to call them."""
    text = changed(STORY, "  alias: a regional carrier\n", "")
    text = text.replace("id: carrier-got-its-time-back", "id: card")

    said = complaints(tmp_path, text, kind="story")

    assert said == [
        "card.md:11: customer.alias: missing: an anonymous customer needs one, such as 'a grocer'"
    ]


ODD_FILES = {
    "empty": (b"", ": is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", ": is empty"),
    "white space": (b" \n\t\n", ": is empty"),
    "cp1252": (
        INSIGHT.replace("own doors", "øwn").encode("cp1252"),
        ":17: is not UTF-8 (byte 0xf8)",
    ),
    "UTF-16": (INSIGHT.encode("utf-16"), ":1: is not UTF-8"),
    "NUL": (
        INSIGHT.replace("own doors", "o\0wn").encode(),
        ":17: holds the invisible character U+0000",
    ),
    "no end of the keys": (b"---\nid: a\n", ":1: the front matter does not end"),
    "keys that are a list": (b"---\n- a\n---\n", ":2: expected 'key: value' lines"),
    "700 KB": (INSIGHT.encode() + b"x" * 700_000, ": is over 256 KB"),
    "deep nesting": (b"---\na: " + b"[" * 100_000 + b"\n---\n", ":2: is nested too deeply"),
    "deep mappings": (b"---\n" + b"{a: " * 50_000 + b"\n---\n", ":2: is nested too deeply"),
}


@pytest.mark.parametrize(("content", "expected"), ODD_FILES.values(), ids=ODD_FILES)
def test_an_odd_file_is_refused_at_once(tmp_path: Path, content: bytes, expected: str) -> None:
    """No hang, no traceback, and the reason in one line."""
    started = time.perf_counter()

    said = complaint(tmp_path, content)

    assert said.startswith(expected)
    assert time.perf_counter() - started < 2.0


def test_an_alias_bomb_is_refused_where_it_begins(tmp_path: Path) -> None:
    """Nothing is expanded: the first anchor ends the reading."""
    bomb = "---\na: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )

    said = complaint(tmp_path, f"{bomb}---\n")

    assert said == ":2: holds a YAML anchor (&name): write the value out"


def test_a_folder_with_the_name_of_a_card_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    """The operating system's word is passed on."""
    (tmp_path / "card.md").mkdir()

    found = read_card_file(tmp_path / "card.md", kind="insight")

    assert isinstance(found, tuple)
    assert "cannot be read" in str(found[0])


SAME_WORDS = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old Mac line ends": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "trailing spaces": lambda text: text.replace("\n", "  \n").replace("---  ", "---"),
    "a comment": lambda text: text.replace("audience:", "# a remark\naudience:"),
    "quoted values": lambda text: text.replace("audience: customer", 'audience: "customer"'),
    "block lists": lambda text: text.replace("challenges: [", "challenges:\n  [ "),
    "empty keys": lambda text: (
        text.replace("audience:", "sizes: []\naudience:") if "sizes" not in text else text
    ),
    "blank lines": lambda text: text.replace("\n## ", "\n\n\n## ") + "\n\n",
    "key order": lambda text: text.replace("audience: customer\n", "", 1).replace(
        "---\n", "---\naudience: customer\n", 1
    ),
}


@pytest.mark.parametrize("card", KINDS, ids=KINDS.values())
@pytest.mark.parametrize("change", SAME_WORDS.values(), ids=SAME_WORDS)
def test_the_fingerprint_is_of_the_words_alone(tmp_path: Path, card: str, change: object) -> None:
    """How a file is laid out is not what was approved."""
    assert callable(change)
    before = read(tmp_path / "before", card, kind=KINDS[card])

    path = tmp_path / "after.md"
    path.write_bytes(str(change(card)).encode("utf-8"))
    path = path.rename(tmp_path / before.path.name)
    after = read_card_file(path, kind=KINDS[card])

    assert isinstance(after, CardFile), after
    assert after.fingerprint == before.fingerprint


_LETTERS = st.sampled_from("abcxyzABCXYZ0123456789éßö€%$.,?!'()")


@pytest.mark.parametrize("card", KINDS, ids=KINDS.values())
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_changed_letter_changes_the_fingerprint(
    tmp_path_factory: pytest.TempPathFactory, card: str, data: st.DataObject
) -> None:
    """Every letter and digit of the front matter and of the body counts; headings are no words.

    A change that makes the card unreadable is as good: it is out either way.
    """
    headings = {i for m in re.finditer(r"^## .*$", card, re.MULTILINE) for i in range(*m.span())}
    letters = [i for i, c in enumerate(card) if c.isalnum() and i not in headings]
    at = data.draw(st.sampled_from(letters))
    new = data.draw(_LETTERS.filter(lambda letter: letter != card[at]))
    folder = tmp_path_factory.mktemp("mutated")
    before = read(folder / "a", card, kind=KINDS[card])
    path = folder / "b" / before.path.name
    path.parent.mkdir()
    path.write_bytes((card[:at] + new + card[at + 1 :]).encode("utf-8"))

    after = read_card_file(path, kind=KINDS[card])

    assert not isinstance(after, CardFile) or after.fingerprint != before.fingerprint


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
@example(b"---\n? a\n---\n")
@example(b"---\n? [a]\n: b\n---\n")
@example(b"---\na: b\n--- \n...\n")
@example(b"---\n%YAML 9.9\n---\n")
@example("---\nid: ｘ\n---\n## Claim\n".encode())
def test_no_file_brings_the_reading_down(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Whatever the bytes, there is a card or a list of problems that names the file."""
    path = tmp_path_factory.mktemp("fuzz") / "card.md"
    path.write_bytes(b"---\n" + content)

    found = read_card_file(path, kind="insight")

    assert isinstance(found, CardFile) or all(problem.path == path for problem in found)

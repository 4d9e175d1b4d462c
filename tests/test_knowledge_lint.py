"""What a careful editor finds in a pack, and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from knowledge_files import (
    INSIGHT,
    OBJECTION,
    PROFILE,
    STORY,
    TODAY,
    a_pack,
    changed,
    write_card,
)

from assistant.knowledge.governance import approve, retire
from assistant.knowledge.lint import lint
from assistant.knowledge.pack import read_pack

SAMPLES = Path(__file__).parent.parent / "knowledge"
SAMPLE_DAY = date(2026, 11, 23)


def found(folder: Path, *cards: str) -> list[str]:
    """Write these cards and return the findings as `severity file:line: message`."""
    (folder / "seller.yaml").write_text(PROFILE, "utf-8")
    for text in cards:
        write_card(folder, text)
    pack = read_pack(folder, today=TODAY)
    return [f"{p.severity} {p}".replace(f"{folder}/", "") for p in lint(pack)]


def test_good_cards_give_no_findings(tmp_path: Path) -> None:
    """Silence means that an editor has nothing to do."""
    assert found(tmp_path, INSIGHT, STORY, OBJECTION) == []


_LONG = " ".join(["word"] * 41)

INSIGHT_FAULTS = {
    "review overdue": (
        "review_by: 2027-03-31",
        "review_by: 2026-11-22",
        "warning insights/detention-starts-at-the-dock.md:6: review_by: was due on 2026-11-22",
    ),
    "long claim": (
        "Most detention is decided at your own doors.",
        f"{_LONG}.",
        ":16: Claim: has 41 words; the most is 40: shorten it",
    ),
    "product name": (
        "Most detention is decided",
        "With harbourline-dock most detention is decided",
        ":16: Claim: names our product 'Harbourline Dock': an insight teaches, it does not sell",
    ),
    "no question": ("arrival times?", "arrival times.", ":25: Ask: asks nothing: end with"),
    "old source": (
        "date: 2025-11-03",
        "date: 2023-11-22",
        ":13: sources[1].date: 2023-11-22 is over 3 years ago: find a newer source",
    ),
    "source to come": (
        "date: 2025-11-03",
        "date: 2026-11-24",
        "error insights/detention-starts-at-the-dock.md:13: sources[1].date: 2026-11-24 is still",
    ),
    "bare figure": (
        "71% of 18,400 detention charges belonged",
        "the median was 42. They belonged",
        "warning insights/detention-starts-at-the-dock.md:22: Evidence: '42' has no unit: say",
    ),
    "image": ("harder rate", "![x](a.png) rate", ":19: Why it matters: holds an image"),
    "link": ("harder rate", "[rate](https://a.example)", ":19: Why it matters: holds a link"),
    "bare link": ("harder rate", "rate at www.a.example", ":19: Why it matters: holds a link"),
    "HTML": ("harder rate", "<b>rate</b>", ":19: Why it matters: holds HTML"),
    "e-mail address": (
        "harder rate",
        "rate from sam@a.example",
        "error insights/detention-starts-at-the-dock.md:19: Why it matters: holds an e-mail",
    ),
    "placeholder": ("harder rate", "TODO rate", ":19: Why it matters: is unfinished: 'TODO'"),
    "slot": ("harder rate", "{{company}} rate", ":19: Why it matters: is unfinished: '{{'"),
    "table": ("A harder", "| a | b |\n|---|---|\n\nA harder", ":19: Why it matters: holds a table"),
    "coaching": (
        "A harder rate",
        "The prospect will push back; a harder rate",
        ":19: Why it matters: 'The prospect' talks about the customer: say it to them",
    ),
    "too long to say": (
        "A harder rate",
        " ".join(["waiting"] * 120),
        ":19: Why it matters: has 125 words; over 120 are not said in one go",
    ),
    "unknown challenge": (
        "challenges: [detention]",
        "challenges: [detension]",
        "in seller.yaml; did you mean 'detention'?",
    ),
    "for and not for": (
        "challenges: [detention]",
        "challenges: [detention]\nheard_as: [We pay for waiting]\nnot_meant: [we pay for waiting.]",
        "error insights/detention-starts-at-the-dock.md:13: not_meant[1]: 'we pay for waiting.'",
    ),
    "internal for nobody": (
        "audience: customer\nindustries: [logistics, manufacturing]\nroles: [coo]",
        "audience: internal",
        ":7: audience: an internal card needs roles, industries or challenges",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), INSIGHT_FAULTS.values(), ids=INSIGHT_FAULTS)
def test_a_fault_of_an_insight_is_found(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """With the line of the field, what is wrong, and the cure."""
    text = changed(INSIGHT, old, new)
    if "internal" in new:
        text = changed(text, "challenges: [detention]\n", "")

    said = found(tmp_path, text)

    assert len(said) == 1, said
    assert expected in said[0]


STORY_FAULTS = {
    "a figure that is not told": (
        "down to 82 minutes",
        "down to 28 minutes",
        ":18: results[1].after: '82 minutes a stop' is not told in the story",
    ),
    "nothing has changed": (
        "after: 82 minutes a stop",
        "after: 145 minutes a stop",
        ":18: results[1].after: is the same as before",
    ),
    "an alias without an article": (
        "alias: a regional carrier",
        "alias: regional carrier",
        ":12: customer.alias: 'regional carrier' stands where a name would",
    ),
    "half of the name": (
        "Its drivers waited",
        "Dalhurst's drivers waited",
        "error stories/carrier-got-its-time-back.md:24: Complication: 'Dalhurst' gives the",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), STORY_FAULTS.values(), ids=STORY_FAULTS)
def test_a_fault_of_a_story_is_found(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Its results and its text must agree, and nothing may give the customer away."""
    said = found(tmp_path, changed(STORY, old, new))

    assert len(said) == 1, said
    assert expected in said[0]


@pytest.mark.parametrize(
    "told",
    [
        "Within six months the wait was down to 82 minutes a stop.",
        "After half a year, that is 6 months, they waited 82 minutes at each stop.",
    ],
)
def test_a_figure_may_be_told_in_other_words(tmp_path: Path, told: str) -> None:
    """Six months are 6 months."""
    text = changed(STORY, "Within 6 months the wait was down to 82 minutes a stop.", told)

    assert found(tmp_path, text) == []


def test_an_objection_needs_several_ways_to_say_it_and_questions(tmp_path: Path) -> None:
    """A concern is recognised by how people word it; clarifying is asking."""
    text = changed(OBJECTION, '- "There must be something cheaper\n  out there."\n', "")
    text = changed(text, "comparing the price with?", "comparing the price with.")

    said = found(tmp_path, text)

    assert [line.partition(": ")[2][:28] for line in said] == [
        "They say: has one way to say",
        "Clarify: asks nothing: end w",
    ]


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        ("A regional carrier waited 82 minutes a stop within six months.", ""),
        ("A regional carrier waited 28 minutes a stop.", "Proof: '28 minutes' is not in carrier-"),
        ("A regional carrier waited 82% less.", "Proof: '82%' is not in carrier-got-its-time"),
        ("Somebody else waited 28 minutes a stop.", ""),
    ],
)
def test_a_proof_and_the_story_it_cites_must_agree(
    tmp_path: Path, proof: str, expected: str
) -> None:
    """A figure beside a customer's name is looked up in that customer's story."""
    text = changed(OBJECTION, "Tarnwick Logistics paid $61,000 a month before the start.", proof)

    said = found(tmp_path, STORY, text)

    assert len(said) == bool(expected), said
    assert all(expected in line for line in said)


def test_the_same_words_in_two_cards_are_told_once(tmp_path: Path) -> None:
    """The second place names the first; case and punctuation do not tell them apart.

    A proof that two cards give would be given twice in one call.
    """
    other = changed(OBJECTION, "id: price-is-too-high", "id: too-dear")
    other = changed(other, "You're too expensive for us.", "You’re TOO expensive for us!")
    other = changed(other, "There must be", "There will be")

    said = found(tmp_path, OBJECTION, changed(other, "title: The price is", "title: It is"))

    says, proof = said
    assert says.startswith("warning objections/too-dear.md:13: They say[1]: ")
    assert says.endswith("also stands in price-is-too-high: keep one")
    assert "Proof: " in proof


def test_a_retired_card_is_left_alone(tmp_path: Path) -> None:
    """Nobody mends what is not used."""
    pack = a_pack(tmp_path, changed(INSIGHT, "arrival times?", "arrival times."))
    retire(pack, "detention-starts-at-the-dock", by="Mara", reason="Old", today=TODAY)

    assert found(tmp_path) == []


def test_an_approval_without_its_card_is_told(tmp_path: Path) -> None:
    """The card was renamed or deleted; the entry means nothing any more."""
    approve(a_pack(tmp_path, INSIGHT), "detention-starts-at-the-dock", by="Mara", today=TODAY)
    (tmp_path / "insights" / "detention-starts-at-the-dock.md").unlink()

    said = found(tmp_path, STORY)

    assert len(said) == 1
    assert said[0].startswith("warning approvals.yaml:3: detention-starts-at-the-dock: approves")


def test_every_problem_of_every_file_is_told(tmp_path: Path) -> None:
    """Cards that cannot be read and a faulty profile are in the same list, by file and line."""
    write_card(tmp_path, changed(INSIGHT, "review_by: 2027-03-31", "review_by: soon"))
    write_card(tmp_path, changed(OBJECTION, "concern: objection", "concern: doubt"))
    (tmp_path / "seller.yaml").write_text(PROFILE.replace("min: 300", "min: few"), "utf-8")

    places = [(p.path.name, p.line) for p in lint(read_pack(tmp_path, today=TODAY))]

    assert places == [
        ("detention-starts-at-the-dock.md", 6),
        ("price-is-too-high.md", 8),
        ("seller.yaml", 8),
    ]


# --- the sample pack


def test_the_sample_pack_has_no_findings_but_those_on_purpose() -> None:
    """It is a model for enablement; what is overdue in it shows what being overdue does."""
    said = [f"{p.severity} {p.card}" for p in lint(read_pack(SAMPLES, today=SAMPLE_DAY))]

    assert said == [
        "warning waiting-costs-rise-with-diesel",
        "warning waiting-costs-rise-with-diesel",
        "warning cameras-are-cheaper",
        "warning wexholt-distribution-labour",
    ]


def test_the_sample_pack_shows_every_status() -> None:
    """Most cards serve; a few are out, each for another reason."""
    pack = read_pack(SAMPLES, today=SAMPLE_DAY)

    out = {e.card.id: e.status for e in pack.entries.values() if e.status != "approved"}
    assert out == {
        "waiting-costs-rise-with-diesel": "expired",
        "cameras-are-cheaper": "expired",
        "wexholt-distribution-labour": "expired",
        "idling-trucks-count-in-your-emissions": "draft",
        "will-it-replace-our-planners": "draft",
        "norrvik-packaging-yard-count": "draft",
        "saturday-opening-cuts-detention": "retired",
        "price-per-appointment": "retired",
        "osgarth-beverages-peak": "retired",
    }
    kinds = [card.kind for card in pack.approved()]
    assert [kinds.count("insight") >= 14, kinds.count("story") >= 10] == [True, True]
    assert kinds.count("objection") >= 16

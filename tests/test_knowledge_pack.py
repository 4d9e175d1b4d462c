"""The pack: which card may be used on a day, and whose name never comes out of it."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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

from assistant.errors import KnowledgeError, UsageError
from assistant.knowledge.card import Story
from assistant.knowledge.governance import approve, retire
from assistant.knowledge.pack import Pack, read_pack, read_profile

CARD = "detention-starts-at-the-dock"


def approved_pack(folder: Path, *cards: str, today: date = TODAY) -> Pack:
    """Write these cards, or one of each kind, approve them all, and read them."""
    pack = a_pack(folder, *cards, today=today)
    for card_id in pack.entries:
        approve(pack, card_id, by="Mara", today=today)
    return read_pack(folder, today=today)


# --- standing


def test_a_card_that_nobody_approved_is_a_draft(tmp_path: Path) -> None:
    """A card cannot approve itself."""
    pack = a_pack(tmp_path, changed(INSIGHT, "kind: insight", "kind: insight\n# approved"))

    assert pack.status(CARD) == "draft"
    assert pack.entry(CARD).reason == "nobody has approved it"
    assert pack.approved() == ()


def test_an_approved_card_serves_until_its_review_is_due(tmp_path: Path) -> None:
    """The day itself is still good; the next one is not."""
    approved_pack(tmp_path, INSIGHT)
    due = date(2027, 3, 31)

    on_the_day = read_pack(tmp_path, today=due)
    after_it = read_pack(tmp_path, today=due + timedelta(days=1))

    assert on_the_day.status(CARD) == "approved"
    assert after_it.status(CARD) == "expired"
    assert after_it.entry(CARD).reason == "its review was due on 2027-03-31"
    assert after_it.approved() == ()


def test_a_changed_word_makes_an_approved_card_a_draft(tmp_path: Path) -> None:
    """Approval is for the words, not for the file."""
    approved_pack(tmp_path, INSIGHT)

    write_card(tmp_path, changed(INSIGHT, "71%", "72%"))
    pack = read_pack(tmp_path, today=TODAY)

    assert pack.status(CARD) == "draft"
    assert pack.entry(CARD).reason == "changed since Mara approved it on 2026-11-23"


def test_a_retired_card_stays_out_whatever_else_is_true(tmp_path: Path) -> None:
    """Retirement stands above draft and expiry, and keeps its reason."""
    pack = approved_pack(tmp_path, INSIGHT)
    retire(pack, CARD, by="Mara", reason="The study was withdrawn", today=TODAY)
    write_card(tmp_path, changed(INSIGHT, "71%", "72%"))

    late = read_pack(tmp_path, today=date(2030, 1, 1))

    assert late.status(CARD) == "retired"
    assert late.entry(CARD).reason == "retired by Mara on 2026-11-23: The study was withdrawn"


def test_approved_cards_come_by_kind_and_audience(tmp_path: Path) -> None:
    """In the order of their ids."""
    internal = changed(OBJECTION, "audience: customer", "audience: internal")
    pack = approved_pack(tmp_path, INSIGHT, STORY, internal)

    assert [card.id for card in pack.approved()] == [
        "carrier-got-its-time-back",
        "detention-starts-at-the-dock",
        "price-is-too-high",
    ]
    assert [card.id for card in pack.approved("story")] == ["carrier-got-its-time-back"]
    assert [card.id for card in pack.approved(audience="internal")] == ["price-is-too-high"]


# --- reading


def test_a_card_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each broken file is reported with its place; the good ones serve."""
    approved_pack(tmp_path)
    write_card(tmp_path, changed(INSIGHT, "review_by: 2027-03-31", "review_by: soon"))
    write_card(tmp_path, changed(OBJECTION, "## Check", "## Chekc"))

    pack = read_pack(tmp_path, today=TODAY)

    assert [card.id for card in pack.approved()] == ["carrier-got-its-time-back"]
    assert [(p.path.name, p.line, p.card) for p in pack.problems] == [
        ("detention-starts-at-the-dock.md", 6, CARD),
        ("price-is-too-high.md", 29, "price-is-too-high"),
        ("price-is-too-high.md", 29, "price-is-too-high"),
    ]


def test_asking_for_an_unreadable_card_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    """Not that there is no such card."""
    write_card(tmp_path, changed(INSIGHT, "review_by: 2027-03-31", "review_by: soon"))
    pack = read_pack(tmp_path, today=TODAY)

    with pytest.raises(KnowledgeError, match=r"dock\.md:6: review_by: expected a date"):
        pack.entry(CARD)


def test_asking_for_a_card_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    """A typing error is the likeliest reason."""
    pack = a_pack(tmp_path)

    with pytest.raises(UsageError, match="did you mean 'price-is-too-high'"):
        pack.entry("price-too-high")
    with pytest.raises(UsageError, match="'groundwork knowledge list' shows them"):
        pack.entry("zzz")


def test_two_cards_of_one_id_are_both_left_out(tmp_path: Path) -> None:
    """Nobody can tell which one an approval was for."""
    approved_pack(tmp_path, INSIGHT)
    (tmp_path / "insights" / "europe").mkdir()
    (tmp_path / "insights" / "europe" / f"{CARD}.md").write_text(INSIGHT, "utf-8")

    pack = read_pack(tmp_path, today=TODAY)

    assert CARD not in pack.entries
    assert "is also the id of" in str(pack.problems[0])


def test_what_is_no_card_is_passed_over_or_told(tmp_path: Path) -> None:
    """Notes for authors and hidden files are not cards; a card with a wrong suffix is told."""
    a_pack(tmp_path, INSIGHT)
    insights = tmp_path / "insights"
    (insights / "README.md").write_text("How to write an insight", "utf-8")
    (insights / ".draft.md.swp").write_text("x", "utf-8")
    (insights / "uptime.markdown").write_text(INSIGHT, "utf-8")

    pack = read_pack(tmp_path, today=TODAY)

    assert list(pack.entries) == [CARD]
    assert [str(p).rpartition("/")[2] for p in pack.problems] == [
        "uptime.markdown: is not read: a card's name ends in .md"
    ]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """An empty pack would look like a pack without approved cards."""
    with pytest.raises(KnowledgeError, match="no such folder"):
        read_pack(tmp_path / "knowledge", today=TODAY)


def test_an_empty_folder_is_an_empty_pack(tmp_path: Path) -> None:
    """That is how a new workspace begins."""
    pack = read_pack(tmp_path, today=TODAY)

    assert (pack.approved(), pack.problems) == ((), ())


# --- approvals


APPROVAL_FAULTS = {
    "no YAML": ("a: [1\n", ":1: is not readable YAML"),
    "a list": ("- a\n", ":1: expected 'key: value' lines"),
    "a word": (f"{CARD}: yes\n", f":1: {CARD}: expected fingerprint, approver and date"),
    "no fingerprint": (
        f"{CARD}: {{fingerprint: abc, approver: Mara, date: 2026-01-01}}\n",
        ":1: fingerprint: ",
    ),
    "unknown key": (
        f"{CARD}:\n  fingerprint: {'0' * 64}\n  approver: Mara\n  dat: 2026-01-01\n",
        ":4: dat: unknown key; did you mean 'date'?",
    ),
    "no reason": (f"{CARD}:\n  retired:\n  by: Mara\n  date: 2026-01-01\n", ":"),
}


@pytest.mark.parametrize(("text", "expected"), APPROVAL_FAULTS.values(), ids=APPROVAL_FAULTS)
def test_a_faulty_approval_is_no_approval(tmp_path: Path, text: str, expected: str) -> None:
    """The card is a draft, and the fault is told with its line."""
    (tmp_path / "approvals.yaml").write_text(text, "utf-8")

    pack = a_pack(tmp_path, INSIGHT)

    assert pack.status(CARD) == "draft"
    assert any(f"approvals.yaml{expected}" in str(problem) for problem in pack.problems)


def test_one_faulty_approval_leaves_the_others(tmp_path: Path) -> None:
    """A slip in one entry does not take every card away from the sellers."""
    approved_pack(tmp_path)
    path = tmp_path / "approvals.yaml"
    path.write_text(path.read_text("utf-8").replace("approver: Mara", "approver:", 1), "utf-8")

    pack = read_pack(tmp_path, today=TODAY)

    assert [entry.status for entry in pack.entries.values()] == ["draft", "approved", "approved"]
    assert "approver: missing" in str(pack.problems[0])


def test_an_approval_with_two_fingerprints_is_none(tmp_path: Path) -> None:
    """Nor can anybody tell which words were approved."""
    approved_pack(tmp_path, INSIGHT)
    path = tmp_path / "approvals.yaml"
    path.write_text(path.read_text("utf-8") + f"  fingerprint: {'0' * 64}\n", "utf-8")

    pack = read_pack(tmp_path, today=TODAY)

    assert pack.status(CARD) == "draft"
    assert "fingerprint: stands here and on line" in str(pack.problems[0])


def test_a_card_named_twice_in_the_approvals_has_none(tmp_path: Path) -> None:
    """Nobody can tell which of the two was meant."""
    approved_pack(tmp_path, INSIGHT)
    path = tmp_path / "approvals.yaml"
    entry = path.read_text("utf-8").partition(CARD)[2]
    path.write_text(path.read_text("utf-8") + f"{CARD}{entry}", "utf-8")

    pack = read_pack(tmp_path, today=TODAY)

    assert pack.status(CARD) == "draft"
    assert "keep one" in str(pack.problems[0])


# --- names that may not be said


def texts(pack: Pack) -> str:
    """Return every word that the cards of a pack hold."""
    return json.dumps([e.card.model_dump(mode="json") for e in pack.entries.values()])


def test_an_anonymous_customer_is_called_by_the_alias_everywhere(tmp_path: Path) -> None:
    """In the beats, the title, the results, and as the customer's name."""
    text = changed(STORY, "title: A carrier", "title: Dalhurst Haulage")
    text = changed(text, "metric: waiting time", "metric: DALHURST HAULAGE's waiting time")

    card = a_pack(tmp_path, changed(text, "Haulage's transport", "Haulage’s transport")).entry(
        "carrier-got-its-time-back"
    )

    assert isinstance(card.card, Story)
    assert card.card.customer.name == "a regional carrier"
    assert card.card.customer.spoken_name == "a regional carrier"
    assert card.card.title == "A regional carrier got its drivers' time back"
    assert card.card.results[0].metric == "A regional carrier's waiting time"
    assert card.card.turning_point.startswith("A regional carrier’s transport manager asked")
    assert "dalhurst" not in card.card.model_dump_json().casefold()


def test_a_named_customer_stays_named(tmp_path: Path) -> None:
    """Permission was given."""
    pack = a_pack(tmp_path, changed(STORY, "naming: anonymous", "naming: named"))

    assert "Dalhurst Haulage plans 110 trucks" in texts(pack)


def test_an_anonymous_name_is_taken_out_of_other_cards_too(tmp_path: Path) -> None:
    """They are mended for the reader, and their author is told the line, not the name."""
    proof = changed(OBJECTION, "Tarnwick Logistics paid", "Dalhurst-Haulage paid")
    say = changed(proof, "- You're too expensive", "- Did Dalhurst Haulage pay that? You're too")

    pack = a_pack(tmp_path, STORY, say)

    assert "dalhurst" not in texts(pack).casefold()
    assert "A regional carrier paid $61,000" in texts(pack)
    what = "names the anonymous customer of 'carrier-got-its-time-back': write its alias"
    assert [(p.line, p.message) for p in pack.problems] == [
        (13, f"they_say[1]: {what}"),
        (26, f"proof: {what}"),
    ]


def test_an_id_with_the_anonymous_name_keeps_the_card_out(tmp_path: Path) -> None:
    """The id is shown in every brief and cannot be replaced."""
    text = changed(STORY, "id: carrier-got-its-time-back", "id: how-dalhurst-haulage-did-it")

    pack = a_pack(tmp_path, text)

    assert not pack.entries
    assert "id: holds the name of an anonymous customer" in str(pack.problems[0])


def test_a_name_too_short_to_be_found_keeps_the_card_out(tmp_path: Path) -> None:
    """A single letter cannot be told from the text around it."""
    pack = a_pack(tmp_path, changed(STORY, "name: Dalhurst Haulage Ltd", "name: X"))

    assert not pack.entries
    assert "'X' is too short to be kept out" in str(pack.problems[0])


def test_an_alias_with_the_name_in_it_keeps_the_card_out(tmp_path: Path) -> None:
    """Replacing would bring the name in again."""
    text = changed(STORY, "alias: a regional carrier", "alias: the carrier Dalhurst Haulage")

    pack = a_pack(tmp_path, text)

    assert not pack.entries
    assert "customer.alias: holds the name it stands for" in str(pack.problems[0])


def test_a_card_that_names_a_withdrawn_customer_is_a_draft(tmp_path: Path) -> None:
    """The permission to name them went with the story; no other approval brings it back."""
    story = changed(STORY, "naming: anonymous", "naming: named")
    proof = changed(OBJECTION, "Tarnwick Logistics paid", "Dalhurst Haulage paid")
    pack = approved_pack(tmp_path, story, proof)
    assert pack.status("price-is-too-high") == "approved"

    retire(pack, "carrier-got-its-time-back", by="Mara", reason="Withdrawn", today=TODAY)
    after = read_pack(tmp_path, today=TODAY)

    assert after.status("price-is-too-high") == "draft"
    assert "names Dalhurst Haulage Ltd, whose story has been retired" in (
        after.entry("price-is-too-high").reason
    )


def test_a_customer_with_another_story_may_still_be_named(tmp_path: Path) -> None:
    """A retired story says nothing about permission where a newer one stands."""
    old = changed(STORY, "naming: anonymous", "naming: named")
    new = changed(old, "id: carrier-got-its-time-back", "id: carrier-again")
    proof = changed(OBJECTION, "Tarnwick Logistics paid", "Dalhurst Haulage paid")
    pack = approved_pack(tmp_path, old, changed(new, "A carrier got", "Again a carrier got"), proof)

    retire(pack, "carrier-got-its-time-back", by="Mara", reason="Replaced", today=TODAY)

    assert read_pack(tmp_path, today=TODAY).status("price-is-too-high") == "approved"


_SEPARATORS = st.sampled_from([" ", "-", "\u00a0", "  ", "‑", ""])
_CASES = st.sampled_from([str.upper, str.lower, str.title, str])
_ENDINGS = st.sampled_from(["", "'s", "’s", " Ltd", ", Ltd.", " GmbH"])


@st.composite
def _spellings(draw: st.DrawFn) -> str:
    words = draw(_SEPARATORS).join(["Dalhurst", "Haulage"])
    spelt = draw(_CASES)(words) + draw(_ENDINGS)
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFKD"])), spelt)


@settings(max_examples=100, deadline=None)
@given(spelling=_spellings(), field=st.sampled_from(["title", "beat", "metric", "role", "proof"]))
def test_no_text_of_the_pack_holds_an_anonymous_name(
    tmp_path_factory: pytest.TempPathFactory, spelling: str, field: str
) -> None:
    """Whatever the spelling and wherever it stands, in the story or in another card."""
    old, new = {
        "title": ("title: A carrier", f"title: At {spelling} a carrier"),
        "beat": ("Its drivers waited", f"For {spelling} it was so. Its drivers waited"),
        "metric": ("metric: waiting time", f"metric: '{spelling.replace(chr(39), chr(39) * 2)}'"),
        "role": ("role: transport manager", f'role: "manager at {spelling}"'),
        "proof": ("", ""),
    }[field]
    story = changed(STORY, old, new) if old else STORY
    proof = changed(OBJECTION, "The figure stands", f"So said {spelling}. The figure stands")

    pack = a_pack(tmp_path_factory.mktemp("pack"), story, proof)

    assert len(pack.entries) == 2
    said = unicodedata.normalize("NFKD", texts(pack)).casefold()
    assert "dalhursthaulage" not in re.sub(r"[\W_]+", "", said)


# --- the seller profile


def test_a_profile_is_read_with_its_ladder(tmp_path: Path) -> None:
    """What the file does not hold is unknown, not guessed."""
    (tmp_path / "seller.yaml").write_text(PROFILE, "utf-8")

    profile = read_profile(tmp_path / "seller.yaml")

    assert profile.icp[1].min == 300
    assert profile.icp[0].min is None
    assert profile.next_steps[0].advances[0].minutes == 90
    assert profile.next_steps[0].fallback.needs == ()


PROFILE_FAULTS = {
    "unknown key": ("offer:", "ofer:", ":1: offer: missing"),
    "unknown key in a list": (
        "does: Carriers",
        "dose: Carriers",
        ":4: capabilities[1].does: missing: add 'does:' with its value (and 1 more",
    ),
    "need": (
        "need: required",
        "need: must",
        ":7: icp[1].need: expected 'required', 'preferred' or 'disqualifier', got 'must'",
    ),
    "number": ("min: 300", "min: few", ":8: icp[2].min: expected a number, got 'few'"),
    "nothing to judge by": (
        ", values: [own docks]",
        "",
        ":7: icp[1]: has nothing to judge by: add values, min or max",
    ),
    "minimum over maximum": ("min: 300", "min: 30000", ":8: icp[2]: min 30000 is over max 10000"),
    "an opposite of what is wanted": (
        "values: [own docks]",
        "values: [own docks], ruled_out_by: [employees]",
        ":7: icp[1]: ruled_out_by is for a disqualifier: take it out",
    ),
    "an opposite that is none": (
        "need: preferred, field: employees",
        "need: disqualifier, ruled_out_by: [docks], field: employees",
        ":8: icp[2]: ruled_out_by: 'docks' is no required or preferred criterion: ['own-docks']",
    ),
    "criterion twice": ("id: employees", "id: own-docks", ":8: icp[2].id: 'own-docks' is taken"),
    "minutes": (
        "minutes: 90",
        "minutes: 0",
        ":11: next_steps[1].advances[1].minutes: ",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), PROFILE_FAULTS.values(), ids=PROFILE_FAULTS)
def test_a_faulty_profile_is_told_with_line_and_cure(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    """As for cards: the first fault in full, the others counted."""
    path = tmp_path / "seller.yaml"
    path.write_text(changed(PROFILE, old, new), "utf-8")

    with pytest.raises(KnowledgeError) as error:
        read_profile(path)

    assert f"seller.yaml{expected}" in str(error.value)


def test_a_profile_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """It is never guessed."""
    with pytest.raises(KnowledgeError, match=r"seller\.yaml: cannot be read: No such file"):
        read_profile(tmp_path / "seller.yaml")

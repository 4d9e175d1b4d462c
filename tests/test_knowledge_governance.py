"""Approving, retiring, and what has changed since."""

from __future__ import annotations

import hashlib
import multiprocessing
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from knowledge_files import INSIGHT, STORY, TODAY, a_pack, changed, write_card

from assistant.errors import KnowledgeError, LockedError, StoreError, UsageError
from assistant.knowledge.approvals import Approval, Retirement, read_approvals
from assistant.knowledge.governance import approve, difference, retire
from assistant.knowledge.lock import changing
from assistant.knowledge.pack import read_pack

CARD = "detention-starts-at-the-dock"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder inside a workspace."""
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    return knowledge


def test_an_approval_records_who_when_and_which_words(folder: Path) -> None:
    """The fingerprint is that of the card in the pack; the note is kept."""
    pack = a_pack(folder, INSIGHT)

    made = approve(pack, CARD, by=" Mara  Quist ", note="figures compared", today=TODAY)

    assert made == Approval(
        fingerprint=pack.fingerprint(CARD),
        approver="Mara Quist",
        date=TODAY,
        note="figures compared",
    )
    assert read_approvals(folder / "approvals.yaml").by_card == {CARD: made}
    assert read_pack(folder, today=TODAY).status(CARD) == "approved"


def test_the_file_is_written_for_people_to_read(folder: Path) -> None:
    """One entry a card, in the order of the ids, dates as dates; its first comment stays."""
    (folder / "approvals.yaml").write_text("# Ours.\n# Ask Mara.\n", "utf-8")
    pack = a_pack(folder, INSIGHT, STORY)

    approve(pack, CARD, by="NO", note="Größe: geprüft", today=TODAY)
    retire(pack, "carrier-got-its-time-back", by="Mara", reason="Withdrawn", today=TODAY)

    assert (folder / "approvals.yaml").read_text("utf-8") == (
        "# Ours.\n"
        "# Ask Mara.\n"
        "carrier-got-its-time-back:\n"
        "  retired: Withdrawn\n"
        "  by: Mara\n"
        "  date: 2026-11-23\n"
        "detention-starts-at-the-dock:\n"
        f"  fingerprint: {pack.fingerprint(CARD)}\n"
        "  approver: 'NO'\n"
        "  date: 2026-11-23\n"
        "  note: 'Größe: geprüft'\n"
    )


def test_the_approved_text_is_kept_under_its_fingerprint(folder: Path) -> None:
    """Its name says its content, so that anybody can verify it."""
    pack = a_pack(folder, INSIGHT)

    approve(pack, CARD, by="Mara", today=TODAY)

    (kept,) = (folder / ".approved").iterdir()
    assert kept.name == f"{CARD}.{pack.fingerprint(CARD)[:12]}.txt"
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == pack.fingerprint(CARD)


def test_a_difference_shows_the_sentence_that_changed(folder: Path) -> None:
    """One sentence a line, so that a figure in a paragraph stands out."""
    two = changed(INSIGHT, "came on time.", "came on time. The others were late.")
    approve(a_pack(folder, two), CARD, by="Mara", today=TODAY)
    write_card(folder, changed(two, "71%", "17%"))

    shown = difference(read_pack(folder, today=TODAY), CARD)

    assert shown.note == ""
    assert [line[:31] for line in shown.lines if line[0] in "+-"] == [
        "-In our sample study, 71% of 18",
        "+In our sample study, 17% of 18",
    ]


def test_a_card_as_approved_shows_no_difference(folder: Path) -> None:
    """Layout is no difference."""
    approve(a_pack(folder, INSIGHT), CARD, by="Mara", today=TODAY)
    write_card(folder, INSIGHT.replace("\n", "\r\n"))

    shown = difference(read_pack(folder, today=TODAY), CARD)

    assert (shown.lines, shown.note) == ((), "nothing has changed since it was approved")


def test_a_card_that_was_never_approved_is_all_new(folder: Path) -> None:
    """The approver reads the whole of it."""
    shown = difference(a_pack(folder, INSIGHT), CARD)

    assert shown.note == "it has never been approved; all of it is new"
    assert "+Most detention is decided at your own doors." in shown.lines
    assert not any(line.startswith("-") for line in shown.lines)


@pytest.mark.parametrize("harm", ["gone", "altered"])
def test_an_approved_text_that_is_not_to_be_trusted_is_not_compared_with(
    folder: Path, harm: str
) -> None:
    """A kept text that was altered would hide what has changed."""
    approve(a_pack(folder, INSIGHT), CARD, by="Mara", today=TODAY)
    (kept,) = (folder / ".approved").iterdir()
    if harm == "gone":
        kept.unlink()
    else:
        kept.write_text(kept.read_text("utf-8").replace("71%", "17%"), "utf-8")
    write_card(folder, changed(INSIGHT, "71%", "17%"))

    shown = difference(read_pack(folder, today=TODAY), CARD)

    assert shown.note == "the text that was approved is not kept; this is the new text"
    assert not any(line.startswith("-") for line in shown.lines)


def test_what_changed_after_the_pack_was_read_is_not_approved(folder: Path) -> None:
    """Somebody approves what they have seen, not what was saved meanwhile."""
    pack = a_pack(folder, INSIGHT)
    write_card(folder, changed(INSIGHT, "71%", "17%"))

    with pytest.raises(UsageError, match="changed just now: look at it again"):
        approve(pack, CARD, by="Mara", today=TODAY)

    assert not (folder / "approvals.yaml").exists()


def test_a_card_with_a_lint_error_is_not_approved(folder: Path) -> None:
    """The message is the finding, with its line."""
    pack = a_pack(folder, changed(INSIGHT, "arrival times?", "arrival times."))

    with pytest.raises(KnowledgeError, match=r"dock\.md:25: Ask: asks nothing.*mend it before"):
        approve(pack, CARD, by="Mara", today=TODAY)


def test_a_card_whose_review_is_overdue_is_not_approved(folder: Path) -> None:
    """It would be out at once; the author sets a later day first."""
    pack = a_pack(folder, INSIGHT, today=date(2028, 1, 1))

    with pytest.raises(UsageError, match=r"dock\.md:6: review_by: was due on 2027-03-31"):
        approve(pack, CARD, by="Mara", today=date(2028, 1, 1))


@pytest.mark.parametrize("by", ["", "  ", "x" * 301, "Mara\x1b[2J"])
def test_an_approval_needs_a_name(folder: Path, by: str) -> None:
    """In plain text, of a length that a name has."""
    pack = a_pack(folder, INSIGHT)

    with pytest.raises(UsageError, match="--by: expected 1 to 300 characters of plain text"):
        approve(pack, CARD, by=by, today=TODAY)


def test_a_retirement_needs_a_reason(folder: Path) -> None:
    """It is what the next author reads."""
    with pytest.raises(UsageError, match="--reason"):
        retire(a_pack(folder, INSIGHT), CARD, by="Mara", reason=" ", today=TODAY)


def test_a_retired_card_can_be_approved_again(folder: Path) -> None:
    """The later word counts; both were somebody's decision."""
    pack = a_pack(folder, INSIGHT)
    retire(pack, CARD, by="Mara", reason="In doubt", today=TODAY)
    assert isinstance(read_approvals(folder / "approvals.yaml").by_card[CARD], Retirement)

    approve(read_pack(folder, today=TODAY), CARD, by="Mara", today=TODAY)

    assert read_pack(folder, today=TODAY).status(CARD) == "approved"


def test_approvals_that_cannot_be_read_are_never_written_over(folder: Path) -> None:
    """Somebody's decisions stand in them."""
    broken = f"{CARD}: {{fingerprint: 12, approver: Mara, date: 2026-01-01}}\nother: [\n"
    (folder / "approvals.yaml").write_text(broken, "utf-8")
    pack = a_pack(folder, INSIGHT)

    with pytest.raises(KnowledgeError, match=r"approvals\.yaml:3: is not readable YAML"):
        approve(pack, CARD, by="Mara", today=TODAY)
    with pytest.raises(KnowledgeError, match=r"approvals\.yaml:3"):
        retire(pack, CARD, by="Mara", reason="Old", today=TODAY)

    assert (folder / "approvals.yaml").read_text("utf-8") == broken


def _approve_in_its_own_process(folder: Path, card_id: str) -> None:
    approve(read_pack(folder, today=TODAY), card_id, by="Mara", today=TODAY)


def test_approvals_at_the_same_time_are_all_kept(folder: Path) -> None:
    """Each process reads the file again under the lock."""
    ids = [f"insight-{letter}" for letter in "abcd"]
    for card_id in ids:
        text = changed(INSIGHT, f"id: {CARD}", f"id: {card_id}")
        write_card(folder, changed(text, "title: Detention", f"title: {card_id}"))
    spawn = multiprocessing.get_context("spawn")
    running = [spawn.Process(target=_approve_in_its_own_process, args=(folder, i)) for i in ids]

    for process in running:
        process.start()
    for process in running:
        process.join()

    assert [process.exitcode for process in running] == [0] * len(ids)
    assert sorted(read_approvals(folder / "approvals.yaml").by_card) == ids


def test_a_file_that_somebody_else_is_changing_is_locked(tmp_path: Path) -> None:
    """The message says which file, and that trying again helps."""
    lock = tmp_path / ".groundwork" / "approvals.lock"
    lock.parent.mkdir()

    with (
        FileLock(lock),
        pytest.raises(LockedError, match="another process has been changing it for 0 s"),
        changing(tmp_path / "approvals.yaml", lock=lock, wait_s=0),
    ):
        pass


def test_a_path_taken_by_a_file_is_a_clear_error(folder: Path) -> None:
    """Nothing is approved where its text cannot be kept."""
    pack = a_pack(folder, INSIGHT)
    (folder / ".approved").write_text("not a folder", "utf-8")

    with pytest.raises(StoreError, match=r"\.approved: cannot be made: File exists"):
        approve(pack, CARD, by="Mara", today=TODAY)

    assert not (folder / "approvals.yaml").exists()

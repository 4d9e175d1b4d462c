"""`groundwork knowledge …`: what it prints, asks, writes and returns."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import typer
from knowledge_files import INSIGHT, OBJECTION, PROFILE, STORY, changed, write_card
from typer.testing import CliRunner

from assistant.brief import Gap
from assistant.cli import knowledge
from assistant.errors import GroundworkError
from assistant.gaps import record_gaps
from assistant.knowledge.approvals import Approval, Retirement, read_approvals

CARD = "detention-starts-at-the-dock"
TODAY = "2026-11-23"


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    out: str
    err: str
    code: int


@dataclass(frozen=True)
class Workspace:
    """A workspace whose commands are run on one day."""

    folder: Path

    def run(self, *words: str, answer: str = "", today: str = TODAY) -> Ran:
        """Run `groundwork knowledge WORDS`."""
        command = [*words, "--workspace", str(self.folder), "--today", today]
        ran = CliRunner().invoke(knowledge.app, command, input=answer)
        if isinstance(ran.exception, GroundworkError):
            return Ran(ran.stdout, str(ran.exception), ran.exception.exit_code)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return Ran(ran.stdout, ran.stderr, ran.exit_code)

    def json(self, *words: str) -> object:
        """Run a command and return the JSON that it prints."""
        return json.loads(self.run(*words, "--format", "json").out)

    def write(self, *cards: str) -> None:
        """Put cards into the workspace."""
        for text in cards:
            write_card(self.folder / "knowledge", text)

    def approvals(self) -> dict[str, Approval | Retirement]:
        """Return what is approved and retired now."""
        return dict(read_approvals(self.folder / "knowledge" / "approvals.yaml").by_card)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with a card of each kind, the insight approved."""
    made = Workspace(tmp_path)
    made.write(INSIGHT, STORY, OBJECTION)
    (tmp_path / "knowledge" / "seller.yaml").write_text(PROFILE, "utf-8")
    made.run("approve", CARD, "--by", "Mara Quist", "--yes")
    return made


# --- list, show


def test_list_shows_each_card_with_its_status(workspace: Workspace) -> None:
    """In columns, by id; the sum is told beside it."""
    ran = workspace.run("list")

    rows = [re.split(" {2,}", line) for line in ran.out.splitlines()]
    assert [row[:4] for row in rows] == [
        ["draft", "story", "carrier-got-its-time-back", "2027-12-31"],
        ["approved", "insight", "detention-starts-at-the-dock", "2027-03-31"],
        ["draft", "objection", "price-is-too-high", "2027-12-31"],
    ]
    assert rows[2][4] == "The price is too high"
    assert (ran.err, ran.code) == ("1 approved, 2 draft\n", 0)


def test_list_can_be_narrowed(workspace: Workspace) -> None:
    """By status and by kind; the day decides the status."""
    drafts = workspace.run("list", "--status", "draft", "--kind", "story")
    expired = workspace.run("list", "--status", "expired", today="2027-04-01")

    assert drafts.out.split()[2] == "carrier-got-its-time-back"
    assert len(drafts.out.splitlines()) == 1
    assert expired.out.split()[2] == CARD


def test_list_as_json_has_all_that_a_program_needs(workspace: Workspace) -> None:
    """Status with its reason, owner, day of review, fingerprint, file."""
    cards = workspace.json("list", "--kind", "objection")

    assert isinstance(cards, list)
    (card,) = cards
    assert len(card.pop("fingerprint")) == 64
    assert card.pop("file").endswith("knowledge/objections/price-is-too-high.md")
    assert card == {
        "card": "price-is-too-high",
        "kind": "objection",
        "title": "The price is too high",
        "status": "draft",
        "reason": "nobody has approved it",
        "audience": "customer",
        "owner": "enablement@harbourline.example",
        "review_by": "2027-12-31",
    }


def test_list_tells_that_a_card_cannot_be_read(workspace: Workspace) -> None:
    """The others are listed."""
    workspace.write(changed(STORY, "employees: 260", "employees: some"))

    ran = workspace.run("list")

    assert len(ran.out.splitlines()) == 2
    assert "1 problem in the files: 'groundwork knowledge lint' shows them" in ran.err


def test_show_prints_a_story_under_its_alias(workspace: Workspace) -> None:
    """As briefs see it; the name is in the file only."""
    shown = workspace.run("show", "carrier-got-its-time-back").out
    as_json = workspace.run("show", "carrier-got-its-time-back", "--format", "json").out

    assert "## Situation\nA regional carrier plans 110 trucks" in shown
    assert "before 145 minutes a stop" in shown
    assert "Dalhurst" not in shown + as_json


def test_show_prints_each_thing_they_say(workspace: Workspace) -> None:
    """One a line, under its heading."""
    ran = workspace.run("show", "price-is-too-high")

    assert "## They say\n- You're too expensive for us.\n- There must be" in ran.out


def test_a_card_that_is_not_there_is_the_users_to_mend(workspace: Workspace) -> None:
    """With the nearest id; exit code 2."""
    ran = workspace.run("show", "price-too-high")

    assert ran.code == 2
    assert "price-too-high: no such card" in ran.err
    assert "did you mean 'price-is-too-high'?" in ran.err


def test_a_card_that_cannot_be_read_is_an_input_error(workspace: Workspace) -> None:
    """With file, line and cure; exit code 3."""
    workspace.write(changed(INSIGHT, "review_by: 2027-03-31", "review_by: soon"))

    ran = workspace.run("show", CARD)

    assert ran.code == 3
    assert "insights/detention-starts-at-the-dock.md:6: review_by: expected a date" in ran.err


def test_a_folder_without_knowledge_is_the_users_to_mend(tmp_path: Path) -> None:
    """And the command that starts a workspace is named."""
    ran = Workspace(tmp_path).run("list")

    assert ran.code == 2
    assert "groundwork init" in ran.err


# --- lint


def test_lint_without_errors_exits_with_0(workspace: Workspace) -> None:
    """Warnings are for looking at."""
    workspace.write(changed(INSIGHT, "challenges: [detention]", "challenges: [rust]"))

    ran = workspace.run("lint")

    assert ran.code == 0
    assert ran.out.startswith(f"{workspace.folder}/knowledge/insights/{CARD}.md:11: warning: ")
    assert ran.err == "0 errors, 1 warning\n"


def test_lint_errors_exit_with_1(workspace: Workspace) -> None:
    """All of them are printed first."""
    workspace.write(changed(INSIGHT, "review_by: 2027-03-31", "review_by: soon"))
    workspace.write(changed(OBJECTION, "## Proof\n", "## Proof\nsam@a.example said so. "))

    ran = workspace.run("lint")

    assert ran.code == 1
    assert ran.out.count("error:") == 2
    assert ran.err == "2 errors, 0 warnings\n"


def test_lint_as_json_is_one_object_a_finding(workspace: Workspace) -> None:
    """An empty list where there is nothing to say."""
    assert workspace.json("lint") == []

    workspace.write(changed(INSIGHT, "review_by: 2027-03-31", "review_by: soon"))

    found = workspace.json("lint")
    assert isinstance(found, list)
    assert found[0]["card"] == CARD
    assert (found[0]["severity"], found[0]["line"]) == ("error", 6)
    assert found[0]["message"].startswith("review_by: expected a date")


# --- diff, approve, retire


def test_diff_shows_the_changed_sentence(workspace: Workspace) -> None:
    """On stdout, so that it can be piped."""
    workspace.write(changed(INSIGHT, "own doors", "own gates"))

    ran = workspace.run("diff", CARD)

    assert "-Most detention is decided at your own doors.\n" in ran.out
    assert "+Most detention is decided at your own gates.\n" in ran.out
    assert ran.code == 0


def test_diff_of_an_unchanged_card_prints_nothing(workspace: Workspace) -> None:
    """The reason is told beside it."""
    ran = workspace.run("diff", CARD)

    assert (ran.out, ran.err) == ("", "nothing has changed since it was approved\n")


def test_approve_shows_the_difference_and_asks(workspace: Workspace) -> None:
    """What is approved has been seen."""
    workspace.write(changed(INSIGHT, "own doors", "own gates"))

    ran = workspace.run("approve", CARD, "--by", "Sam Ode", "--note", "read", answer="y\n")

    assert "+Most detention is decided at your own gates." in ran.err
    assert f"Approve {CARD} as Sam Ode? [y/N]" in ran.err
    assert ran.out == f"{CARD}: approved by Sam Ode on 2026-11-23\n"
    approval = workspace.approvals()[CARD]
    assert isinstance(approval, Approval)
    assert (approval.approver, approval.note, approval.date) == (
        "Sam Ode",
        "read",
        date(2026, 11, 23),
    )


@pytest.mark.parametrize("answer", ["n\n", "\n", "yes please\n"])
def test_any_other_answer_changes_nothing(workspace: Workspace, answer: str) -> None:
    """No is the default."""
    ran = workspace.run("approve", "price-is-too-high", "--by", "Sam", answer=answer)

    assert ran.code == 1
    assert "nothing was changed" in ran.err
    assert list(workspace.approvals()) == [CARD]


def test_without_anybody_to_answer_nothing_is_changed(workspace: Workspace) -> None:
    """A script says --yes."""
    ran = workspace.run("retire", CARD, "--by", "Sam", "--reason", "Old")

    assert ran.code == 2
    assert "nobody answered, nothing was changed: add --yes" in ran.err
    assert isinstance(workspace.approvals()[CARD], Approval)


def test_retire_writes_the_reason(workspace: Workspace) -> None:
    """And the card is out."""
    ran = workspace.run("retire", CARD, "--by", "Sam", "--reason", "Old", "--yes")

    assert ran.out == f"{CARD}: retired by Sam on 2026-11-23\n"
    assert workspace.approvals()[CARD] == Retirement(
        retired="Old", by="Sam", date=date(2026, 11, 23)
    )
    assert workspace.run("list", "--status", "retired").out.split()[2] == CARD


def test_a_decision_as_json_is_what_was_written(workspace: Workspace) -> None:
    """The difference stays out of it."""
    made = workspace.json("approve", "price-is-too-high", "--by", "Sam", "--yes")

    approval = workspace.approvals()["price-is-too-high"]
    assert made == {
        "card": "price-is-too-high",
        "status": "approved",
        **approval.model_dump(mode="json"),
    }


@pytest.mark.parametrize("missing", [["approve", CARD], ["retire", CARD, "--by", "Sam"]])
def test_a_decision_needs_who_and_why(workspace: Workspace, missing: list[str]) -> None:
    """Nobody approves without a name or retires without a reason."""
    ran = workspace.run(*missing, "--yes")

    assert ran.code == 2


def test_a_card_with_a_lint_error_is_not_approved(workspace: Workspace) -> None:
    """Exit code 3, with file and line."""
    workspace.write(changed(INSIGHT, "arrival times?", "arrival times."))

    ran = workspace.run("approve", CARD, "--by", "Sam", "--yes")

    assert ran.code == 3
    assert "Ask: asks nothing" in ran.err


# --- gaps


def test_gaps_are_listed_by_how_many_accounts_had_them(workspace: Workspace) -> None:
    """The day of the last one stands beside."""
    gap = Gap(kind="story", need="a grocer of our size")
    for account in ("Tidewater", "Rosenhof"):
        record_gaps(
            workspace.folder / ".groundwork", [gap], account=account, today=date(2026, 11, 20)
        )

    assert workspace.run("gaps").out == "2 accounts  2026-11-20  story  a grocer of our size\n"
    assert workspace.json("gaps") == [
        {
            "kind": "story",
            "need": "a grocer of our size",
            "count": 2,
            "accounts": 2,
            "last": "2026-11-20",
        }
    ]


def test_no_gaps_are_an_empty_list(workspace: Workspace) -> None:
    """Not an error."""
    ran = workspace.run("gaps")

    assert (ran.out, ran.err, ran.code) == ("", "0 gaps\n", 0)


# --- index, search


def test_index_embeds_the_approved_cards_once(workspace: Workspace) -> None:
    """A second run finds nothing to do; a draft is not in it."""
    first = workspace.json("index")
    second = workspace.json("index")

    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert (first["cards"], first["embedded"]) == (1, 1)
    assert (second["cards"], second["embedded"]) == (1, 0)
    assert workspace.run("index").out.startswith("1 card in the index, 0 embedded, ")


def test_search_finds_approved_cards_with_reasons(workspace: Workspace) -> None:
    """As JSON with the five fields that programs read; drafts are not found."""
    found = workspace.json("search", "detention decided at our doors")

    assert isinstance(found, list)
    (hit,) = found
    assert list(hit) == ["card", "kind", "title", "score", "reasons"]
    assert (hit["card"], hit["kind"]) == (CARD, "insight")
    assert 0 < hit["score"] <= 1
    assert hit["reasons"]


def test_search_can_be_narrowed_to_a_kind(workspace: Workspace) -> None:
    """An insight is no response."""
    workspace.run("approve", "price-is-too-high", "--by", "Mara", "--yes")

    ran = workspace.run("search", "the price is too high for us", "--kind", "objection")

    assert ran.out.splitlines()[0].endswith("  objection  price-is-too-high")
    assert CARD not in ran.out


def test_search_keeps_internal_cards_apart(workspace: Workspace) -> None:
    """They are shown where they are asked for, and never beside what may be said."""
    workspace.write(changed(OBJECTION, "audience: customer", "audience: internal"))
    workspace.run("approve", "price-is-too-high", "--by", "Mara", "--yes")

    assert workspace.json("search", "the price is too high") == []
    assert workspace.json("search", "the price is too high", "--internal") != []


def test_where_nothing_fits_search_prints_nothing(workspace: Workspace) -> None:
    """And says so beside it."""
    ran = workspace.run("search", "lecture on quantum chromodynamics")

    assert (ran.out, ran.code) == ("", 0)
    assert "no approved card fits" in ran.err
    assert workspace.json("search", "lecture on quantum chromodynamics") == []


def test_search_for_a_prospect_tells_what_fits_them(workspace: Workspace) -> None:
    """Role, industry and size come from the sources, with the reasons."""
    notes = workspace.folder / "notes.md"
    notes.write_text("Company: 900 employees, logistics.\nDana Whitfield, COO, will join.\n")

    plain = workspace.json("search", "detention at the doors")
    fitted = workspace.json("search", "detention at the doors", "--for", str(notes))

    assert isinstance(plain, list)
    assert isinstance(fitted, list)
    assert len(fitted[0]["reasons"]) > len(plain[0]["reasons"])


# --- the terminal


def test_control_codes_in_a_files_name_do_not_reach_the_terminal(workspace: Workspace) -> None:
    """Cards cannot hold any; file systems can."""
    odd = workspace.folder / "knowledge" / "insights" / "x\x1b[31m\x07\x9bm.txt"
    odd.write_text("x", "utf-8")

    for words in (["lint"], ["lint", "--format", "json"]):
        ran = workspace.run(*words)
        assert "is not read: a card's name ends in .md" in ran.out
        assert not any(c < " " and c != "\n" for c in ran.out)
        assert "\x9b" not in ran.out


@pytest.mark.parametrize(
    "command", list(typer.main.get_group(knowledge.app).commands.values()), ids=str
)
def test_each_command_has_a_help_line_and_an_example(command: typer.core.TyperCommand) -> None:
    """The help line fits on a line of 80 columns, whole."""
    assert command.get_short_help_str(limit=60) == (command.help or "").split("\n")[0]
    assert command.help
    assert (command.epilog or "").startswith(f"Example: groundwork knowledge {command.name}")


def test_help_loads_no_vendor() -> None:
    """`--help` answers at once."""
    code = (
        "import sys, assistant.cli.knowledge; "
        "print([m for m in ('chromadb', 'langchain', 'openai', 'tiktoken', 'yaml', 'numpy', "
        "'onnxruntime', 'bm25s') if m in sys.modules])"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )

    assert ran.stdout == "[]\n"

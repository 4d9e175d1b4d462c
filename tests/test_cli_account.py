"""`groundwork account` as a seller uses it, on a workspace in which calls were kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.store.database import Database, open_database
from assistant.store.keep import keep_brief, keep_debrief
from assistant.store.place import find_place
from assistant.workspace import start_workspace
from tests.debriefs import a_brief_of, a_debrief, an_action, an_objection
from tests.test_cli_brief import run

TIDEWATER = "Tidewater Gulf Terminals"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with a brief and a call of one account, and a call of another."""
    (tmp_path / "knowledge").mkdir()
    store = store_of(tmp_path)
    keep_brief(store, a_brief_of(TIDEWATER), stage="discovery")
    late = an_action(due=date(2026, 11, 30), hedged=True)
    keep_debrief(
        store,
        a_debrief(
            actions=(late, an_action("Send an example", owner="Sam Okafor", side="seller")),
            objections=(
                an_objection(),
                an_objection("Is it \x1b[31msafe?", card="", answered="not"),
            ),
        ),
    )
    keep_debrief(store, a_debrief(account="Rosenhof", outcome="halt", held_on=date(2026, 10, 1)))
    return tmp_path


def store_of(workspace: Path) -> Database:
    """Open a workspace's own database."""
    default = workspace / ".groundwork" / "groundwork.db"
    return open_database(find_place("", workspace=workspace, default=default))


def test_all_accounts_are_listed_the_one_met_last_first(workspace: Path) -> None:
    """Name, last meeting, last outcome, open actions and how many are overdue."""
    done = run("account", "--today", "2026-12-03", cwd=workspace)

    rows = [" ".join(line.split()) for line in done.stdout.splitlines()[1:]]
    assert rows == [
        f"{TIDEWATER} 2026-11-24 advance 2, 2 overdue",
        "Rosenhof 2026-10-01 halt 0",
    ]


def test_an_account_shows_its_timeline(workspace: Path) -> None:
    """What is overdue is marked, a gap is called one, and no control code reaches the terminal."""
    done = run("account", "tidewater gulf terminals", "--today", "2026-12-03", cwd=workspace)

    assert done.returncode == 0, done.stderr
    assert "2026-11-24  call: advance" in done.stdout
    assert "2026-12-03  brief · " in done.stdout
    assert "due 2026-11-30  OVERDUE  Dana Whitfield (customer): Send one week" in done.stdout
    assert "said with a way out" in done.stdout
    assert "“Our carriers will not use it” answered as approved; card: carriers-" in done.stdout
    assert "not answered; no card: a gap" in done.stdout
    assert "Marcus: “" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_has_what_the_text_has(workspace: Path) -> None:
    """Both views, for a program."""
    all_ = json.loads(run("account", "--format", "json", cwd=workspace).stdout)
    one = json.loads(run("account", TIDEWATER, "--format", "json", cwd=workspace).stdout)

    assert [line["last_outcome"] for line in all_] == ["advance", "halt"]
    assert [entry["kind"] for entry in one["entries"]] == ["debrief", "brief"]
    assert len(one["said"]) > 5


def test_an_action_is_marked_as_done_by_its_number(workspace: Path) -> None:
    """The number is the one that the timeline shows."""
    one = json.loads(run("account", TIDEWATER, "--format", "json", cwd=workspace).stdout)
    number = str(one["open_actions"][0]["id"])

    done = run("account", TIDEWATER, "--done", number, cwd=workspace)
    again = run("account", TIDEWATER, "--done", number, cwd=workspace)

    assert "done: " in done.stderr
    assert again.returncode == 2
    assert "has no open action" in again.stderr


def test_the_export_is_json_of_everything(workspace: Path) -> None:
    """All accounts, or one."""
    run("account", "--export", "all.json", cwd=workspace)
    run("account", "Rosenhof", "--export", "one.json", cwd=workspace)

    everything = json.loads((workspace / "all.json").read_text())
    assert [len(one["documents"]) for one in everything["accounts"]] == [2, 1]
    assert [
        one["name"] for one in json.loads((workspace / "one.json").read_text())["accounts"]
    ] == ["Rosenhof"]


def test_a_person_is_erased_only_after_a_yes(workspace: Path) -> None:
    """What will go is shown first; no answer and no other word than yes change nothing."""
    database = workspace / ".groundwork" / "groundwork.db"
    command = ("account", TIDEWATER, "--erase-person", "Dana Whitfield")

    unanswered = run(*command, cwd=workspace)
    refused = run(*command, cwd=workspace, stdin="n\n")
    assert b"Dana Whitfield" in database.read_bytes()
    done = run(*command, cwd=workspace, stdin="y\n")

    assert (unanswered.returncode, refused.returncode, done.returncode) == (2, 1, 0)
    assert f"{TIDEWATER}: 6 statements of theirs" in refused.stderr
    assert "Dana Whitfield is erased" in done.stderr
    assert b"whitfield" not in database.read_bytes().lower()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Tidewatr",), f"no account is called 'Tidewatr'; there is: {TIDEWATER}"),
        (("Nobody", "--erase-person", "Dana Whitfield", "--yes"), "no account is called"),
        (("--done", "1"), "name the account"),
        (("--done", "1", "--export", "x.json"), "one at a time"),
    ],
)
def test_a_slip_is_told_and_changes_nothing(
    workspace: Path, arguments: tuple[str, ...], told: str
) -> None:
    """One line, exit code 2."""
    done = run("account", *arguments, cwd=workspace)

    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert b"Dana Whitfield" in (workspace / ".groundwork" / "groundwork.db").read_bytes()


def test_nobody_is_kept_before_the_first_brief(tmp_path: Path) -> None:
    """No file is made by looking."""
    done = run("account", cwd=tmp_path)

    assert done.returncode == 0
    assert "no account is kept yet" in done.stderr
    assert list(tmp_path.rglob("*.db")) == []


def test_a_call_is_kept_with_the_seller_and_stage_of_its_brief(tmp_path: Path) -> None:
    """Debriefed again from the same file it is one call; --no-keep and no account keep nothing."""
    list(start_workspace(tmp_path))
    keep_brief(store_of(tmp_path), a_brief_of(TIDEWATER), stage="discovery")
    (tmp_path / "call.txt").write_text(
        "Sam Okafor: Shall we do the dock-mapping workshop on Thursday, with Marcus?\n"
        "Dana Whitfield: Yes, that works. I'll send you the gate logs by Wednesday.\n"
    )
    call = ("debrief", "call.txt", "--today", "2026-12-03")

    nameless = run(*call, cwd=tmp_path)
    left_out = run(*call, "--account", TIDEWATER, "--no-keep", cwd=tmp_path)
    kept = [run(*call, "--account", TIDEWATER.lower(), cwd=tmp_path) for _ in range(2)]
    told = json.loads(run("account", TIDEWATER, "--format", "json", cwd=tmp_path).stdout)

    assert nameless.returncode == 0
    assert "not kept for its account: it names no account" in nameless.stderr
    assert "kept" not in left_out.stderr
    assert [f"kept for {TIDEWATER}" in done.stderr for done in kept] == [True, True]
    assert [(one["kind"], one["outcome"]) for one in told["entries"]] == [
        ("brief", None),
        ("debrief", "advance"),
    ]
    call_kept = told["entries"][1]
    assert (call_kept["seller"], call_kept["stage"]) == ("Sam Okafor", "discovery")
    tasks = [action["task"] for action in told["open_actions"]]
    assert "gate logs" in " ".join(tasks)
    assert len(tasks) == len(set(tasks))


def test_the_doctor_names_the_database_without_its_password(tmp_path: Path) -> None:
    """A server that does not answer is to be mended; a file that is not there yet is not."""
    list(start_workspace(tmp_path))
    secret = {"GROUNDWORK_DATABASE": "postgresql://me:s3cret-7x@127.0.0.1:9/sales"}

    fresh = run("doctor", "--model", "none", cwd=tmp_path)
    broken = run("doctor", "--model", "none", cwd=tmp_path, env=secret)

    assert "groundwork.db: not there yet" in fresh.stdout
    assert "MEND  database   postgresql://me@127.0.0.1:9/sales" in broken.stdout
    assert "s3cret-7x" not in broken.stdout + broken.stderr

"""`groundwork debrief` as a seller uses it: a transcript in, a page or JSON out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.debrief import Debrief
from assistant.workspace import start_workspace

CALL = """Sam Okafor: Shall we do the dock-mapping workshop on Thursday, with Marcus?
Dana Whitfield: Yes, that works. I'll send you the gate logs by Wednesday.
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh workspace with a call in it."""
    folder = tmp_path_factory.mktemp("sales")
    list(start_workspace(folder))
    (folder / "call.txt").write_text(CALL, encoding="utf-8")
    return folder


def run(workspace: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run `groundwork debrief` as its own process, with no key and no home of ours."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI", "GROUNDWORK"))}
    command = "from assistant.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", command, "debrief", *arguments, "--today", "2026-11-24"],
        cwd=workspace,
        input=stdin,
        capture_output=True,
        text=True,
        env={**clean, "HOME": str(workspace)},
        check=False,
        timeout=60,
    )


def test_a_call_becomes_a_page(workspace: Path) -> None:
    """The outcome comes first, then why."""
    done = run(workspace, "call.txt", "--us", "Sam Okafor", "--account", "Tidewater")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Tidewater, 2026-11-24\n\n**Advance**")
    assert "Dana Whitfield, Marcus by 2026-11-26" in done.stdout


def test_json_reads_back_as_a_debrief(workspace: Path) -> None:
    """The JSON is the contract; what is piped in is read as well."""
    done = run(workspace, "-", "--format", "json", "--date", "2026-11-23", stdin=CALL)

    made = Debrief.model_validate_json(done.stdout)

    assert made.outcome == "advance"
    assert made.held_on.isoformat() == "2026-11-23"


def test_a_file_that_is_no_brief_is_refused_with_a_cure(workspace: Path) -> None:
    """One line, the exit code of an input, nothing on stdout."""
    (workspace / "other.json").write_text("{}", encoding="utf-8")

    done = run(workspace, "call.txt", "--brief", "other.json")

    assert (done.returncode, done.stdout) == (3, "")
    assert "other.json: is no brief" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_of_another_kind_is_refused(workspace: Path) -> None:
    """The name says what is wanted; a debrief is Markdown or JSON."""
    done = run(workspace, "call.txt", "-o", "page.docx")

    assert done.returncode == 2
    assert "neither .md nor .json" in done.stderr

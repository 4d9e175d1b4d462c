"""The command line as a seller uses it: in a folder of their own, without a model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from assistant.brief import Brief
from assistant.workspace import start_workspace

TODAY = "2026-11-23"


def run(
    *arguments: str, cwd: Path, stdin: str | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `groundwork` as its own process, with no key, no home of ours and no colour."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI", "GROUNDWORK"))}
    return subprocess.run(
        [sys.executable, "-c", "from assistant.cli.main import main; main()", *arguments],
        cwd=cwd,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        env={**clean, "HOME": str(cwd), "NO_COLOR": "1", "COLUMNS": "80", **(env or {})},
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh workspace with the samples."""
    folder = tmp_path_factory.mktemp("sales")
    list(start_workspace(folder))
    return folder


def sources(workspace: Path, account: str) -> Sequence[str]:
    """Return the names of an account's sources."""
    return [str(p) for p in sorted((workspace / "examples" / account / "sources").iterdir())]


def prepared(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Prepare the brief of the first sample account."""
    return run(
        "brief",
        *sources(workspace, "tidewater"),
        "--model",
        "none",
        "--today",
        TODAY,
        *arguments,
        cwd=workspace,
    )


def test_a_brief_goes_to_stdout_and_everything_else_to_stderr(workspace: Path) -> None:
    """A pipe gets Markdown alone; who waits sees each part as it is ready."""
    done = prepared(workspace)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Tidewater Gulf Terminals")
    assert "Dana Whitfield" in done.stdout
    assert "✓ objectives" in done.stderr
    assert "✓" not in done.stdout


def test_json_is_a_brief_that_reads_back(workspace: Path) -> None:
    """The JSON is the contract: it validates as the type it came from."""
    done = prepared(workspace, "--format", "json")

    brief = Brief.model_validate_json(done.stdout)

    assert brief.dossier.account == "Tidewater Gulf Terminals"
    assert set(brief.parts.values()) == {"composed"}
    assert brief.model_dump(mode="json") == json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("brief.md", "# Tidewater"), ("brief.html", "<!doctype html>"), ("brief.json", "{")],
)
def test_the_format_follows_the_name_of_the_file(
    name: str, begins: str, workspace: Path, tmp_path: Path
) -> None:
    """Nobody types --format for a file whose name says it."""
    done = prepared(workspace, "-o", str(tmp_path / name))

    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(begins.lower())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(["brief", "nowhere.md"], 3, "nowhere.md", id="no such source"),
        pytest.param(["brief", "-o", "brief.pages", "x.md"], 2, "brief.pages", id="unknown format"),
        pytest.param(["brief", "x.md", "--date", "soon"], 2, "--date", id="no date"),
        pytest.param(["brief", "x.md", "--date", "2026-13-40"], 2, "--date", id="no such day"),
        pytest.param(["brief", "x.md", "--zone", "Nowhere"], 2, "--zone", id="no zone"),
        pytest.param(["brief", "x.md", "--today", "31.12."], 2, "--today", id="no day"),
        pytest.param(["brief", "x.md", "--with", ", COO"], 2, "--with", id="no name"),
        pytest.param(["brief", "x.md", "--model", "openai:gpt-5-mini"], 4, "key", id="no key"),
        pytest.param(["brief", "x.md", "--review"], 2, "terminal", id="nobody to ask"),
        pytest.param(["brief"], 2, "SOURCES", id="no source"),
        pytest.param(["breif"], 2, "breif", id="no such command"),
    ],
)
def test_a_mistake_gets_one_line_and_its_exit_code(
    arguments: list[str], code: int, told: str, workspace: Path
) -> None:
    """The line says what and where; there is never a traceback."""
    (workspace / "x.md").write_text('Dana: "We pay $2,000 a week for late trucks."\n')

    done = run(*arguments, cwd=workspace)

    assert done.returncode == code, done.stderr
    assert told.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_notes_can_be_pasted(workspace: Path) -> None:
    """`-` reads what is piped in; people and hour come from flags."""
    done = run(
        "brief",
        "-",
        *("--with", "Dana Whitfield, COO"),
        *("--date", "2026-12-03T10:00", "--zone", "America/Chicago", "--minutes", "30"),
        *("--account", "Tidewater", "--model", "none", "--today", TODAY),
        cwd=workspace,
        stdin='Dana: "Detention cost us $1.4 million last year."\n',
    )

    assert done.returncode == 0, done.stderr
    assert "Dana Whitfield (COO)" in done.stdout
    assert "America/Chicago" in done.stdout
    assert "$1.4 million" in done.stdout


def test_outside_a_workspace_the_cure_is_named(tmp_path: Path) -> None:
    """Without knowledge there is nothing to select from, and the message says how to get some."""
    (tmp_path / "notes.md").write_text("Dana: “We pay too much for waiting trucks.”")

    done = run("brief", "notes.md", "--model", "none", cwd=tmp_path)

    assert done.returncode == 2
    assert "groundwork init" in done.stderr


def test_a_second_init_changes_nothing(workspace: Path) -> None:
    """What somebody wrote into their knowledge is never overwritten by the samples."""
    profile = workspace / "knowledge" / "seller.yaml"
    before = profile.read_bytes()

    done = run("init", str(workspace), cwd=workspace)

    assert done.returncode == 2
    assert profile.read_bytes() == before


def test_strict_says_no_only_where_a_check_found_an_error(workspace: Path) -> None:
    """A composed brief of a clean account passes."""
    done = prepared(workspace, "--strict")

    assert done.returncode == 0, done.stdout[-1500:]


def test_the_doctor_names_what_is_there(workspace: Path) -> None:
    """Knowledge, profile, index and model, a line each; exit 0 where all is well."""
    done = run("doctor", "--model", "none", "--today", TODAY, cwd=workspace)

    assert done.returncode == 0, done.stdout
    assert {"knowledge", "profile", "index", "model"} <= {
        line.split()[1] for line in done.stdout.splitlines()
    }


def test_help_imports_no_vendor() -> None:
    """The first thing a seller types answers at once."""
    program = (
        "import sys\n"
        "sys.argv = ['groundwork', '--help']\n"
        "from assistant.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'chromadb', 'langchain', 'langchain_core', 'openai', 'tiktoken', 'onnxruntime',"
        " 'bs4', 'numpy', 'jinja2', 'pydantic'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "brief" in done.stdout
    assert "HEAVY []" in done.stdout


def test_a_brief_is_kept_for_its_account_unless_told_not_to(tmp_path: Path) -> None:
    """Said in one line on stderr; it waits, and is in the database when that is asked."""
    list(start_workspace(tmp_path))
    state = tmp_path / ".groundwork"
    database = state / "groundwork.db"

    left_out = prepared(tmp_path, "--no-keep")
    dry = prepared(tmp_path, "--dry-run")
    assert not list(state.glob("waiting/*.json"))
    kept = prepared(tmp_path)
    assert [path.stat().st_mode & 0o777 for path in state.glob("waiting/*.json")] == [0o600]
    listed = run("account", cwd=tmp_path)

    assert [line for line in kept.stderr.splitlines() if "kept" in line] == [
        "kept for Tidewater Gulf Terminals"
    ]
    assert "kept" not in left_out.stderr + dry.stderr
    assert "Tidewater Gulf Terminals" in listed.stdout
    assert not list(state.glob("waiting/*.json"))
    assert database.stat().st_mode & 0o777 == 0o600
    assert kept.stdout.startswith("# Tidewater Gulf Terminals")


def test_a_store_that_fails_loses_only_the_keeping(tmp_path: Path) -> None:
    """The brief is out, the exit code is 0, and the line says why and holds no password."""
    list(start_workspace(tmp_path))
    damaged = tmp_path / "old.db"
    damaged.write_bytes(b"no database " * 900)

    for address, told in (
        (f"sqlite:///{damaged}", "is damaged, or no database"),
        ("postgresql://me:s3cret-7x@127.0.0.1:9/sales", "postgresql://me@127.0.0.1:9/sales"),
        ("mysql://me:s3cret-7x@db/sales", "expected sqlite:///FILE or postgresql://"),
    ):
        done = run(
            "brief",
            *sources(tmp_path, "tidewater"),
            "--model=none",
            f"--today={TODAY}",
            cwd=tmp_path,
            env={"GROUNDWORK_DATABASE": address},
        )

        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("# Tidewater Gulf Terminals")
        assert told in done.stderr
        assert "not kept for its account: " in done.stderr
        assert "s3cret-7x" not in done.stderr


def test_a_folder_that_cannot_be_written_to_loses_only_the_keeping(tmp_path: Path) -> None:
    """What stands in the way is named."""
    list(start_workspace(tmp_path))
    (tmp_path / ".groundwork").mkdir(exist_ok=True)
    (tmp_path / ".groundwork" / "waiting").write_text("in the way", encoding="utf-8")

    done = prepared(tmp_path)

    assert done.stdout.startswith("# Tidewater Gulf Terminals")
    assert "not kept for its account: " in done.stderr
    assert "waiting" in done.stderr

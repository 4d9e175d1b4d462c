"""`groundwork objection` as a seller types it: what is printed, kept and returned."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from test_cli_brief import run

from assistant.reply import Reply
from assistant.workspace import start_workspace

TODAY = ("--model", "none", "--today", "2026-11-23")
UNANSWERED = "who feeds the office cat"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the samples, its index built."""
    folder = tmp_path_factory.mktemp("sales")
    list(start_workspace(folder))
    assert run("knowledge", "index", "--today", "2026-11-23", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def workspace(prepared: Path) -> Path:
    """The workspace without a gap in it."""
    for path in (prepared / ".groundwork").glob("gaps*"):
        path.unlink() if path.is_file() else path.rmdir()
    return prepared


def asked(
    workspace: Path, *words: str, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    return run("objection", *words, *TODAY, cwd=workspace, stdin=stdin)


def gaps(workspace: Path) -> list[dict[str, object]]:
    """Return what `knowledge gaps` tells a program."""
    done = run("knowledge", "gaps", "--format", "json", cwd=workspace)
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_words_without_quotation_marks_are_one_objection(workspace: Path) -> None:
    """The approved steps go to stdout, nothing else does, and no gap is kept."""
    done = asked(workspace, "its", "to", "dear")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# “its to dear”")
    for lead in ("Read as", "Clarify", "Respond", "Proof", "Check", "Why this one"):
        assert f"**{lead}:**" in done.stdout
    assert gaps(workspace) == []


def test_json_is_a_reply_that_reads_back(workspace: Path) -> None:
    """The contract, in a pipe and in a file."""
    out = workspace / "reply.json"

    piped = asked(workspace, "too expensive", "--format", "json")
    written = asked(workspace, "too expensive", "-o", str(out))

    reply = Reply.model_validate_json(piped.stdout)
    assert reply.answers[0].response.card == "price-is-too-high"
    assert written.stdout == ""
    assert Reply.model_validate_json(out.read_text("utf-8")).answers == reply.answers


def test_a_minus_reads_what_is_handed_in(workspace: Path) -> None:
    """As from a clipboard."""
    done = asked(workspace, "-", stdin="zu teuer\n")

    assert done.returncode == 0, done.stderr
    assert "The price is too high" in done.stdout


def test_what_nothing_answers_is_said_to_be_a_gap_and_kept(workspace: Path) -> None:
    """It is not an error, unless --strict makes it one."""
    done = asked(workspace, *UNANSWERED.split())
    strict = asked(workspace, UNANSWERED, "--strict")

    assert (done.returncode, strict.returncode) == (0, 1)
    assert "No approved response fits" in done.stdout
    assert [(g["need"], g["count"], g["accounts"]) for g in gaps(workspace)] == [(UNANSWERED, 2, 0)]


def test_a_source_tailors_and_names_the_account(workspace: Path) -> None:
    """Its gap counts once for the account, however often it is asked for."""
    source = str(workspace / "examples" / "tidewater" / "sources" / "intro-call-notes.md")

    fits = asked(workspace, "its too expensive", "--for", source)
    for _ in range(2):
        asked(workspace, UNANSWERED, "--for", source)

    assert fits.stdout.startswith("# Tidewater Gulf: “its too expensive”")
    assert "They told us" in fits.stdout
    assert [(g["count"], g["accounts"]) for g in gaps(workspace)] == [(1, 1)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        pytest.param(["..."], 2, "no words", id="only punctuation"),
        pytest.param([""], 2, "no words", id="empty"),
        pytest.param(["very long " * 1000], 2, "10,000 characters", id="too long"),
        pytest.param(["dear", "-o", "reply.pages"], 2, "reply.pages", id="unknown format"),
        pytest.param(["dear", "--for", "nowhere.md"], 3, "nowhere.md", id="no such source"),
        pytest.param(["dear", "groundwork.toml"], 2, "--for", id="a file among the words"),
        pytest.param(["dear", "--today", "soon"], 2, "--today", id="no day"),
        pytest.param([], 2, "TEXT", id="nothing"),
    ],
)
def test_a_mistake_is_one_line_and_its_exit_code(
    words: list[str], code: int, told: str, workspace: Path
) -> None:
    """What, where, and the cure; nothing on stdout."""
    done = run("objection", *words, "--model", "none", cwd=workspace)

    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_input_is_the_users_to_mend(workspace: Path) -> None:
    """And so is one that is far too long: it is not read to its end."""
    for stdin in ("", "\n\n", "word " * 400_000):
        done = asked(workspace, "-", stdin=stdin)
        assert done.returncode == 2, done.stderr


def test_an_answer_is_given_though_its_gap_cannot_be_kept(workspace: Path) -> None:
    """A file that cannot be written to loses only the gap, and says so."""
    (workspace / ".groundwork" / "gaps.jsonl").mkdir()

    done = asked(workspace, UNANSWERED)

    assert done.returncode == 0
    assert "Ask back" in done.stdout
    assert "the gaps were not recorded" in done.stderr


def test_names_and_figures_stay_out_of_the_gap_file(workspace: Path) -> None:
    """No sources are needed for that: who says it, whom it names, what it counts."""
    asked(
        workspace,
        "dana.w@corvane.example and mr okafor say Quillon Brandt wants 48 umbrellas for the cat",
        "of Corvane Retail",
    )

    kept = (workspace / ".groundwork" / "gaps.jsonl").read_text("utf-8").casefold()
    assert "umbrellas for the cat" in kept
    for secret in ("dana", "okafor", "quillon", "brandt", "corvane", "48"):
        assert secret not in kept


def test_two_at_once_keep_both_gaps(workspace: Path) -> None:
    """Two sellers look something up in the same moment."""
    with ThreadPoolExecutor(2) as pool:
        done = list(
            pool.map(
                lambda text: asked(workspace, text),
                (UNANSWERED, "who paints the ceiling of the chapel"),
            )
        )

    assert [one.returncode for one in done] == [0, 0]
    assert len(gaps(workspace)) == 2


def test_markup_in_what_they_say_is_words(workspace: Path) -> None:
    """Nothing in it becomes a link, a picture or a tag, nor moves the cursor."""
    done = asked(
        workspace, "too expensive ![x](https://evil.example/p.png) <script>x</script> \x1b[2J"
    )

    assert done.returncode == 0, done.stderr
    assert "![x](" not in done.stdout
    assert "<script>" not in done.stdout
    assert "\x1b" not in done.stdout


def test_a_lookup_loads_neither_the_parts_nor_a_vendor(workspace: Path) -> None:
    """It has to be answered while somebody waits on the phone."""
    code = (
        "import sys\n"
        "from assistant.cli.main import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "heavy = ('assistant.pipeline', 'assistant.plan', 'assistant.models', 'chromadb', 'rich',"
        " 'langchain_core', 'openai', 'tiktoken', 'jinja2')\n"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "objection", "our carriers will not use it", *TODAY],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr.splitlines()[-1] == "[]"

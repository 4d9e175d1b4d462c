"""`groundwork knowledge …`: see, check, approve, retire and search the cards."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli import options

if TYPE_CHECKING:
    from assistant.gaps import GapCount
    from assistant.knowledge.governance import Difference
    from assistant.knowledge.pack import Entry, Pack
    from assistant.knowledge.problem import Problem
    from assistant.retrieval import Hit, Prospect
    from assistant.settings import Settings

app = typer.Typer(
    help="See, check, approve, retire and search the approved knowledge.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_EXAMPLE_CARD = "detention-is-a-dock-problem"

Kind = Literal["insight", "story", "objection"]
Status = Literal["approved", "draft", "expired", "retired"]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How to print it.")]
CardId = Annotated[str, typer.Argument(metavar="ID", help="The card's id, its file's name.")]
OfKind = Annotated[Kind | None, typer.Option("--kind", help="Only this kind.", show_default=False)]
By = Annotated[str, typer.Option("--by", help="Who decides it: a name or an address.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


# --- seeing


@app.command(name="list", epilog="Example: groundwork knowledge list --status draft")
def list_cards(
    kind: OfKind = None,
    status: Annotated[
        Status | None, typer.Option("--status", help="Only this status.", show_default=False)
    ] = None,
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """List the cards with their status."""
    pack = _pack(_settings(today, workspace))
    entries = [
        entry
        for entry in pack.entries.values()
        if kind in {None, entry.card.kind} and status in {None, entry.status}
    ]
    if format_ == "json":
        _put_json([_overview(entry) for entry in entries])
    else:
        _put_columns(
            [e.status, e.card.kind, e.card.id, e.card.review_by.isoformat(), e.card.title]
            for e in entries
        )
    _tell(_counted(entry.status for entry in entries) or "no cards")
    _tell_unreadable(pack)


@app.command(epilog=f"Example: groundwork knowledge show {_EXAMPLE_CARD}")
def show(
    card: CardId,
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Show a card as briefs use it, with its standing."""
    entry = _pack(_settings(today, workspace)).entry(card)
    if format_ == "json":
        _put_json({**_overview(entry), "content": entry.card.model_dump(mode="json")})
        return
    from assistant.knowledge.card_file import HEADINGS

    content = entry.card.model_dump(mode="json")
    body: list[str] = []
    for heading in HEADINGS[entry.card.kind]:
        text = content.pop(heading.casefold().replace(" ", "_"))
        said = "\n".join(f"- {variant}" for variant in text) if isinstance(text, list) else text
        body += ["", f"## {heading}", said]
    front = {**_overview(entry), **content}
    del front["id"]  # shown as the card
    lines = [f"{key}: {_one_line(value)}" for key, value in front.items() if value]
    _put("\n".join([*lines, *body]))


@app.command(epilog="Example: groundwork knowledge gaps")
def gaps(
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """List needs that no approved card answers.

    The most frequent come first, then the latest; what says nearly the same counts as one.
    """
    from assistant.app import state_folder
    from assistant.gaps import read_gaps

    found = read_gaps(state_folder(_settings(today, workspace)))
    if format_ == "json":
        _put_json([_gap(gap) for gap in found])
    else:
        _put_columns([_times(gap), gap.last.isoformat(), gap.kind, gap.need] for gap in found)
    _tell(_many(len(found), "gap"))


# --- checking and deciding


@app.command(epilog="Example: groundwork knowledge lint")
def lint(
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Check cards, approvals and seller profile.

    Prints each finding with its file, line and cure. Exits with 1 where there are errors.
    """
    from assistant.knowledge.lint import lint as find

    found = find(_pack(_settings(today, workspace)))
    if format_ == "json":
        _put_json([_finding(problem) for problem in found])
    elif found:
        _put("\n".join(_finding_line(problem) for problem in found))
    counts = Counter(problem.severity for problem in found)
    _tell(f"{_many(counts['error'], 'error')}, {_many(counts['warning'], 'warning')}")
    if counts["error"]:
        raise typer.Exit(1)


@app.command(epilog=f"Example: groundwork knowledge diff {_EXAMPLE_CARD}")
def diff(
    card: CardId,
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Show what changed since the approval.

    Compares the card's file with the text that was approved, one sentence a line.
    """
    from assistant.knowledge.governance import difference

    found = difference(_pack(_settings(today, workspace)), card)
    if format_ == "json":
        _put_json({"card": found.card, "note": found.note, "lines": list(found.lines)})
        return
    _tell(found.note)
    if found.lines:
        _put("\n".join(found.lines))


@app.command(epilog=f"Example: groundwork knowledge approve {_EXAMPLE_CARD} --by 'Mara Quist'")
def approve(
    card: CardId,
    by: By,
    note: Annotated[str, typer.Option("--note", help="What was looked at.")] = "",
    yes: Yes = False,
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Approve a card in its present words.

    Shows what has changed and asks. A change of any word makes the card a draft again.
    """
    from assistant import app as root
    from assistant.knowledge.governance import approve as record
    from assistant.knowledge.governance import difference

    settings = _settings(today, workspace)
    pack = _pack(settings)
    _tell_difference(difference(pack, card))
    options.ask(f"Approve {card} as {by}?", yes=yes)
    made = record(pack, card, by=by, note=note, today=root.today(settings))
    _put_decision({"card": card, "status": "approved", **made.model_dump(mode="json")}, format_)


@app.command(
    epilog=f"Example: groundwork knowledge retire {_EXAMPLE_CARD} --by 'Mara Quist' "
    "--reason 'the study was withdrawn'"
)
def retire(
    card: CardId,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="Why it is not to be used any more.")],
    yes: Yes = False,
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Take a card out of use.

    Shows the card's standing and asks. The file stays.
    """
    from assistant import app as root
    from assistant.knowledge.governance import difference
    from assistant.knowledge.governance import retire as record

    settings = _settings(today, workspace)
    pack = _pack(settings)
    _tell_difference(difference(pack, card))
    options.ask(f"Retire {card} as {by}?", yes=yes)
    made = record(pack, card, by=by, reason=reason, today=root.today(settings))
    _put_decision({"card": card, "status": "retired", **made.model_dump(mode="json")}, format_)


# --- finding


@app.command(epilog="Example: groundwork knowledge search 'our carriers will not use it'")
def search(
    text: Annotated[str, typer.Argument(help="What you look for, or what they said.")],
    kind: OfKind = None,
    sources: Annotated[
        list[str] | None,
        typer.Option("--for", help="A source about the prospect: what fits them comes first."),
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="Look among the cards that are for us alone.")
    ] = False,
    most: Annotated[int, typer.Option("-k", min=1, max=50, help="How many at most.")] = 5,
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Find approved cards, best first.

    Prints nothing where nothing fits.
    """
    from assistant import app as root

    settings = _settings(today, workspace)
    embedder = root.open_embedder(settings)  # loads while the rest is imported and read
    from assistant.retrieval import search as find

    pack = _pack(settings)
    hits = find(
        text,
        index=root.open_index(settings, pack, embedder=embedder, tell=_tell),
        pack=pack,
        kind=kind,
        audience="internal" if internal else "customer",
        prospect=_prospect(sources, settings) if sources else None,
        today=root.today(settings),
        k=most,
    )
    if format_ == "json":
        _put_json([_hit(hit) for hit in hits])
        return
    for hit in hits:
        _put(f"{hit.score:.2f}  {hit.card.kind}  {hit.card.id}\n      {hit.card.title}")
        _put("\n".join(f"      - {reason}" for reason in hit.reasons))
    if not hits:
        _tell("no approved card fits")


@app.command(epilog="Example: groundwork knowledge index")
def index(
    format_: Format = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Bring the index up to the approved cards.

    Only what has changed is embedded again. Commands do this by themselves where they need it.
    """
    from assistant import app as root
    from assistant.index import build_index

    settings = _settings(today, workspace)
    pack = _pack(settings)
    built = build_index(
        root.state_folder(settings) / "index",
        pack,
        root.open_embedder(settings),
        today=root.today(settings),
        on_progress=lambda done, of: _tell(f"  embedded {done} of {of} cards"),
    )
    _tell(built.notice)
    if format_ == "json":
        _put_json(vars(built))
    else:
        seconds = f"{built.seconds:.1f} s"
        _put(f"{_many(built.cards, 'card')} in the index, {built.embedded} embedded, {seconds}")
    _tell_unreadable(pack)


# --- the workspace


def _settings(today: str, workspace: Path | None) -> Settings:
    return options.settings_from(today=today, workspace=workspace)


def _pack(settings: Settings) -> Pack:
    from assistant.app import open_pack

    return open_pack(settings)


def _prospect(sources: list[str], settings: Settings) -> Prospect:
    """Return what the sources say of the prospect; no model is asked."""
    from assistant import app as root
    from assistant.pipeline import research
    from assistant.research.meeting import Wish
    from assistant.retrieval.dossier import prospect_of
    from assistant.sources import read_sources

    tools = root.open_tools(settings.model_copy(update={"model": "none"}), tell=_tell)
    read = read_sources(sources, today=root.today(settings))
    dossier = research(read, tools, Wish()).dossier
    return prospect_of(dossier, tools.profile, tools.pack.approved())


# --- what is printed


def _overview(entry: Entry) -> dict[str, str]:
    card = entry.card
    return {
        "card": card.id,
        "kind": card.kind,
        "title": card.title,
        "status": entry.status,
        "reason": entry.reason,
        "audience": card.audience,
        "owner": card.owner,
        "review_by": card.review_by.isoformat(),
        "fingerprint": entry.fingerprint,
        "file": _place(entry.path),
    }


def _one_line(value: object) -> str:
    """Return a value of a card's JSON in the words of its file."""
    match value:
        case dict():
            if set(value) == {"least", "most"}:
                return f"{value['least']}-{value['most']}"
            return ", ".join(f"{key} {_one_line(inner)}" for key, inner in value.items() if inner)
        case list():
            return "; ".join(_one_line(inner) for inner in value)
        case _:
            return str(value)


def _gap(gap: GapCount) -> dict[str, str | int]:
    return {
        "kind": gap.kind,
        "need": gap.need,
        "count": gap.count,
        "accounts": gap.accounts,
        "last": gap.last.isoformat(),
    }


def _times(gap: GapCount) -> str:
    """Say how often: for how many accounts, and how often more where none was named."""
    accounts = _many(gap.accounts, "account") if gap.accounts else ""
    lookups = _many(gap.unnamed, "lookup") if gap.unnamed else ""
    return " + ".join(filter(None, (accounts, lookups)))


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "card": hit.card.id,
        "kind": hit.card.kind,
        "title": hit.card.title,
        "score": round(hit.score, 4),
        "reasons": list(hit.reasons),
    }


def _finding(problem: Problem) -> dict[str, str | int]:
    return {
        "severity": problem.severity,
        "card": problem.card,
        "file": _place(problem.path),
        "line": problem.line,
        "message": problem.message,
    }


def _finding_line(problem: Problem) -> str:
    place = _place(problem.path) + (f":{problem.line}" if problem.line else "")
    return f"{place}: {problem.severity}: {problem.message}"


def _place(path: Path) -> str:
    """Return a path as short as it can be opened from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _put_decision(decision: Mapping[str, str], format_: str) -> None:
    if format_ == "json":
        _put_json(decision)
        return
    who = decision.get("approver") or decision.get("by", "")
    _put(f"{decision['card']}: {decision['status']} by {who} on {decision['date']}")


def _tell_difference(found: Difference) -> None:
    _tell(found.note)
    _tell("\n".join(found.lines))


def _tell_unreadable(pack: Pack) -> None:
    errors = sum(problem.severity == "error" for problem in pack.problems)
    if errors:
        _tell(f"{_many(errors, 'problem')} in the files: 'groundwork knowledge lint' shows them")


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _counted(words: Iterable[str]) -> str:
    return ", ".join(f"{count} {word}" for word, count in sorted(Counter(words).items()))


def _put_columns(rows: Iterable[list[str]]) -> None:
    """Print rows in columns of equal width, the last one as long as it is."""
    table = [[_clean(cell) for cell in row] for row in rows]
    if not table:
        return
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    _put(
        "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in table
        )
    )


def _put_json(content: object) -> None:
    _put(json.dumps(content, indent=2, ensure_ascii=False))


def _put(text: str) -> None:
    options.put(_clean(text))


def _tell(text: str) -> None:
    if text:
        options.tell(_clean(text))


def _clean(text: str) -> str:
    """Return what a terminal only shows: file names may hold what cards may not."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)

"""The end of the page: what the checks found, gaps, notes, and who wrote what with which model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.brief import Brief, Finding, Severity, Usage, Writer
from assistant.dossier import Fact, SourceNote
from assistant.render.calendar import moment
from assistant.render.marks import Marks, note_id, reference
from assistant.render.page import Block, Line, Note, Notes
from assistant.render.printable import capital, printable

LEGEND = (
    "A mark such as [S1:14] is source 1, line 14; a card’s title is approved material; “inference” "
    "is our own conclusion. A mark holds for what stands under its line. The checks compare "
    "figures, dates, names and quotations with their sources. They cannot see a wrong relation "
    "between right words: read what you will say against its note."
)
SEVERITIES: dict[Severity, str] = {"error": "Mend", "warning": "Look at", "note": "Note"}
_WRITERS: dict[Writer, str] = {
    "model": "written by the model",
    "mended": "mended by the model after the checks",
    "composed": "composed by code from cards and notes",
}
_PART_LABELS = {"give_get": "give and get"}
_PLACES = {
    "why_them": "why them",
    "goals_question": "question for their goals",
    "next_step": "next step",
    "fallback_wording": "fallback",
    "reconfirm_wording": "reconfirmation",
    "summary_prompts": "summary",
    "turning_point": "turning point",
    "bridge_question": "closing question",
    "they_say": "what they say",
    "outcome_tests": "outcome",
    "customer_actors": "who acts",
    "serves": "objective served",
    "seller_gives": "we give",
    "seller_gets": "we get",
    "customer_gives": "they give",
    "customer_gets": "they get",
}


def checks(brief: Brief, marks: Marks) -> Block:
    """Return what the checks found, the gravest first, and what was not read."""
    return Block("Check before you use it", tuple(_checks(brief, marks)))


def gaps(brief: Brief, marks: Marks) -> Block:
    """Return what no approved card answers."""
    return Block("Gaps", tuple(_gaps(brief, marks)))


def _checks(brief: Brief, marks: Marks) -> Iterator[Line]:
    found = gravest_first(brief.findings)
    yield from (_finding(finding, marks) for finding in found)
    if not found:
        yield Line("The checks found nothing to mend.")
    if brief.dossier.dropped:
        yield Line(_dropped(brief.dossier.dropped), lead="Left out")
    for source in brief.dossier.sources:
        for warning in source.warnings:
            yield Line(printable(warning), lead=f"{source.id} {printable(source.name)}")


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return errors, then warnings, then notes."""
    order = list(SEVERITIES)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def _dropped(count: int) -> str:
    what = (
        "1 statement, whose quote was" if count == 1 else f"{count} statements, whose quotes were"
    )
    return f"{what} not found in the source."


def _finding(finding: Finding, marks: Marks) -> Line:
    return Line(
        in_words(finding, marks),
        lead=SEVERITIES[finding.severity],
        aside=printable(finding.check).replace("_", " "),
    )


def in_words(finding: Finding, marks: Marks) -> str:
    """Return a finding with its place, as a reader understands both.

    What was found in the sources says itself where it stands.
    """
    message = marks.in_words(finding.message)
    if finding.where.partition(".")[0] in {"", "dossier", "meeting"}:
        return capital(message)
    return f"{where_in_words(finding.where)}: {message}"


def where_in_words(where: str) -> str:
    """Return a place in the brief as a reader finds it: `Teach, point 1, ask`."""
    part, *rest = printable(where).split(".")
    words = [_PART_LABELS.get(part, part).capitalize()]
    for name in rest:
        found = re.fullmatch(r"(\w+)\[(\d+)\]", name)
        label = _PLACES.get(found.group(1) if found else name, found.group(1) if found else name)
        if found:
            words.append(f"{_singular(label)} {int(found.group(2)) + 1}")
        elif label != _singular(words[-1].split(" ")[0]):
            words.append(label)
    return ", ".join(words)


def _singular(label: str) -> str:
    return {"stories": "story", "priorities": "priority"}.get(label, label.removesuffix("s"))


def _gaps(brief: Brief, marks: Marks) -> Iterator[Line]:
    """Group the needs by the kind of card that none was found of."""
    for kind in dict.fromkeys(gap.kind for gap in brief.gaps):
        needs = tuple(
            Line(printable(gap.need), marks=marks.of(gap.evidence) if gap.evidence else ())
            for gap in brief.gaps
            if gap.kind == kind
        )
        yield Line("", lead=f"No approved {kind} was found for", under=needs)
    if brief.preparation.fit.verdict == "no":
        yield Line("None: who does not fit needs no card.")
    elif not brief.gaps:
        yield Line("An approved card was found for every need.")


def notes(
    facts: Sequence[Fact],
    sources: Sequence[SourceNote],
    cards: Mapping[str, str],
    marks: Marks,
    cited: Iterable[str],
) -> tuple[Notes, ...]:
    """Return the quotes and cards that marks point at, by source and in its order.

    `cited` are the ids of notes, as the marks hold them.
    """
    wanted = frozenset(cited)
    pointed_at = [fact for fact in facts if note_id(fact.id) in wanted]
    groups = []
    for source in sources:
        own = sorted(
            (fact for fact in pointed_at if fact.source == source.id),
            key=lambda fact: (fact.page or 0, fact.line),
        )
        groups.append(
            Notes(
                f"{printable(source.id)} {printable(source.name)}",
                tuple(
                    Note(note_id(f.id), reference(f), f"“{printable(f.quote)}”", marks.whose(f))
                    for f in own
                ),
            )
        )
    titles = (
        Note(note_id(card), printable(title), "", printable(card))
        for card, title in cards.items()
        if note_id(card) in wanted
    )
    groups.append(Notes("Approved cards", tuple(titles)))
    return tuple(group for group in groups if group.notes)


def made(brief: Brief) -> tuple[str, ...]:
    """Return when and for whom the brief was made, by what, and what it cost."""
    by_writer = {
        writer: [_PART_LABELS.get(p, p) for p, w in brief.parts.items() if w == writer]
        for writer in _WRITERS
    }
    told = [f"{', '.join(parts)}: {_WRITERS[w]}" for w, parts in by_writer.items() if parts]
    model = printable(brief.written_by.model)
    return (
        f"Made for {printable(brief.seller)} on {moment(brief.created_at)}.",
        f"Model: {model}." if model != "none" else "No model was used.",
        *(f"{capital(text)}." for text in told),
        *cost(brief.usage),
    )


def cost(usage: Usage) -> Iterator[str]:
    """Yield what the calls to a model cost, where there were any."""
    if not usage.calls:
        return
    price = f", ${usage.usd:.4f}" if usage.usd is not None else ""
    yield (
        f"{usage.calls} calls, {usage.prompt_tokens:,} tokens read ({usage.cached_tokens:,} from "
        f"cache), {usage.completion_tokens:,} written, {usage.seconds:.1f} s{price}."
    )

"""The page of a reply to an objection, the same for every view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.brief import Finding, Writer
from assistant.render.ending import SEVERITIES, cost, gravest_first, notes, where_in_words
from assistant.render.marks import Marks
from assistant.render.page import Block, Line, Notes, every_line
from assistant.render.printable import capital, printable
from assistant.reply import Answer, Match, Reply

_NO_RESPONSE = "No approved response fits"
_WRITERS: dict[Writer, str] = {
    "model": "tailored by the model, checked against the approved card",
    "mended": "tailored by the model and mended after the checks",
    "composed": "as it was approved, word for word",
}


@dataclass(frozen=True)
class ReplyPage:
    """Everything a view shows, in reading order: a block for each doubt, then what to look at."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Notes, ...]
    made: tuple[str, ...]


def lay_out_reply(reply: Reply) -> ReplyPage:
    """Return the page of a reply; its notes are those that its marks point at."""
    marks = Marks(reply.facts, reply.sources, reply.cards)
    blocks = (*(_answer(answer, marks) for answer in reply.answers), *_checks(reply))
    cited = [mark.note for b in blocks for line in every_line(b.lines) for mark in line.marks]
    typed = reply.sources[-1].id
    told = [fact for fact in reply.facts if fact.source != typed]
    said = f"“{printable(reply.asked)}”"
    account = printable(reply.account)
    return ReplyPage(
        title=f"{account}: {said}" if account else said,
        blocks=blocks,
        notes=notes(told, reply.sources, {}, marks, cited),
        made=tuple(_made(reply)),
    )


def _answer(answer: Answer, marks: Marks) -> Block:
    lines = (*_heard(answer), *_steps(answer), *_reasons(answer, marks))
    return Block(printable(answer.match.title) if answer.match else _NO_RESPONSE, lines)


def _heard(answer: Answer) -> Iterator[Line]:
    yield Line(f"“{printable(answer.said)}”", lead=f"They say ({answer.response.kind})")
    if answer.read_as != answer.said:
        yield Line(f"“{printable(answer.read_as)}”", lead="Read as")


def _steps(answer: Answer) -> Iterator[Line]:
    told = answer.response
    if answer.match is None:
        yield Line(printable(told.clarify), lead="Ask back", spoken=True)
        yield Line("Promise an answer, and give none of your own: this is a gap.")
        return
    for lead, text in (
        ("Clarify", told.clarify),
        ("Respond", told.respond),
        ("Proof", told.proof),
        ("Check", told.check),
    ):
        yield Line(printable(text), lead=lead, spoken=True)


def _reasons(answer: Answer, marks: Marks) -> Iterator[Line]:
    if answer.bears_on:
        told = (Line(printable(c.text), marks=marks.of_claim(c)) for c in answer.bears_on)
        yield Line("", lead="They told us", under=tuple(told))
    if answer.match:
        yield Line(_why(answer.match), lead="Why this one", aside=printable(answer.match.card))
    if answer.alternatives:
        others = (
            Line(_why(m), lead=printable(m.title), aside=printable(m.card))
            for m in answer.alternatives
        )
        yield Line("", lead="Or", under=tuple(others))


def _why(match: Match) -> str:
    return capital(printable("; ".join(match.reasons)))


def _checks(reply: Reply) -> Iterator[Block]:
    if reply.findings:
        lines = (_finding(finding) for finding in gravest_first(reply.findings))
        yield Block("Check before you use it", tuple(lines))


def _finding(finding: Finding) -> Line:
    where = f"{where_in_words(f'reply.{finding.where}')}: " if finding.where else ""
    return Line(
        f"{where}{capital(printable(finding.message))}",
        lead=SEVERITIES[finding.severity],
        aside=printable(finding.check),
    )


def _made(reply: Reply) -> Iterator[str]:
    for writer in dict.fromkeys(answer.writer for answer in reply.answers if answer.match):
        titles = [a.match.card for a in reply.answers if a.match and a.writer == writer]
        yield f"{', '.join(map(printable, titles))}: {_WRITERS[writer]}."
    if reply.written_by.model != "none":
        yield f"Model: {printable(reply.written_by.model)}."
    yield from cost(reply.usage)

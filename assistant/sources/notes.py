"""Plain text: notes, pasted threads and pages, records, transcripts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.sources.blocks import Block
from assistant.sources.captions import caption_blocks, is_captions
from assistant.sources.drafts import Draft
from assistant.sources.export import export_blocks, exported_turns
from assistant.sources.layout import blocks_of, is_furniture
from assistant.sources.letters import Thread, unthread
from assistant.sources.limits import Limits
from assistant.sources.lines import Line, lines_of
from assistant.sources.names import merged
from assistant.sources.people import people_in
from assistant.sources.source import Person, SourceKind
from assistant.sources.speakers import mark_of, recurring_marks

_MAY_BE_A_THREAD = re.compile(
    r"^\s{0,3}>|^\W*(?:From|Von|De)\s*:|\b(?:wrote|schrieb\b.*|a écrit|escribió)\s*:\s*$",
    re.MULTILINE | re.IGNORECASE,
)
# What is published says so; each of these is one sign, and two are enough.
_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        r"[\[(](?:saved|copied|accessed|retrieved|kopiert|gespeichert|abgerufen)\b[^\])]*[\])]",
        r"©|\(c\) (?:19|20)\d\d",
        r"^\W*all rights reserved|alle rechte vorbehalten",
        r"^[\d,.]+\+? (?:connections|followers)\b",
        r"^\d+ reactions?\b",
        r"^people also viewed",
        r"\bearnings call\b",
        r"^operator$",
        r"^forward-looking statements",
        r"^(?:press release|pressemitteilung|for immediate release)\b",
    )
)
_PAGE_NUMBER = re.compile(r"^\s{8,}\d{1,4}\s*$", re.MULTILINE)


def read_text(text: str, limits: Limits) -> Draft:
    """Return the blocks of a text, and what kind of source it looks like.

    It is a transcript where it has times, where it is an export of turns or its lines are turns,
    an e-mail where it begins with one's header, a page where it has a page's furniture, a document
    where it has page numbers; else notes.
    """
    if turns := exported_turns(text):
        blocks, warnings = export_blocks(turns, limits)
        return Draft("transcript", blocks=blocks, warnings=warnings)
    lines, warnings = lines_of(text, limits)
    sample = text[: limits.text_chars]
    if is_captions(sample):
        return Draft("transcript", blocks=caption_blocks(lines), warnings=warnings)
    thread = Thread(lines, (), 0)
    if _MAY_BE_A_THREAD.search(sample):
        thread = unthread(lines)
    begins = bool(thread.letters) and _begins_with_header(lines, thread)
    blocks = blocks_of(thread.lines, running_text=begins)
    people: tuple[Person, ...] = merged([*thread.people, *people_in(blocks)])
    kind: SourceKind = "email" if begins else _kind(sample, lines, blocks)
    return Draft(kind, blocks=blocks, people=people, warnings=warnings)


def _begins_with_header(lines: Sequence[Line], thread: Thread) -> bool:
    first = next((line.text for line in lines if line.text.strip()), "")
    kept = next((line.text for line in thread.lines if line.text.strip()), "")
    return first != kept and ":" in first


def _kind(text: str, lines: Sequence[Line], blocks: Sequence[Block]) -> SourceKind:
    navigation = any(is_furniture(line.text) for line in lines)
    if sum(bool(sign.search(text)) for sign in _SIGNS) + 2 * navigation > 1:
        return "page"
    said = [block for block in blocks if block.kind in {"prose", "bullet"}]
    marks = [mark for block in said if (mark := mark_of(block.flow.text))]
    talk = len(marks) > 0.8 * len(said) and recurring_marks(marks, len(said))
    if talk or any(block.kind == "turn" for block in blocks):
        return "transcript"
    return "document" if len(_PAGE_NUMBER.findall(text)) > 1 else "notes"

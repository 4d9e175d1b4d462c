"""A brief laid out as its page."""

from __future__ import annotations

from dataclasses import replace

from assistant.brief import Brief
from assistant.render.calendar import meeting_time
from assistant.render.conversation import after, closing, core, opening
from assistant.render.ending import LEGEND, checks, gaps, made, notes
from assistant.render.marks import Marks
from assistant.render.page import Page, lines_of
from assistant.render.preparation import minute, preparation
from assistant.render.printable import printable


def lay_out(brief: Brief) -> Page:
    """Return the page of a brief; its notes are those that its marks point at."""
    facts, sources, cards = brief.dossier.facts, brief.dossier.sources, brief.cards
    marks = Marks(facts, sources, cards, brief.meeting.agenda)
    account = printable(brief.dossier.account)
    title = printable(brief.meeting.title)
    page = Page(
        title=account or title or "Brief",
        subtitle=title if account else "",
        when=meeting_time(brief.meeting),
        place=printable(brief.meeting.place),
        minute=minute(brief, marks),
        layers=(
            preparation(brief, marks),
            opening(brief, marks),
            core(brief, marks),
            closing(brief, marks),
            after(brief, marks),
        ),
        checks=checks(brief, marks),
        gaps=gaps(brief, marks),
        notes=(),
        legend=LEGEND,
        made=made(brief),
    )
    cited = [mark.note for line in lines_of(page) for mark in line.marks if mark.note]
    return replace(
        page, notes=notes(brief.dossier.facts, brief.dossier.sources, brief.cards, marks, cited)
    )

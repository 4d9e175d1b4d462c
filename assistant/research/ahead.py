"""Whether a line tells of what is still to come, or of what happens already. English and German."""

from __future__ import annotations

import re
from datetime import date

from assistant.text.dates import dates
from assistant.text.words import plain

_MONTHS = (
    r"jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli"
    r"|aug(?:ust)?|sep(?:t|tember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
_LATER = (
    rf"(?:next|nächste\w*|kommende\w*|that day|then on|q[1-4]|(?:early |mid|late )?20\d\d|spring"
    rf"|summer|autumn|winter|frühjahr|sommer|herbst"
    rf"|(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th|\.)? (?:of )?)?(?P<month>{_MONTHS}))\b"
)
_FROM_THEN = re.compile(
    r"\b(?:from|starting|beginning|effective|as of|with effect from|coming into force|ab)"
    rf" (?:in |on |dem |den )?{_LATER}(?![^,;.]{{0,12}} (?:to|until|till|through|bis)\b)",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\bfree )\b(?:will|(?:is|are) (?:going|about) to)\b"
    r"(?! (?:not|never|always|often|usually|still|tell|say|ask)\b)|(?<![Yy]ou)'ll\b"
)
_ANNOUNCED = re.compile(
    r"\b(?:announced|upcoming|next (?:year|month|quarter|week|season|spring|summer|autumn|fall"
    r"|winter)|threatens?|threatened|angekündigt\w*|künftig\w*|zukünftig\w*"
    r"|(?:nächste|kommende)[nsmr]? (?:jahr|monat|quartal|woche|saison|frühjahr|sommer|herbst"
    r"|winter))\b",
    re.IGNORECASE,
)
# "wird ... verladen" may be a passive of today: these are participles too.
_AS_PARTICIPLES = (
    r"(?:(?:ab|an|auf|aus|ein|mit|nach|vor|um|weg|zu|zurück)?ge\w+|(?:be|ent|ver|über)laden"
    r"|(?:be|er|ent|vor)halten|vergessen|(?:ver|ent)lassen|bekommen|betreten|empfangen|befahren)"
)
_INFINITIVE = rf"(?!{_AS_PARTICIPLES}\b)[a-zäöüß]+(?:en|eln|ern)"
_WERDEN = re.compile(
    rf"\b(?:wird|werden|werde)\b[^,;.]{{0,90}}? {_INFINITIVE}(?=\s*(?:[,;.!]|$))"
    rf"|\b{_INFINITIVE} (?:wird|werden)\b"
)
_HABIT = re.compile(
    r"\b(?:if|when|whenever|once|as soon as|every time|each time|wenn|sobald|jedes mal)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:who|what|which|how|where|why|wer|was|wie|wo|warum)\b[^,;.]{0,90}(?:will|wird)\b|\?",
    re.IGNORECASE,
)
_ALREADY = re.compile(
    r"\b(?:already|so far|since|ago|was|were|had|did|has been|have been|paid|lost|fined|charged"
    r"|last (?:year|month|week|quarter|season|spring|summer|autumn|fall|winter)|again|keeps?"
    r"|schon|bereits|bisher|seit|war(?:en)?|hatten?|wurden?|wieder|vorige\w*|letzte\w*)\b",
    re.IGNORECASE,
)
_LATELY = 4  # months: "from October" said in November is of now


def is_ahead(text: str, today: date) -> bool:
    """Tell whether what a line tells has not begun: it is announced, or begins on a later day.

    What happens already and goes on is not ahead, nor is what happens whenever something else
    does, nor a question. In doubt, it is not.
    """
    view = plain(text)
    if _ALREADY.search(view) or _ASKS.search(view):
        return False
    starts = [match for match in _FROM_THEN.finditer(view) if _is_later(match, view, today)]
    if starts or _ANNOUNCED.search(view) or _names_later_year(view, today):
        return True
    return bool((_WILL.search(view) or _WERDEN.search(view)) and not _HABIT.search(view))


def _is_later(start: re.Match[str], view: str, today: date) -> bool:
    """Tell whether a beginning has not come yet; a month without a year is the next one."""
    if start["month"] is None:
        years = [int(year) for year in re.findall(r"20\d\d", start.group())]
        return all(year > today.year for year in years)
    first, end = start.start(), start.end("month")
    named = (m for m in dates(view, today) if first < m.end and m.start < end)
    return any(
        (moment.year, moment.month) > (today.year, today.month)
        if moment.year
        else (today.month - moment.month) % 12 >= _LATELY
        for mention in named
        for moment in mention.readings
        if moment.month
    )


def _names_later_year(view: str, today: date) -> bool:
    return any(
        moment.year and moment.year > today.year
        for mention in dates(view, today)
        for moment in mention.readings
    )

"""Letters of a thread: who wrote which line, without greetings, signatures and legal footers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.sources.companies import registered_in
from assistant.sources.lines import Line
from assistant.sources.names import person_of, same_person
from assistant.sources.source import Person
from assistant.sources.speakers import has_role

_QUOTED = re.compile(r"\s{0,3}((?:>\s?)+)")
_WROTE = re.compile(
    r"\W*(?:On|Am|Le|El|Il|Op|Em|Den|Dne)\b(?=.*\d).{4,300}?"
    r"(?:(?:wrote|a écrit|escribió|ha scritto|escreveu|skrev)|(?:schrieb|schreef)\b[^:]*)\s*:\s*",
    re.IGNORECASE | re.DOTALL,
)
_WHEN = re.compile(
    r"^.*(?:\b\d{4}\b|\d{1,2}[:.]\d{2}(?::\d{2})?)"
    r"(?:\s*(?:[ap]\.?m\.?\b|uhr\b|gmt|utc|[A-Z]{2,4}T\b)|\s*[+-]\d{4}|\s*\([^)]*\))*[,.]?\s*(?:schrieb|schreef)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_VERB = re.compile(
    r"[\s,]*\b(?:wrote|schrieb|schreef|a écrit|escribió|ha scritto|escreveu|skrev)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_FIELD = re.compile(
    r"\s*\*{0,2}(?P<name>From|Von|De|Da|Van|Sent|Gesendet|Envoyé|Date|Datum|To|An|À|Para|Cc|Kopie"
    r"|Bcc|Subject|Betreff|Objet|Asunto|Reply-To|Importance|Wichtigkeit|Attachments|Anlagen)"
    r"\s*:\*{0,2}\s*(?P<value>.*)",
    re.IGNORECASE,
)
_FROM = frozenset({"from", "von", "de", "da", "van"})
_TO = frozenset({"to", "an", "à", "para", "cc", "kopie"})
_DIVIDER = re.compile(
    r"\W*(?:(?:Original(?:e)? ?(?:Message|Nachricht|Appointment)|Ursprüngliche Nachricht"
    r"|(?:Begin )?forwarded message|Weitergeleitete Nachricht|Anfang der weitergeleiteten Nachricht"
    r"|Message transféré|Message d'origine|Mensaje reenviado))\W*",
    re.IGNORECASE,
)
_HELLO = (
    r"(?:hi|hello|hey|dear|hallo|hoi|moin|servus|liebe[rs]?|guten (?:tag|morgen|abend)|greetings"
    r"|sehr geehrte[rs]?|bonjour|hola|ciao|good (?:morning|afternoon|evening))\b"
)
_GREETED = (
    r"(?:[A-ZÀ-Þ][\w'’-]*\.?|all|team|both|there|again|everyone|everybody|folks|guys|colleagues"
    r"|zusammen|damen|und|and|herren)"
)
_GREETING = re.compile(
    rf"(?i:{_HELLO})(?:(?: {_GREETED})*\s*[,!:.–—-]*| [a-zà-ÿ]+(?: [a-zà-ÿ]+)?\s*[,!])"
)
_NAME_AND_COMMA = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?,")
_GREETING_BEFORE = re.compile(
    rf"(?i:{_HELLO})(?: [A-ZÀ-Þ][\w'’-]*\.?){{0,3}}(?:\s*[,!]|\s[–—-])\s+(?=\w)"
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|many|my|warmest|kindest)? ?regards|best wishes|best|cheers"
    r"|(?:many |with |kind )?thanks(?: (?:again|so much|a lot|in advance))?"
    r"|thank you(?: (?:again|very much|so much|in advance))?|all the best|take care|talk soon"
    r"|(?:yours )?(?:sincerely|truly|faithfully)|speak soon|br|kr|rgds|mfg|lg|vg|bg|gruß|grüße"
    r"|mit freundlichen grüßen|(?:viele|beste|liebe|freundliche|herzliche|schöne) grüße(?: aus .+)?"
    r"|cordialement|bien à vous|saludos|un saludo|cordiali saluti)"
    r"(?:\s*[,.!–-]\s*[^\W\d_][\w .'’-]{0,40})?\s*[,.!–-]*",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?:sent (?:from|via) (?:my |mail |outlook|the ).*|get outlook for .*|von meinem .* gesendet.*"
    r"|gesendet von .*|envoyé de mon .*|diese nachricht wurde von .*gesendet)",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"confidential(?:ity)? (?:notice|information|and (?:may|intended))|vertrauliche informationen"
    r"|(?:this|the) (?:e-?mail|message)\b.{0,80}\b(?:confidential|intended|privileged|proprietary)"
    r"|not the intended recipient|bestimmungsgemäße empfänger|sitz der gesellschaft"
    r"|registergericht|amtsgericht .{0,40}\bhrb\b|\bhrb\s*\d|ust-?id|vat (?:no|id|reg)"
    r"|registered (?:office|in england)|company (?:no|number|registration)"
    r"|geschäftsführ(?:er|ung)\w*\s*:|consider the environment|denken sie an die umwelt"
    r"|\bunsubscribe\b|abmelden|originated (?:from )?outside|external (?:e-?mail|sender)"
    r"|all rights reserved|virus(?:es)? .{0,40}\bscanned",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"\W*p\.?\s?p?\.?s\b\.?\s*[:.,–-]?\s", re.IGNORECASE)
_SIGNATURE_LINES = 12
_NAME_LINES = 8


class Thread(NamedTuple):
    """The lines of a thread that say something, with their authors, and the people it names."""

    lines: tuple[Line, ...]
    people: tuple[Person, ...]
    letters: int  # how many of them begin with a header


def unthread(lines: Sequence[Line], *, author: Person | None = None) -> Thread:
    """Take a thread apart.

    A quoted line is its author's where the header above it says who that is (`On … wrote:`,
    `Von: … Gesendet: …`, a forwarding header), and nobody's where nothing does. Greetings,
    signatures and legal footers go, in letters whose author is known; the title in a signature
    becomes the author's role. A postscript stays, and so does the company's registered name.
    """
    letters = _letters(lines, author)
    kept: list[Line] = []
    people = [author] if author else []
    for letter in letters:
        told, role = _told(letter)
        kept += told
        people += letter.named
        if letter.author and (letter.author.name or letter.author.email):
            people.append(replace(letter.author, role=role) if role else letter.author)
    return Thread(tuple(kept), tuple(people), sum(letter.headed for letter in letters))


@dataclass
class _Letter:
    """Lines in a row by one author, at one depth of quotation."""

    author: Person | None
    quoted: bool
    lines: list[Line]
    headed: bool = False
    named: tuple[Person, ...] = ()


class _Header(NamedTuple):
    author: Person
    named: tuple[Person, ...]
    size: int  # lines it takes up


# --- taking apart


def _letters(lines: Sequence[Line], author: Person | None) -> list[_Letter]:
    stripped = [_stripped(line) for line in lines]
    authors: list[Person | None] = [author]
    answered: set[int] = set()  # depths at which an older letter begins without quote marks
    letters = [_Letter(author, False, [])]
    skip = 0
    for position, (depth, line) in enumerate(stripped):
        if skip:
            skip -= 1
            continue
        if header := _header(stripped, position):
            skip = header.size - 1
            below = _depth_below(stripped, position + header.size, depth)
            authors = [*authors[: depth + (below > depth)], *[None] * depth]
            authors[below:] = [header.author]
            answered = {d for d in answered if d < depth} | ({depth} if below == depth else set())
            quoted = below > 0 or below in answered
            letters.append(_Letter(header.author, quoted, [], headed=True, named=header.named))
        elif not _DIVIDER.fullmatch(line.text):
            by = authors[depth] if depth < len(authors) else None
            quoted = depth > 0 or depth in answered
            if line.text.strip() and (letters[-1].author, letters[-1].quoted) != (by, quoted):
                letters.append(_Letter(by, quoted, []))
            letters[-1].lines.append(line)
    return letters


def _stripped(line: Line) -> tuple[int, Line]:
    match = _QUOTED.match(line.text)
    if not match:
        return 0, line
    return match[1].count(">"), line._replace(text=line.text[match.end() :])


def _depth_below(stripped: Sequence[tuple[int, Line]], position: int, default: int) -> int:
    """Return how deeply the next line that says something is quoted."""
    for depth, line in stripped[position : position + 5]:
        if line.text.strip():
            return depth
    return default


def _header(stripped: Sequence[tuple[int, Line]], position: int) -> _Header | None:
    depth = stripped[position][0]
    near = [line.text for d, line in stripped[position : position + 8] if d == depth]
    return _wrote(near) or _fields(near) if near[0].strip() else None


def _wrote(near: Sequence[str]) -> _Header | None:
    for size in (1, 2, 3):
        text = " ".join(" ".join(near[:size]).split())
        if len(near) >= size and text.endswith(":") and _WROTE.fullmatch(text):
            name = _VERB.sub("", _WHEN.sub("", text).removesuffix(":"))
            return _Header(person_of(name.strip(" ,")), (), size)
    return None


def _fields(near: Sequence[str]) -> _Header | None:
    """Read `From: … Sent: … To: … Subject: …`, in any order, one below the other."""
    found: dict[str, str] = {}
    size = 0
    for text in near:
        match = _FIELD.fullmatch(text)
        if not match:
            break
        found[match["name"].lower()] = match["value"]
        size += 1
    sender = next((found[name] for name in found if name in _FROM), "")
    dated = {"sent", "gesendet", "envoyé", "date", "datum", "subject", "betreff", "objet", "asunto"}
    if size < 2 or not sender or not (dated & set(found) or "@" in sender):
        return None
    others = [value for name, value in found.items() if name in _TO]
    named = [person_of(one) for value in others for one in re.split(r";|,\s*(?=[^,]*[<@])", value)]
    return _Header(person_of(sender), tuple(p for p in named if p.name or p.email), size)


# --- what a letter tells


def _told(letter: _Letter) -> tuple[list[Line], str]:
    """Return the lines of a letter that say something, and the role in its signature."""
    lines = [
        line._replace(
            speaker=(letter.author.name or letter.author.email) if letter.author else "",
            quoted=letter.quoted,
        )
        for line in letter.lines
    ]
    if letter.author is None:
        return lines, ""
    lines = list(_without_legal(lines))
    end = _signature_at([line.text for line in lines], letter.author)
    body, signature = _unsigned(_without_greeting(lines[:end]), letter.author), lines[end:]
    told = [*body, *_companies(signature), *_postscripts(signature)]
    return told, _role(signature, letter.author)


def _without_legal(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out the paragraphs that only lawyers and devices write."""
    for paragraph in _paragraphs(lines):
        legal = any(_LEGAL.search(line.text) for line in paragraph)
        yield from (
            line._replace(text="") if legal or _DEVICE.fullmatch(line.text.strip()) else line
            for line in paragraph
        )


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in lines:
        if not line.text.strip() and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _signature_at(texts: Sequence[str], author: Person) -> int:
    """Return where the signature begins; the number of lines where there is none."""
    left = sum(bool(text.strip()) for text in texts)
    for position, text in enumerate(texts):
        stripped = text.strip()
        left -= bool(stripped)
        if stripped in {"--", "—"}:
            return position
        closes = left <= _SIGNATURE_LINES and _CLOSING.fullmatch(stripped)
        named = left <= _NAME_LINES and same_person(stripped.strip(" ,.-–"), author)
        if (closes or named) and not _goes_on(texts[position + 1 :]):
            return position
    return len(texts)


def _goes_on(texts: Sequence[str]) -> bool:
    """Tell whether a letter says more below what looks like its end, postscripts aside."""
    for text in texts:
        if _POSTSCRIPT.match(text):
            return False
        words = len(text.split())
        if words > 11 or (words > 5 and text.rstrip().endswith((".", "!", "?"))):
            return True
    return False


def _postscripts(signature: Sequence[Line]) -> Iterator[Line]:
    for paragraph in _paragraphs(signature):
        said = [line for line in paragraph if line.text.strip()]
        if said and _POSTSCRIPT.match(said[0].text):
            yield said[0]._replace(text="")
            yield from said


def _companies(signature: Sequence[Line]) -> Iterator[Line]:
    """Keep the line that says under which name and form the author's company is registered."""
    for line in signature:
        if registered_in(line.text):
            yield from (line._replace(text=""), line)
            return


def _without_greeting(lines: Sequence[Line]) -> list[Line]:
    kept = list(lines)
    first = next((i for i, line in enumerate(kept) if line.text.strip()), None)
    if first is None:
        return kept
    text = kept[first].text.strip()
    if _GREETING.fullmatch(text) or _NAME_AND_COMMA.fullmatch(text):
        return kept[:first] + kept[first + 1 :]
    if greeting := _GREETING_BEFORE.match(text):
        kept[first] = kept[first]._replace(text=text[greeting.end() :])
    return kept


def _unsigned(lines: Sequence[Line], author: Person) -> list[Line]:
    """Leave out the author's name where it stands at the end of the last line."""
    kept = list(lines)
    last = next((i for i in reversed(range(len(kept))) if kept[i].text.strip()), None)
    if last is not None:
        said, stop, name = kept[last].text.rstrip().rpartition(". ")
        if stop and same_person(name, author):
            kept[last] = kept[last]._replace(text=f"{said}.")
    return kept


def _role(signature: Sequence[Line], author: Person) -> str:
    """Return the title beside or below the author's name."""
    texts = [line.text.strip() for line in signature if line.text.strip()]
    for position, text in enumerate(texts):
        name, *cells = [cell.strip() for cell in re.split(r"\s*[|•·]\s*|\s+[-–—]\s+|,\s+", text)]
        if not same_person(name, author):
            continue
        below = [re.split(r"\s*[|•·]\s*", line)[0] for line in texts[position + 1 : position + 3]]
        for candidate in [*cells, *below]:
            if _is_title(candidate, author):
                return candidate.strip(" ,")
    return ""


def _is_title(text: str, author: Person) -> bool:
    named = author.name.split()[-1].lower() in text.lower()
    return has_role(text) and len(text) <= 70 and not named and not re.search(r"[@\d]", text)

"""HTML to blocks: what a reader of the page sees, and nothing else."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.sources.blocks import Block, BlockKind
from assistant.sources.decode import cleaned_lines
from assistant.sources.layout import blocks_of
from assistant.sources.limits import Limits
from assistant.sources.lines import Line
from assistant.sources.markup import LINE, Markup, prepared
from assistant.sources.styles import WHITE, Look, StyleSheet, is_gone, looked

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_UNREAD = frozenset(
    {
        *(
            "head",
            "template",
            "object",
            "embed",
            "canvas",
            "svg",
            "audio",
            "video",
            "map",
            "select",
        ),
        *("datalist", "button", "input", "progress", "meter", "dialog", "nav", "math", "title"),
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend", "summary", "dt"})
_PARTS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "div",
            "dl",
        ),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hr",
            "html",
            "li",
            "main",
        ),
        *(
            "menu",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
        ),
        *("ul", *_HEADINGS),
    }
)
_INSIDE_CELLS = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
_UNREAD_ROLES = frozenset(
    {"navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"}
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|usercentrics|didomi|cookiebot|breadcrumbs?|navbar"
    r"|skip-?link|skip-to-\w+|site-?footer|page-?footer|newsletter-popup)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DRAWN_BULLET = re.compile(r"\s*[·•▪‣◦§](?:\s+|$)")
_WHOLE = frozenset({"html", "body", "main", "article"})
_ROWS = frozenset({"row", "columns"})


@dataclass(frozen=True)
class Page:
    """What an HTML page tells."""

    blocks: tuple[Block, ...]
    written_on: date | None = None
    asks_for_password: bool = False
    warnings: tuple[str, ...] = ()


def read_page(html: str, limits: Limits) -> Page:
    """Return the blocks of an HTML page, with the lines where they begin.

    Left out is what is hidden (display, visibility, opacity, size, place or colour in the page's
    own styles; `hidden`, `aria-hidden`; comments, scripts, templates), and what is plainly no
    content: navigation, footers, consent banners, dialogs, form controls. Where the page marks
    its main part, only that is read. Styles in other files are not fetched.
    """
    from bs4 import BeautifulSoup

    markup = prepared(html, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a page of one address looks like an address
        soup = BeautifulSoup(markup.html, "html.parser", on_duplicate_attribute="ignore")
    reader = _Reader(
        StyleSheet(markup.styles),
        content=_above(soup, ("main", "article", "h1")),
        laid_out=_above(soup, _INSIDE_CELLS),
        valued=_above(soup, ("td",)),
    )
    reader.read(soup, _first_look(soup))
    main = [block for block, is_main in reader.blocks if is_main]
    return Page(
        blocks=tuple(main or (block for block, _ in reader.blocks)),
        written_on=_published(soup),
        asks_for_password=soup.find("input", type="password") is not None,
        warnings=tuple(_warnings(markup, reader)),
    )


def _warnings(markup: Markup, reader: _Reader) -> Iterator[str]:
    if markup.cut_by:
        yield f"only its first {markup.cut_by} were read"
    if reader.styles.is_exhausted:
        yield "its styles are too involved to tell what shows: the rest was not read"


def _first_look(soup: BeautifulSoup) -> Look:
    """Black on white, unless a style sheet in another file may say otherwise."""
    links = soup.find_all("link", limit=50)
    foreign = any("stylesheet" in str(link.get("rel", "")).lower() for link in links)
    return Look(background=None if foreign else WHITE)


def _published(soup: BeautifulSoup) -> date | None:
    for key in ("property", "name", "itemprop"):
        for name in ("article:published_time", "datePublished", "date", "dc.date"):
            tag = soup.find("meta", attrs={key: name})
            if tag is not None:
                try:
                    return date.fromisoformat(str(tag.get("content", ""))[:10])
                except ValueError:
                    continue
    return None


# --- reading in document order


class _Where(NamedTuple):
    """What holds for everything inside an element."""

    look: Look
    main: bool = False
    quoted: bool = False
    in_article: bool = False
    kind: BlockKind = "prose"
    indent: int = 0
    depth: int = 0
    preformatted: bool = False
    is_part: bool = False  # the element itself ends what was said before it


@dataclass
class _Reader:
    styles: StyleSheet
    content: frozenset[int]  # ids of the elements that hold the page's content
    laid_out: frozenset[int]  # ids of those that hold more than a cell of a table can say
    valued: frozenset[int]  # ids of those that hold cells other than headings
    blocks: list[tuple[Block, bool]] = field(default_factory=list)  # and whether in the main part
    broken: bool = False  # the next block stands behind a line break
    pieces: list[tuple[int, str]] = field(default_factory=list)  # of the block being read, by line
    line: int = 1

    def read(self, soup: BeautifulSoup, look: Look) -> None:
        """Walk the page with a stack of its own: pages nest deeper than Python calls."""
        from bs4 import Comment, Tag

        stack: list[tuple[Iterator[object], _Where]] = [(iter(soup.contents), _Where(look))]
        while stack and not self.styles.is_exhausted:
            children, where = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(where, stack[-1][1] if stack else where)
            elif isinstance(child, Tag):
                inside = self._enter(child, where)
                if inside:
                    stack.append((iter(child.contents), inside))
            elif isinstance(child, str):
                if where.look.shows and not isinstance(child, Comment):
                    self.pieces.append((self.line, child))
                self.line += child.count("\n")
        self._flush(_Where(look))

    def _enter(self, tag: Tag, where: _Where) -> _Where | None:
        """Return what holds inside a tag, None where it is passed over."""
        self.line = int(str(tag.get(LINE, "0"))) or self.line
        if tag.name in {"br", "wbr"}:
            self._break(tag.name, where)
            return None
        declared = self.styles.declared(tag, where.depth)
        if is_gone(declared) or _is_unread(tag, where, self.content):
            self.line += sum(text.count("\n") for text in tag.find_all(string=True))
            return None
        if tag.name in _PARTS and where.kind not in _ROWS:
            self._flush(where)
        attributes = {name: str(tag.get(name, "")).lower() for name in ("color", "bgcolor")}
        inside = _inside(tag, where)._replace(look=looked(where.look, declared, attributes))
        if tag.name == "tr" and id(tag) not in self.laid_out:
            return inside._replace(kind="row" if id(tag) in self.valued else "columns")
        if tag.name in {"td", "th"} and where.kind in _ROWS and self.pieces:
            self.pieces.append((self.line, " | "))
        return inside

    def _break(self, name: str, where: _Where) -> None:
        if name == "wbr":
            return
        if where.preformatted or where.kind in _ROWS:
            self.pieces.append((self.line, "\n" if where.preformatted else " "))
        else:
            self._flush(where)
            self.broken = True

    def _leave(self, inside: _Where, outside: _Where) -> None:
        row_ends = inside.kind in _ROWS and outside.kind not in _ROWS
        if row_ends or (inside.is_part and inside.kind not in _ROWS):
            self._flush(inside)

    def _flush(self, where: _Where) -> None:
        pieces, self.pieces = self.pieces, []
        broken, self.broken = self.broken, False
        lines = list(_lines(pieces, quoted=where.quoted)) if pieces else []
        lines = [line for line in lines if line.text.strip(" |")]
        if not lines:
            return
        if where.preformatted:
            self.blocks += [(block, where.main) for block in blocks_of(lines)]
            return
        kind = where.kind
        if kind == "prose" and (mark := _DRAWN_BULLET.match(lines[0].text)):
            kind, lines[0] = "bullet", lines[0]._replace(text=lines[0].text[mark.end() :])
        lasts = kind != "heading" or where.indent == 0
        block = Block(kind, tuple(lines), lasts, where.indent, after_break=broken)
        self.blocks.append((block, where.main))


def _above(soup: BeautifulSoup, names: tuple[str, ...]) -> frozenset[int]:
    """Return the ids of all elements that hold one of the named ones."""
    found: set[int] = set()
    for tag in soup.find_all(names):
        for parent in tag.parents:
            if id(parent) in found:
                break
            found.add(id(parent))
    return frozenset(found)


def _is_unread(tag: Tag, where: _Where, content: frozenset[int]) -> bool:
    if tag.name in _UNREAD or str(tag.get("aria-hidden", "")).lower() == "true":
        return True
    if tag.has_attr("hidden") or str(tag.get("role", "")).lower() in _UNREAD_ROLES:
        return True
    if tag.name == "footer":
        return not where.in_article
    named = f"{tag.get('id', '')} {_class_names(tag)}"
    furniture = tag.name not in _WHOLE and _FURNITURE.search(named)
    return bool(furniture) and id(tag) not in content


def _class_names(tag: Tag) -> str:
    value = tag.get("class") or ""
    return value if isinstance(value, str) else " ".join(value)


_KINDS: dict[str, Literal["heading", "bullet"]] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "bullet",
    "dd": "bullet",
}


def _inside(tag: Tag, where: _Where) -> _Where:
    name = tag.name
    lists = name in {"ul", "ol"}
    kind: BlockKind = _KINDS.get(name, where.kind)
    if name in _PARTS and name not in _KINDS and where.kind not in _ROWS:
        kind = "bullet" if where.kind == "bullet" and name in {"p", "div"} else "prose"
    indent = where.indent + 2 * lists
    if name == "dt":
        indent = -1
    return where._replace(
        main=where.main or name == "main" or str(tag.get("role", "")).lower() == "main",
        quoted=where.quoted or name == "blockquote",
        in_article=where.in_article or name in {"article", "blockquote", "li"},
        kind=kind,
        indent=indent if name != "dd" else 0,
        depth=where.depth + 1,
        preformatted=where.preformatted or name == "pre",
        is_part=name in _PARTS,
    )


def _lines(pieces: Sequence[tuple[int, str]], *, quoted: bool) -> Iterator[Line]:
    """Yield the lines of a block's source text, cleaned; inline elements run on."""
    number, said, glued = pieces[0][0], "", False
    for start, text in pieces:
        for offset, piece in enumerate(text.split("\n")):
            if start + offset != number:
                yield Line(number, _cleaned(said), quoted=quoted, glued=glued)
                spaced = offset > 0 or said[-1:].isspace() or piece[:1].isspace()
                number, said, glued = start + offset, "", not spaced
            said += piece
    yield Line(number, _cleaned(said), quoted=quoted, glued=glued)


def _cleaned(text: str) -> str:
    return " ".join(piece for pieces in cleaned_lines(text) for piece in pieces)


def page_as_lines(html: str, limits: Limits) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return an HTML message as lines of plain text, quotations marked by `>`, and warnings."""
    page = read_page(html, limits)
    lines: list[Line] = []
    for block in page.blocks:
        first = block.lines[0]
        mark = {"bullet": f"{' ' * max(0, block.indent - 2)}- ", "heading": "# "}.get(
            block.kind, ""
        )
        text = f"{'> ' if first.quoted else ''}{mark}{block.flow.text}"
        if block.kind not in {"bullet", "row"} and not block.after_break:
            lines.append(Line(first.number, "> " if first.quoted else ""))
        lines.append(Line(first.number, text))
    return tuple(lines), page.warnings

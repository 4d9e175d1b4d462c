"""HTML as it comes, made fit for a parser: in linear time, without scripts, comments and traps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.sources.limits import Limits

LINE = "data-line"  # attribute of each tag: the line of the source where it ends
# A quotation mark counts only behind an equals sign, as in browsers; so the match is linear.
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})((?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>])*+)>")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+))?")
_KEPT = frozenset(
    {
        *("style", "class", "id", "hidden", "aria-hidden", "role", "type", "color", "bgcolor"),
        *("rel", "property", "name", "content", "itemprop", "open"),
    }
)
_LONG_VALUE = 2_000  # characters
_TAIL = 50_000  # characters behind the last tag
_RAW = frozenset({"script", "style", "textarea", "iframe", "noembed", "noframes", "noscript"})
_ENDS_PARAGRAPH = frozenset(
    {
        *("address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl"),
        *(
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
        ),
        *("main", "menu", "nav", "ol", "p", "pre", "section", "table", "ul"),
    }
)


@dataclass
class Markup:
    """HTML that a parser gets through, its style sheets, and whether it was cut."""

    pieces: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    tags: int = 0
    characters: int = 0
    cut_by: str = ""  # the limit that was reached
    line: int = 1
    counted: int = 0  # characters of the source, up to where the lines are counted
    paragraph_open: bool = False
    items_open: list[bool] = field(default_factory=list)  # a list each

    @property
    def html(self) -> str:
        """The markup; each of its tags says in which line of the source it ends."""
        return "".join(self.pieces)

    def line_at(self, html: str, position: int) -> int:
        """Count the lines of the source up to a position; positions must not go back."""
        self.line += html.count("\n", self.counted, position)
        self.counted = position
        return self.line

    def skip(self, html: str, start: int, end: int) -> int:
        """Leave out a stretch of the source; return where it ends."""
        if "\n" in html[start:end]:
            self.pieces.append(f'<wbr {LINE}="{self.line_at(html, end)}">')
        return end


def prepared(html: str, limits: Limits) -> Markup:
    """Return the markup without scripts, comments, declarations and unclosed tags.

    Style sheets are set aside, elements that browsers close by themselves are closed, and tags
    keep only the attributes that say what shows. What comes after `limits.tags` tags or
    `limits.text_chars` characters of text and attributes is left out.
    """
    markup = Markup()
    lowered = html.lower() if len(html.lower()) == len(html) else html
    last_tag_end = html.rfind(">")
    position = 0
    while 0 <= (start := html.find("<", position)) < last_tag_end:
        markup.pieces.append(html[position:start])
        markup.characters += start - position
        if _is_full(markup, limits):
            return markup
        if tag := _TAG.match(html, start):
            position = _take_tag(markup, html, lowered, tag)
        elif html[start + 1 : start + 2] in {"!", "?"}:
            position = _skip_declaration(markup, html, start)
        else:
            markup.pieces.append("&lt;")
            position = start + 1
    markup.pieces.append(html[position : position + _TAIL].replace("<", "&lt;"))
    return markup


def _is_full(markup: Markup, limits: Limits) -> bool:
    markup.tags += 1
    if markup.tags > limits.tags:
        markup.cut_by = f"{limits.tags:,} tags"
    elif markup.characters > limits.text_chars:
        markup.cut_by = f"{limits.text_chars:,} characters"
    return bool(markup.cut_by)


def _take_tag(markup: Markup, html: str, lowered: str, tag: re.Match[str]) -> int:
    name = re.sub(r"[^a-z0-9:-]", "", tag[2].lower())
    if name in _RAW and not tag[1]:
        return _skip_raw(markup, html, lowered, name, tag.end())
    if tag[1]:
        _note_end(markup, name)
        markup.pieces.append(f"</{name}>")
        return markup.skip(html, tag.start(), tag.end())
    _close_before(markup, name)
    markup.pieces.append(_start_tag(name, tag[3], markup.line_at(html, tag.end())))
    markup.characters += len(markup.pieces[-1])
    return tag.end()


def _start_tag(name: str, attributes: str, line: int) -> str:
    kept = [f' {LINE}="{line}"']
    for key, value in _ATTRIBUTE.findall(attributes):
        if key.lower() in _KEPT:
            plain = value[1:-1] if value[:1] in {'"', "'"} else value
            if len(plain) > _LONG_VALUE:
                key, plain = "hidden", ""  # noqa: PLW2901  # nobody can tell what such a style does
            kept.append(f' {key.lower()}="{plain.replace(chr(34), "&quot;")}"')
    return f"<{name}{''.join(kept)}{'/' if attributes.endswith('/') else ''}>"


def _skip_raw(markup: Markup, html: str, lowered: str, name: str, start: int) -> int:
    """Leave out an element whose content is no markup; keep style sheets."""
    end = lowered.find(f"</{name}", start)
    end = len(html) if end < 0 else end
    if name == "style":
        markup.styles.append(html[start:end])
    close = html.find(">", end)
    return markup.skip(html, start, len(html) if close < 0 else close + 1)


def _skip_declaration(markup: Markup, html: str, start: int) -> int:
    mark = "-->" if html.startswith("<!--", start) else ">"
    end = html.find(mark, start + 2)
    return markup.skip(html, start, len(html) if end < 0 else end + len(mark))


def _close_before(markup: Markup, name: str) -> None:
    """Close what a browser would close here: a paragraph, or an item of the same list."""
    if markup.paragraph_open and name in _ENDS_PARAGRAPH:
        markup.pieces.append("</p>")
        markup.paragraph_open = False
    if name == "p":
        markup.paragraph_open = True
    elif name in {"ul", "ol"}:
        markup.items_open.append(False)
    elif name == "li" and markup.items_open:
        if markup.items_open[-1]:
            markup.pieces.append("</li>")
        markup.items_open[-1] = True


def _note_end(markup: Markup, name: str) -> None:
    if name in _ENDS_PARAGRAPH:
        markup.paragraph_open = False
    if name in {"ul", "ol"} and markup.items_open:
        markup.items_open.pop()
    elif name == "li" and markup.items_open:
        markup.items_open[-1] = False

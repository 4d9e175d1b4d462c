"""What a page's styles hide from its readers."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bs4 import Tag
    from soupsieve import SoupSieve

Declarations = dict[str, str]

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_AT_RULE = re.compile(r"@[\w-]+[^{};]*(?P<end>[;{])")
_FOR_EVERYONE = re.compile(
    r"@(?:layer|supports|media\s+(?:only\s+)?(?:screen|all)\s*\{)", re.IGNORECASE
)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]{1,300})")
_SIMPLE = re.compile(r"[a-zA-Z][\w-]*|[.#][\w-]+")
_COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+")
_COSTLY = re.compile(r"::|:has|:nth|:contains|:root|:dir|:lang")
_MAX_COMPOUNDS = 3
_MAX_STEPS = 300_000  # up the tree while matching: well under a second
_TELLING = frozenset(
    {
        *("display", "visibility", "opacity", "font-size", "font", "color", "background"),
        *("background-color", "background-image", "width", "height", "max-width", "max-height"),
        *("overflow", "overflow-x", "overflow-y", "clip", "clip-path", "position", "left", "right"),
        *("top", "text-indent", "margin-left", "transform", "content-visibility"),
    }
)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh|cm|mm|in|ch)?")
_OFF_SCREEN_PX = -500
_UNREADABLE_PX = 2
_MAX_RULES = 5_000
_MAX_INVOLVED = 400  # rules that hide and have to be tried on tags
_NAMES = {
    "white": "ffffff", "black": "000000", "snow": "fffafa", "ivory": "fffff0", "silver": "c0c0c0",
    "whitesmoke": "f5f5f5", "ghostwhite": "f8f8ff", "floralwhite": "fffaf0", "azure": "f0ffff",
    "mintcream": "f5fffa", "aliceblue": "f0f8ff", "seashell": "fff5ee", "gray": "808080",
    "grey": "808080", "lightgray": "d3d3d3", "lightgrey": "d3d3d3", "red": "ff0000",
    "green": "008000", "blue": "0000ff", "navy": "000080", "yellow": "ffff00",
}  # fmt: skip
_ALIKE = 24  # of 255 in each channel: nobody reads text that differs less from what is behind it


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int


WHITE = Colour(255, 255, 255)


@dataclass(frozen=True)
class Look:
    """How text shows at one place of a page; None is unknown."""

    colour: Colour | None = None
    background: Colour | None = None
    invisible: bool = False  # visibility, which children may undo
    too_small: bool = False
    transparent: bool = False

    @property
    def shows(self) -> bool:
        """Whether a reader can see text here."""
        if self.invisible or self.too_small or self.transparent:
            return False
        return self.colour is None or self.background is None or not _alike(*self._colours)

    @property
    def _colours(self) -> tuple[Colour, Colour]:
        return self.colour or WHITE, self.background or WHITE


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


class Rule(NamedTuple):
    """A rule whose selector has to be tried on each tag."""

    selector: SoupSieve
    compounds: int
    declarations: Declarations


class StyleSheet:
    """The rules of a page that can hide text on a screen."""

    def __init__(self, sheets: Sequence[str]) -> None:
        """Read the rules; what cannot be understood is left out."""
        self._plain: dict[str, Declarations] = {}  # by tag, .class or #id
        self._involved: dict[str, list[Rule]] = {}
        self._steps_left, self._involved_left = _MAX_STEPS, _MAX_INVOLVED
        for selector, declarations in islice(_rules("\n".join(sheets)), _MAX_RULES):
            for one in selector.split(","):
                self._add(one.strip(), declarations)

    @property
    def is_exhausted(self) -> bool:
        """Whether it took too long to tell what the rules hide; then nothing more is certain."""
        return self._steps_left < 0 or self._involved_left < 0

    def _add(self, selector: str, declarations: Declarations) -> None:
        if _SIMPLE.fullmatch(selector):
            key = selector if selector[0] in ".#" else selector.lower()
            self._plain.setdefault(key, {}).update(declarations)
        elif _hides(declarations):
            self._involved_left -= 1
            if self.is_exhausted:
                return
            compounds = _COMBINATOR.split(selector)
            if len(compounds) > _MAX_COMPOUNDS:
                compounds = compounds[-_MAX_COMPOUNDS:]
                selector = " ".join(compounds)
            if compiled := _compiled(selector):
                parts = re.findall(r"[.#][\w-]+|^[a-zA-Z][\w-]*", compounds[-1])
                key = min(parts, default="*")  # an id before a class before a tag
                rule = Rule(compiled, len(compounds), declarations)
                self._involved.setdefault(key, []).append(rule)

    def declared(self, tag: Tag, depth: int) -> Declarations:
        """Return what the rules and the tag itself declare for it; `depth` is how deep it lies."""
        found: Declarations = {}
        for key in (
            "*",
            tag.name,
            *(f".{name}" for name in _classes(tag)),
            f"#{tag.get('id', '')}",
        ):
            found |= self._plain.get(key, {})
            for rule in self._involved.get(key, ()):
                if self._selects(rule, tag, depth):
                    found |= rule.declarations
        return found | _declarations(str(tag.get("style", "")))

    def _selects(self, rule: Rule, tag: Tag, depth: int) -> bool:
        self._steps_left -= max(1, depth) ** (rule.compounds - 1)
        return self._steps_left >= 0 and rule.selector.match(tag)


def _hides(declared: Declarations) -> bool:
    """Tell whether a rule can hide by itself, whatever the colours are."""
    look = looked(Look(), declared, {})
    return is_gone(declared) or not look.shows


def _classes(tag: Tag) -> Sequence[str]:
    value = tag.get("class") or ()
    return value.split() if isinstance(value, str) else value


def _compiled(selector: str) -> SoupSieve | None:
    import soupsieve

    if len(selector) > 200 or _COSTLY.search(selector):
        return None
    try:
        return soupsieve.compile(selector)
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError):
        return None


def _rules(css: str) -> Iterator[tuple[str, Declarations]]:
    """Yield selectors with what they declare; rules for print or for some widths are left out."""
    plain = _COMMENT.sub(" ", css)
    position = 0
    while (opening := plain.find("{", position)) >= 0:
        at = _AT_RULE.search(plain, position, opening + 1)
        if at:
            entered = at["end"] == ";" or _FOR_EVERYONE.match(at[0])
            position = at.end() if entered else _block_end(plain, opening)
            continue
        closing = plain.find("}", opening)
        closing = len(plain) if closing < 0 else closing
        if declarations := _declarations(plain[opening + 1 : closing]):
            yield plain[position:opening].strip(" \t\r\n}"), declarations
        position = closing + 1


def _block_end(css: str, opening: int) -> int:
    depth = 0
    for brace in re.compile(r"[{}]").finditer(css, opening):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(css)


def _declarations(text: str) -> Declarations:
    plain = _ESCAPE.sub(_unescaped, _COMMENT.sub("", text[:5_000]))
    return {
        name.lower(): value.lower().replace("!important", "").strip()
        for name, value in _DECLARATION.findall(plain)
        if name.lower() in _TELLING
    }


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else ord(match[2])
    return chr(code) if code < 0xD800 else "\ufffd"


# --- what declarations do


def is_gone(declared: Declarations) -> bool:
    """Tell whether an element takes no room that a reader sees, with everything in it."""
    return (
        declared.get("display") == "none"
        or declared.get("content-visibility") == "hidden"
        or _number(declared.get("opacity", "1")) <= 0.05
        or _is_clipped(declared)
        or _is_off_screen(declared)
        or "scale(0" in declared.get("transform", "").replace(" ", "")
    )


def _is_clipped(declared: Declarations) -> bool:
    clip = declared.get("clip", "").replace(" ", "").replace("px", "")
    path = declared.get("clip-path", "").replace(" ", "")
    if clip.startswith(("rect(0,0,0,0", "rect(000", "rect(1,1,1,1")) or "inset(50%" in path:
        return True
    if "inset(100%" in path or "circle(0" in path:
        return True
    sizes = [
        declared[name]
        for name in ("width", "height", "max-width", "max-height")
        if name in declared
    ]
    cuts = any(
        "hidden" in declared.get(name, "") for name in ("overflow", "overflow-x", "overflow-y")
    )
    return cuts and any(-1 <= _pixels(size, unknown=99) <= 1 for size in sizes)


def _is_off_screen(declared: Declarations) -> bool:
    placed = declared.get("position") in {"absolute", "fixed"}
    names = ["text-indent", "margin-left", *(("left", "right", "top") if placed else ())]
    return any(_pixels(declared.get(name, ""), unknown=0) <= _OFF_SCREEN_PX for name in names)


def looked(look: Look, declared: Declarations, attributes: Mapping[str, str]) -> Look:
    """Return how text shows inside an element, from how it shows around it."""
    look = _coloured(look, declared, attributes)
    if "visibility" in declared:
        look = replace(look, invisible=declared["visibility"] in {"hidden", "collapse"})
    size = declared.get("font-size", "")
    if not size and (
        match := re.match(r"[^/]*?\b(\d*\.?\d+(?:px|pt|em|rem|%))", declared.get("font", ""))
    ):
        size = match[1]
    if size:
        relative = size.endswith(("em", "%")) and not size.endswith("rem")
        small = _pixels(size, unknown=99) < _UNREADABLE_PX
        look = replace(look, too_small=small or (look.too_small and relative))
    return look


def _coloured(look: Look, declared: Declarations, attributes: Mapping[str, str]) -> Look:
    behind = declared.get("background-color") or declared.get("background", "")
    behind = behind or attributes.get("bgcolor", "")
    if (
        "url(" in behind
        or "gradient" in behind
        or declared.get("background-image", "none") != "none"
    ):
        look = replace(look, background=None)
    elif behind and not _is_transparent(behind):
        look = replace(look, background=_colour(behind))
    front = declared.get("color") or attributes.get("color", "")
    if front and front not in {"inherit", "currentcolor"}:
        look = replace(look, colour=_colour(front), transparent=_is_transparent(front))
    return look


def _is_transparent(value: str) -> bool:
    if "transparent" in value:
        return True
    alpha = re.search(r"(?:rgba?|hsla?)\([^)]*[,/]\s*([\d.]+)(%?)\s*\)", value)
    many = alpha and (value.count(",") == 3 or "/" in value)
    return bool(alpha and many and _number(alpha[1]) <= (5 if alpha[2] else 0.05))


def _colour(value: str) -> Colour | None:
    if match := re.search(r"#([0-9a-f]{3,8})\b", value):
        return _hex(match[1])
    if match := re.search(r"rgba?\(\s*([\d.]+)(%?)[\s,]+([\d.]+)%?[\s,]+([\d.]+)", value):
        scale = 2.55 if match[2] else 1
        return Colour(*(min(255, round(_number(match[i]) * scale)) for i in (1, 3, 4)))
    if match := re.search(r"hsla?\(\s*([\d.]+)(?:deg)?[\s,]+([\d.]+)%[\s,]+([\d.]+)%", value):
        hue, saturation, light = (_number(match[i]) for i in (1, 2, 3))
        rgb = colorsys.hls_to_rgb(hue % 360 / 360, min(1, light / 100), min(1, saturation / 100))
        return Colour(*(round(channel * 255) for channel in rgb))
    named = next((word for word in re.findall(r"[a-z]+", value) if word in _NAMES), "")
    return _hex(_NAMES[named]) if named else None


def _hex(digits: str) -> Colour | None:
    if len(digits) in {3, 4}:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in {6, 8}:
        return None
    return Colour(*(int(digits[i : i + 2], 16) for i in (0, 2, 4)))


def _number(text: str) -> float:
    try:
        return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return 1.0


def _pixels(value: str, *, unknown: float) -> float:
    match = _LENGTH.fullmatch(value.strip())
    if not match:
        return unknown
    factor = {"em": 16, "rem": 16, "%": 0.16, "pt": 1.33, "vw": 10, "vh": 10, "ch": 8, "in": 96}
    return float(match[1]) * factor.get(match[2] or "px", 38 if match[2] in {"cm", "mm"} else 1)

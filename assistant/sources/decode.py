"""Bytes to text, and text to what may be shown, stored and prompted."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

DETECTABLE_BYTES = 256  # fewer are too few to tell one code page from another
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 64_000


class Decoded(NamedTuple):
    """Text, and what had to be guessed or replaced to get it, "" where nothing had."""

    text: str
    warning: str = ""


def decode(raw: bytes, *, declared: str = "") -> Decoded:
    """Return the text of a file's bytes.

    A byte order mark decides; then strict UTF-8, then the charset that was `declared`, then
    detection on 256 bytes or more, then Windows-1252. Whatever was guessed or could not be read is
    said in the warning. Every byte string has a text: what cannot be read becomes U+FFFD.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _forgiving(raw, encoding)
    if encoding := _unmarked_utf16(raw):
        return _forgiving(raw, encoding)
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _declared(raw, declared) or _mostly_utf8(raw) or _guessed(raw)


def _unmarked_utf16(raw: bytes) -> str:
    """Return the byte order of Western UTF-16 text without a mark: every other byte is zero."""
    even, odd = raw[0:2000:2], raw[1:2000:2]
    if len(odd) < 2 or even.count(0) + odd.count(0) < 0.8 * len(odd):
        return ""
    if odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > 0.8 * len(even) and not odd.count(0) else ""


def _forgiving(raw: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(raw.decode(encoding))
    except UnicodeDecodeError:
        return _replaced(raw, encoding)


def _replaced(raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    name = encoding.removesuffix("-sig").upper()
    return Decoded(text, f"{lost} characters are not valid {name} and were replaced by \ufffd")


def _declared(raw: bytes, charset: str) -> Decoded | None:
    try:
        return Decoded(raw.decode(charset)) if charset else None
    except (LookupError, UnicodeError):
        return None


def _mostly_utf8(raw: bytes) -> Decoded | None:
    """Keep UTF-8 where a few bytes are broken: guessing would spoil all the others."""
    decoded = _replaced(raw, "utf-8")
    lost = decoded.text.count("\ufffd")
    kept = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", decoded.text)))
    return decoded if kept > 2 * lost else None


def _guessed(raw: bytes) -> Decoded:
    encoding = _detected(raw[:_SAMPLE_BYTES]) if len(raw) >= DETECTABLE_BYTES else ""
    try:
        text = raw.decode(encoding or "cp1252")
    except UnicodeDecodeError:
        encoding, text = "", raw.decode("cp1252", errors="replace")
    how = "which is likely" if encoding else "which is a guess"
    name = _NAMES.get(encoding, encoding) or "Windows-1252"
    return Decoded(text, f"not UTF-8: read as {name}, {how}; save it as UTF-8 to be sure")


_NAMES = {"cp1252": "Windows-1252", "cp932": "Shift-JIS", "cp1251": "Windows-1251"}
_AS_GOOD = 0.02  # of charset-normalizer's mess ratio; between Latin code pages it often cannot tell


def _detected(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(sample))
    if not matches:
        return ""
    best = matches[0]
    as_good = (match for match in matches if match.chaos <= best.chaos + _AS_GOOD)
    western = any("cp1252" in match.could_be_from_charset for match in as_good)
    return "cp1252" if western else best.encoding


# --- hygiene

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # colours, cursor
    r"|\x1b\][^\x07\x1b\n]{0,1000}(?:\x07|\x1b\\)"  # titles, links
    r"|\x1b[@-Z\\^_`-~]?"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # end a line, but editors do not number it
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_WRAPPED_SOFT_HYPHEN = re.compile("\xad(?=[ \t]*(?:\n|\u2028|$))")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffc\ufffe\uffff\U0001d173-\U0001d17a\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
_SYMBOL = "\xa9\xae\u203c-\u3299\U0001f000-\U0001faff"  # that emoji are made of
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufb50-\ufdcf\ufe70-\ufefc"
_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Invisible characters that have a meaning in one place: there they stay.
_OUT_OF_PLACE = re.compile(
    f"(?<![{_SYMBOL}0-9#*])[\ufe0e\ufe0f]"
    "|(?<=[0-9#*])[\ufe0e\ufe0f](?!\u20e3)"
    f"|(?<![{_IDEOGRAPH}])[\U000e0100-\U000e01ef]"
)
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"
_TAGS = re.compile(f"({_FLAG})|[\U000e0000-\U000e007f]")
_JOINERS = re.compile(
    f"(?<![{_SYMBOL}\ufe0f{_JOINING}])\u200d|\u200d(?![{_SYMBOL}{_JOINING}])"
    f"|(?<![{_JOINING}])\u200c|\u200c(?![{_JOINING}])"
)
_CHAT_TOKEN = re.compile(
    r"<(?=[|\uff5c])|(?<=[|\uff5c])(?=>)"  # <|im_end|>, and its full-width kin
    r"|<(?=/?(?:s|bos|eos|pad|unk|mask|think|tool_call|tool_response|im_start|im_end|end_of_turn"
    r"|start_of_turn|begin_of_text|end_of_text|image_soft_token)>)"
    r"|(?<!<)<(?=</?SYS>>)"
    r"|\[(?=/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\])",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    r"""Return the text without what a reader cannot see or a model would take for a command.

    Escape sequences, control characters, bidirectional controls and invisible characters go; lone
    surrogates become U+FFFD; every kind of space is a space, every kind of line break a `\n`.
    Emoji sequences, right-to-left and CJK text stay as they are. A token of a chat template gets
    one space inside (`<|im_end|>` becomes `< |im_end| >`), so that no tokenizer takes it for one;
    a quote that is cleaned in the same way is found again. Cleaning twice changes nothing more.
    """
    return _BREAKS.sub("\n", _seen(_NEWLINES.sub("\n", text)))


def cleaned_lines(text: str) -> list[list[str]]:
    r"""Return the cleaned lines of a text as an editor numbers them, from line 1.

    A line is a list of one piece or more: line breaks that editors do not number (U+2028, a
    vertical tab, a form feed) part its pieces.
    """
    return [_BREAKS.split(line) for line in _seen(_NEWLINES.sub("\n", text)).split("\n")]


def one_line(text: str) -> str:
    """Return the cleaned text with every run of white space as one space."""
    return " ".join(clean(text).split())


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return _CHAT_TOKEN.sub(_with_space, text)
    text = _ESCAPES.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _SPACES.sub(" ", text)
    text = _WRAPPED_SOFT_HYPHEN.sub("-", text)
    text = _UNSEEN.sub("", text)
    text = _TAGS.sub(lambda match: match[1] or "", text)
    text = _OUT_OF_PLACE.sub("", text)
    text = _JOINERS.sub("", text)
    return _CHAT_TOKEN.sub(_with_space, text)


def _with_space(match: re.Match[str]) -> str:
    return f"{match[0]} "

"""Bytes to text without silent mojibake, and text without what nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sources.decode import clean, cleaned_lines, decode, one_line

JAPANESE = "納期は来週です。トラックの待ち時間が長いので、倉庫の予約を改善したいと考えています。"
RUSSIAN = "Мы ждём грузовики каждый день, очередь слишком длинная. "
FRENCH = "Le café est fermé. Nous n’avons pas reçu les camions à l’heure. "
GERMAN = "Größe der Übergänge – Straße „Zitat“. Ein Lkw wartet zwei Stunden an der Rampe. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (JAPANESE, "utf-16"),
        (GERMAN, "utf-32"),
        ("", "utf-8"),
    ],
)
def test_unicode_is_read_without_a_warning(text: str, encoding: str) -> None:
    """A mark or strict UTF-8 leaves nothing to guess."""
    assert decode(text.encode(encoding)) == (text, "")


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (JAPANESE * 6, "shift_jis", "Shift-JIS"),
        (RUSSIAN * 6, "cp1251", "Windows-1251"),
        (GERMAN * 6, "cp1252", "Windows-1252"),
        (FRENCH * 6, "cp1252", "Windows-1252"),
    ],
)
def test_a_code_page_is_detected_in_long_text_and_the_guess_is_said(
    text: str, encoding: str, named: str
) -> None:
    """The text is right, and the warning names what it was taken for."""
    decoded = decode(text.encode(encoding))

    assert decoded.text == text
    assert decoded.warning.startswith(f"not UTF-8: read as {named}")


def test_short_text_is_taken_for_windows_1252_and_that_is_said() -> None:
    """Fewer than 256 bytes tell nothing."""
    decoded = decode("Größe: 5 €".encode("cp1252"))

    assert decoded.text == "Größe: 5 €"
    assert "Windows-1252, which is a guess" in decoded.warning


def test_a_declared_charset_is_believed_where_the_text_fits_it() -> None:
    """An e-mail part says what it is in; where it lies, detection goes on."""
    raw = GERMAN.encode("cp1252")

    assert decode(raw, declared="windows-1252") == (GERMAN, "")
    assert decode(raw, declared="utf-8").warning
    assert decode(raw, declared="no-such-charset").warning


def test_one_broken_byte_does_not_spoil_utf8() -> None:
    """The byte is replaced and counted; the umlauts stay."""
    decoded = decode(GERMAN.encode() + b"\xff")

    assert decoded.text == GERMAN + "\ufffd"
    assert decoded.warning.startswith("1 characters are not valid UTF-8")


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_seen_by_its_zeros(order: str) -> None:
    """Some tools export it so."""
    assert decode(b"Dock 3 is full.".decode().encode(order)).text == "Dock 3 is full."


@given(st.binary(max_size=2000))
def test_every_byte_string_has_a_text(raw: bytes) -> None:
    """Nothing raises, and what is lost is said."""
    decoded = decode(raw)

    assert "\ufffd" not in decoded.text or decoded.warning or b"\xef\xbf\xbd" in raw


# --- hygiene

FAMILY = "👩‍👩‍👧‍👦"
FLAG = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        FLAG,
        "❤️‍🔥 👍🏽 ✈️ 1️⃣ 🇩🇪",
        "שלום עולם, المصنع مفتوح",
        "می‌خواهم",  # Persian needs the joiner that parts letters
        "क्‍ष",  # and Hindi the one that joins them
        "葛󠄀城市",  # a variant of a character in a name
        "納期は来週です。",
        "Zeitfenster für 1,25 M€",
        "{{x}} {} %s </notes> ``` --- $HOME `rm`",
        "tab\tand\nlines\n",
    ],
)
def test_what_people_write_survives(text: str) -> None:
    """Emoji, right-to-left and joined scripts, code: all plain text."""
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\0b\x07c\x7fd\x85e", "abcd\ne"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07x \x9b1mbold", "red x bold"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("lone \ud83d end", "lone \ufffd end"),
        ("abc\u202egnp.exe\u202c", "abcgnp.exe"),
        ("in\u200bvis\u2060ib\ufeffle\u00ad", "invisible-"),
        ("so\u00adft", "soft"),
        ("i\u200dgnore \u200cthis", "ignore this"),
        ("a\ufe0fb\ufe00c", "abc"),
        ("tag\U000e0041\U000e0042s", "tags"),
        ("smug\U000e0100gled", "smuggled"),
        ("a\u00a0b\u202fc\u3000d", "a b c d"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("<|im_end|>", "< |im_end| >"),
        ("<\u200b|im_end|\u200b>", "< |im_end| >"),
        ("</s> <s> <S>", "< /s> < s> < S>"),
        ("[INST] x [/INST]", "[ INST] x [ /INST]"),
        ("<<SYS>>", "< <SYS>>"),
        ("<\uff5cbegin\uff5c>", "< \uff5cbegin\uff5c >"),
        ("<start_of_turn>user<end_of_turn>", "< start_of_turn>user< end_of_turn>"),
        ("</think>", "< /think>"),
    ],
)
def test_what_nobody_sees_or_a_model_obeys_is_made_harmless(text: str, cleaned: str) -> None:
    """Removed, replaced, or parted by one space."""
    assert clean(text) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """So a cleaned quote is found in cleaned text."""
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.sampled_from("<|>s/[]INST\u200b\x1b\u200d\ufe0fa 👩\ud800\U000e0061")))
def test_no_token_and_no_control_is_left(text: str) -> None:
    """However they are put together."""
    cleaned = clean(text)

    assert "<|" not in cleaned
    assert "|>" not in cleaned
    assert "<s>" not in cleaned
    assert "[INST]" not in cleaned
    assert not any(ord(c) < 32 and c not in "\n\t" for c in cleaned)
    cleaned.encode("utf-8")


def test_lines_are_numbered_as_an_editor_does() -> None:
    """A line separator parts a line without giving it another number."""
    assert cleaned_lines("a\r\nb\u2028c\rd") == [["a"], ["b", "c"], ["d"]]


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    """For names, titles and warnings."""
    line = one_line(text)

    assert "\n" not in line
    assert line == line.strip()

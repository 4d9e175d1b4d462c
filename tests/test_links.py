"""Links: nothing leads out but the cited cards' sources, and nothing is active."""

from __future__ import annotations

from datetime import date

import pytest
from conversation import conversation, said
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.links import check_links
from assistant.evidence import Evidence
from assistant.knowledge.card import CardSource
from assistant.testing import an_evidence, an_insight

STUDY = "https://data.example.org/dock-study-2025"


def evidence() -> Evidence:
    source = CardSource(title="Study", publisher="Sample", date=date(2025, 1, 1), url=STUDY)
    return an_evidence(
        an_insight("study", sources=(source,)),
        dossier=conversation(emails=("dana@tidewater.example",)),
    )


def messages(text: str, *cited: str) -> list[str]:
    return [f.message for f in check_links([said(text, *cited)], evidence())]


@pytest.mark.parametrize(
    "text",
    [
        "Write to dana@tidewater.example, or Dana@Tidewater.example.",
        "It waits from 10.30 to 11.15, e.g. in room 2.14, i.e. at the gate, etc. and so on.",
        "Dr.Ahlers said so.The next sentence has no space before it.",
        "Less < more > less, 5 <6, a<b, and/or, either/or, 24/7, A/B.",
        "A & B, 100 % sure: yes! [sic] (really) *bold* _under_ #1 `code`",
        "Data: the file: the first. About: nothing. Data: 18 %; file: 3 of 4; tel: none.",
        "The ratio was 3:1 at 10:30; version 1.2.3 runs.",
        "Zeitfenster für Müller, naïve café, 日本語, emoji 👩‍👩‍👧 and the word\nnext line.",
    ],
)
def test_plain_prose_passes(text: str) -> None:
    """Dots, slashes, marks and known addresses are no links."""
    assert messages(text) == []


def test_the_source_of_a_cited_card_may_be_linked() -> None:
    """Bare or as a Markdown link, with or without a slash; and only where the card is cited."""
    assert messages(f"See {STUDY}.", "study") == []
    assert messages(f"See [the study]({STUDY}/).", "study") == []
    assert messages("See data.example.org/dock-study-2025", "study") == []
    assert messages(f"See {STUDY}.", "F1") == [f"{STUDY}. is not a source of a cited card"]
    assert messages(f"See {STUDY}?to=evil", "study") != []


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://evil.example/x.png)",
        "![x][1]",
        "! [x](data:image/png;base64,AAAA)",
        "about:blank",
        "tel:+12515550142",
        "<img src=x onerror=alert(1)>",
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<!-- hidden -->",
        "<a href='x'>",
        "<svg/onload=alert(1)>",
        "&lt;img src=x&gt;",
        "&#60;script&#62;",
        "[click](javascript:alert(1))",
        "javascript:alert(document.cookie)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "file:///etc/passwd",
        "https://evil.example/x",
        "http://evil.example",
        "ftp://evil.example/x",
        "//evil.example/x",
        "www.evil.example",
        "evil.com",
        "go to evil.example/path now",
        "https%3A%2F%2Fevil.example%2Fx",
        "evil[.]example",
        "ｅｖｉｌ．ｃｏｍ",
        "ev\u200bil.com",
        "http://169.254.169.254/latest",
        "169.254.169.254/latest",
        "localhost:8080",
        "[x]: https://evil.example",
        "[text][1]",
        "\\\\server.evil\\share",
        "mallory@evil.example",
        "mailto:mallory@evil.example",
        "xn--vil-9na.com",
        "hidden\x1b[31m red",
        "null\x00byte",
        "right\u202eto left",
        "zero\u200bwidth",
        "tags \U000e0041\U000e0042",
    ],
)
def test_whatever_leads_elsewhere_or_could_do_something_is_an_error(text: str) -> None:
    """Plain, encoded, escaped, wide or hidden."""
    found = check_links([said(text)], evidence())

    assert found
    assert {f.check for f in found} == {"links"}
    assert {f.severity for f in found} == {"error"}


def test_the_finding_shows_what_it_found() -> None:
    """So that a seller sees it at once."""
    assert messages("See http://evil.example/x now") == [
        "http://evil.example/x is not a source of a cited card"
    ]
    assert messages("Ask mallory@evil.example") == [
        "mallory@evil.example is an e-mail address that no source holds"
    ]
    assert messages("a\x1b[0m") == ["holds a control code (U+001B)"]


@given(st.text(max_size=120))
def test_any_text_can_be_checked(text: str) -> None:
    """No text breaks the check."""
    assert all(f.check == "links" for f in check_links([said(text)], evidence()))

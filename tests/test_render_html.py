"""The HTML page: self-contained, inert, accessible, and it fits on two pages of paper."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from hostile import ATTACK, hostile_brief
from tidewater import tidewater_brief

from assistant.brief import Brief
from assistant.render import to_html


def page(brief: Brief | None = None) -> BeautifulSoup:
    return BeautifulSoup(to_html(brief or tidewater_brief()), "html.parser")


def tags(soup: BeautifulSoup) -> set[str]:
    return {tag.name for tag in soup.find_all(True)}


def test_the_page_holds_only_plain_elements() -> None:
    """No script, image, frame, form or object, whatever the texts hold."""
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section"),
        *("div", "footer", "h1", "h2", "h3", "p", "ul", "ol", "li", "a", "b", "i", "span", "bdi"),
        *("details", "summary"),
    }

    assert tags(page()) <= allowed
    assert tags(page(hostile_brief())) == tags(page())


def test_an_attack_makes_no_element_and_no_attribute() -> None:
    """The hostile page has the same elements and attributes as the plain one, one for one."""

    def skeleton(soup: BeautifulSoup) -> list[tuple[str, tuple[str, ...]]]:
        return [(tag.name, tuple(sorted(tag.attrs))) for tag in soup.body.find_all(True)]

    assert skeleton(page(hostile_brief())) == skeleton(page())


def test_an_attack_is_shown_as_it_was_written() -> None:
    """Nothing is silently dropped: the seller sees that the text is odd."""
    shown = page(hostile_brief()).get_text()

    for kept in ("<script>alert(1)</script>", "![x](https://evil.example/p.png)", "&lt;b&gt;"):
        assert kept in shown


@pytest.mark.parametrize("brief", [tidewater_brief(), hostile_brief()], ids=["plain", "hostile"])
def test_every_link_stays_on_the_page_and_has_a_target(brief: Brief) -> None:
    """There is no address of elsewhere in any attribute, and each mark finds its note."""
    soup = page(brief)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    links = [tag["href"] for tag in soup.find_all("a")]

    assert len(ids) == len(set(ids))
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert not soup.find_all(src=True)


def test_the_security_policy_allows_the_style_sheet_by_its_hash_and_nothing_else() -> None:
    """A changed style sheet would not apply; a script would not run."""
    soup = page()
    meta = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(meta, Tag)
    style = soup.style.string
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert meta["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert soup.head.find_all(True)[1] is meta  # right after the encoding, before anything loads


def test_no_style_is_inline_and_the_sheet_loads_nothing() -> None:
    """An inline style would be refused by the policy, an import would be a request."""
    soup = page(hostile_brief())

    assert not soup.find_all(style=True)
    assert not re.search(r"url\(|@import|expression", soup.style.string)


def test_evidence_is_on_hover_and_in_the_notes() -> None:
    """The same words, twice: at once, and for those who cannot hover."""
    soup = page()
    mark = soup.find("a", string="S1:16")
    assert isinstance(mark, Tag)
    note = soup.find(id=str(mark["href"])[1:])

    quote = (
        "“Detention cost us $1.4 million last year, and I can't tell you which dock it came from.”"
    )
    assert mark["title"] == f"intro-call-notes.md, line 16: {quote} (Dana, the customer’s words)"
    assert quote in note.get_text()


def test_headings_go_down_one_step_at_a_time() -> None:
    """One h1, and no level skipped: a screen reader lists them."""
    levels = [int(tag.name[1]) for tag in page().find_all(["h1", "h2", "h3"])]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_states_its_language_and_lets_each_text_run_its_own_way() -> None:
    """Hebrew in a note is set from the right."""
    soup = page(hostile_brief())

    assert soup.html["lang"] == "en"
    assert all(li.find("bdi") for li in soup.select(".notes li"))
    assert all(span["dir"] == "auto" for span in soup.select(".line > span.say"))


def test_words_to_be_said_are_set_apart() -> None:
    """They have a bar beside them, which needs no color, and nothing else has one."""
    soup = page()
    barred = soup.select(".line.said")

    assert re.search(r"\.said \{ border-left: ", soup.style.string)
    said = [tag.select_one(".say").get_text() for tag in barred]
    assert any(text.startswith("Assuming we successfully accomplish") for text in said)
    assert not any(text.startswith("To hear the problem") for text in said)
    assert len(barred) == len(soup.select(".say"))


def test_marks_stand_after_the_words_to_be_said() -> None:
    """A sentence is read out without stumbling over its sources."""
    said = page().select(".line.said")

    for line in said:
        parts = [part for part in line.children if isinstance(part, Tag)]
        marks = [part for part in parts if part.get("class") == ["marks"]]
        assert not [part for part in parts if part.get("class") == ["mark"]]
        assert not marks or parts.index(marks[0]) > parts.index(line.select_one(".say"))


def test_each_step_of_an_answer_has_its_own_line_on_paper() -> None:
    """In a call nobody finds `Proof` in the middle of a paragraph, or over the page."""
    soup = page()
    answers = soup.select("li.whole")

    assert len(answers) == len(tidewater_brief().core.anticipate)
    assert re.search(r"\.whole,[^{]*\{ break-inside: avoid; \}", soup.style.string)
    assert not [line for flow in soup.select("li.flows") for line in flow.select(".said")]


def test_reasons_of_questions_are_for_the_screen() -> None:
    """Paper holds what is said and what it rests on."""
    soup = page()
    printed = soup.style.string.split("@media print")[1]

    assert ".unprinted { display: none; }" in printed
    assert {tag.get_text() for tag in soup.select(".unprinted")} == {
        "The sources do not say.",
        "To hear the problem in their own words, and its cause.",
        "To hear what it costs, and whom.",
        "To hear from them what solving it would be worth.",
    }


def test_what_is_looked_up_folds_on_a_small_screen_only() -> None:
    """A fold hides nothing by itself: paper, wide screens and old browsers show all of it."""
    soup = page()
    titles = [tag.find(["h2", "h3"]).get_text() for tag in soup.select(".folds")]

    assert [title.split(",")[0] for title in titles] == ["How each objective is judged", "Notes"]
    assert all(not fold.find_all(["ul", "ol", "p"]) for fold in soup.find_all("details"))
    small = soup.style.string.split("@media screen and (max-width")[1].split("@media")[0]
    assert "details:not([open]) + :not(:has(:target)) { display: none; }" in small


def test_notes_and_gaps_begin_a_sheet_of_their_own() -> None:
    """The brief itself has two pages."""
    soup = page()
    backing = soup.select_one(".backing")

    assert [tag["id"] for tag in backing.find_all("section", id=True)] == ["gaps", "notes"]
    assert re.search(r"\.backing \{[^}]*break-before: page;", soup.style.string)


def test_the_page_has_rules_for_paper_dark_and_small_screens() -> None:
    """One file serves laptop, phone and printer."""
    soup = page()

    assert "@media print" in soup.style.string
    assert "prefers-color-scheme: dark" in soup.style.string
    assert soup.find("meta", attrs={"name": "viewport"})


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    digits = color.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "say"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
def test_every_ink_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    """4.5 to 1 at least (WCAG 2.2, 1.4.3), in light, dark and on paper."""
    themes = re.findall(r":root \{([^}]*)\}", page().style.string)
    assert len(themes) == 3

    for theme in themes:
        colors = dict(re.findall(r"--(\w+): (#\w+)", theme))
        assert _contrast(colors[ink], colors[ground]) >= 4.5


@pytest.mark.parametrize(
    ("concerns", "size"), [(0, "roomy"), (4, "plain"), (6, "dense"), (9, "denser"), (30, "densest")]
)
def test_a_longer_brief_is_printed_smaller(concerns: int, size: str) -> None:
    """Two pages hold it either way."""
    brief = tidewater_brief()
    many = (brief.core.anticipate * 6)[:concerns]
    core = brief.core.model_copy(update={"anticipate": many})

    assert page(brief.model_copy(update={"core": core})).body["class"] == [size]


def test_the_attack_is_one() -> None:
    """The hostile brief really carries active HTML, links and control codes."""
    assert "<script>" in ATTACK
    assert "\x1b" in ATTACK
    assert str(hostile_brief()).count("evil.example") > 500

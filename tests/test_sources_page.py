"""HTML: what a reader of the page sees, with the lines where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.sources import Fetched, Limits, Source, read_sources
from assistant.sources.page import read_page
from assistant.sources.passages import passages_of


def read(folder: Path, html: str, **limits: int) -> Source:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    seen = folder / "seen.txt"
    seen.write_text("Beside the page.", encoding="utf-8")
    return read_sources([str(path), str(seen)], limits=Limits(**limits))[0]


def texts(source: Source) -> list[str]:
    return [passage.text for passage in source.passages]


def headed(source: Source) -> list[tuple[str, str]]:
    return [(passage.heading, passage.text) for passage in source.passages]


def test_paragraphs_lists_and_tables_become_statements(tmp_path: Path) -> None:
    """Headings and columns come with them."""
    html = """<!DOCTYPE html>
<title>Ignored</title>
<h1>Our docks</h1>
<p>We have <b>640</b> doors. They are
   busy.</p>
<ul><li>Boise<li>Ogden <ul><li>opens 2027</ul></ul>
<h2>Loads</h2>
<table><tr><th>Month<th>Loads</tr><tr><td>Oct<td>131</tr><tr><td>Nov<td>140</tr></table>
<dl><dt>Founded<dd>1994 in Boise</dl>
<p>First<br>second</p>
"""

    source = read(tmp_path, html)

    assert headed(source) == [
        ("Our docks", "We have 640 doors."),
        ("Our docks", "They are busy."),
        ("Our docks", "Boise"),
        ("Our docks", "Ogden"),
        ("Our docks", "opens 2027"),
        ("Loads / Month | Loads", "Oct | 131"),
        ("Loads / Month | Loads", "Nov | 140"),
        ("Founded", "1994 in Boise"),
        ("Loads", "First"),
        ("Loads", "second"),
    ]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """Tags, comments and scripts over several lines do not shift them."""
    html = """<html><head><script>
var a;
</script></head><body><!-- one
two --><p
  class="x"
>First here. <i
>Second</i
> there,
third line. Fourth.</p>
<p hidden>
gone
</p>after it</body>"""
    lines = html.split("\n")

    source = read(tmp_path, html)

    assert [(p.text, p.line) for p in source.passages] == [
        ("First here.", 6),
        ("Second there, third line.", 7),
        ("Fourth.", 9),
        ("after it", 12),
    ]
    assert all(p.text.split()[0] in lines[p.line - 1] for p in source.passages)


HIDING = {
    "display": '<p style="display:none">X</p>',
    "display in capitals": '<p STYLE="DISPLAY : None !important">X</p>',
    "display escaped": r'<p style="display:no\6e e">X</p>',
    "display by entity": '<p style="display&#58;none">X</p>',
    "display with a comment": '<p style="display:/**/none">X</p>',
    "the first of two styles": '<p style="display:none" style="">X</p>',
    "visibility": '<p style="visibility:hidden">X</p>',
    "opacity": '<p style="opacity:0">X</p>',
    "size": '<p style="font-size:0">X</p>',
    "tiny size": '<p style="font-size:1px">X</p>',
    "size in em below zero": '<div style="font-size:0"><p style="font-size:2em">X</p></div>',
    "box": '<p style="height:0;overflow:hidden">X</p>',
    "clip": '<p style="position:absolute;clip:rect(0 0 0 0)">X</p>',
    "place": '<p style="position:absolute;left:-9999px">X</p>',
    "indent": '<p style="text-indent:-9999px">X</p>',
    "scale": '<p style="transform:scale(0)">X</p>',
    "colour": '<p style="color:#fff">X</p>',
    "colour of the box": '<p style="background:#123456"><b style="color:rgb(18,52,86)">X</b></p>',
    "nearly the colour": '<p style="color:#fefdfc">X</p>',
    "colour by attribute": '<font color="white">X</font>',
    "no colour": '<p style="color:transparent">X</p>',
    "colour in hsl": '<p style="color:hsl(0, 0%, 100%)">X</p>',
    "hidden": "<p hidden>X</p>",
    "aria": '<p aria-hidden="true">X</p>',
    "comment": "<!-- X -->",
    "comment without an end": "<!-- X",
    "script": "<script>X</script>",
    "template": "<template><p>X</p></template>",
    "noscript": "<noscript><p>X</p></noscript>",
    "input": '<input type="hidden" value="X"><button>X</button><select><option>X</select>',
    "svg": "<svg><title>X</title><text>X</text></svg>",
    "closed dialog": "<dialog>X</dialog>",
    "class": "<style>.a{display:none}</style><p class='b a'>X</p>",
    "id": "<style>#a{visibility:hidden}</style><p id=a>X</p>",
    "tag": "<style>em{font-size:0}</style><p><em>X</em></p>",
    "attribute": "<style>[data-x],p[title]{color:red}.z .a > i{display:none}</style>"
    "<div class=z><p class=a><i>X</i></p></div>",
    "long selector": "<style>html body div.z p.a i{display:none}</style>"
    "<div class=z><p class=a><i>X</i></p></div>",
    "screen only": "<style>@media screen{.a{display:none}}</style><p class=a>X</p>",
    "layer": "<style>@layer base{.a{display:none}}</style><p class=a>X</p>",
    "a paragraph that is not closed": '<p style="display:none">X<div></div>',
}


@pytest.mark.parametrize("hiding", HIDING.values(), ids=HIDING.keys())
def test_hidden_text_is_not_read(tmp_path: Path, hiding: str) -> None:
    """Whatever hides it; what stands around it is read."""
    source = read(tmp_path, f"<div>Before.</div>{hiding}<div>After.</div>")

    assert texts(source)[0] == "Before."
    assert not any("X" in text for text in texts(source))


SHOWING = {
    "white on black": '<div style="background:#000"><p style="color:#fff">X</p></div>',
    "white on a picture": '<div style="background:url(x.png)"><p style="color:#fff">X</p></div>',
    "white on unknown": '<link rel="stylesheet" href="a.css"><p style="color:#fff">X</p>',
    "shown again": '<div style="visibility:hidden"><p style="visibility:visible">X</p></div>',
    "sized again": '<div style="font-size:0"><p style="font-size:14px">X</p></div>',
    "hidden in print": "<style>@media print{p{display:none}}</style><p>X</p>",
    "hidden on telephones": "<style>@media (max-width:600px){p{display:none}}</style><p>X</p>",
    "another class": "<style>.a{display:none}</style><p class=ab>X</p>",
    "a rule for a state": "<style>p:hover{display:none}</style><p>X</p>",
    "a zoomed box": '<p style="height:0">X</p>',
    "half seen": '<p style="opacity:.6">X</p>',
    "not hidden by aria": '<p aria-hidden="false">X</p>',
    "after a hidden paragraph": "<p hidden>secret<p>X",
    "details": "<details><summary>More</summary>X</details>",
    "entities": "<p>&lt;b&gt; X</p>",
    "less than": "<p>3 < 4, so X</p>",
    "broken tag": "<p>X<",
    "text in inline tags": "<p><span><b>X</b></span></p>",
}


@pytest.mark.parametrize("showing", SHOWING.values(), ids=SHOWING.keys())
def test_visible_text_is_read(tmp_path: Path, showing: str) -> None:
    """Caution must not cost the page."""
    assert any("X" in text for text in texts(read(tmp_path, showing)))


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a>Careers: 340 jobs</a></nav>",
        "<div role=navigation>Careers: 340 jobs</div>",
        "<footer>Careers: 340 jobs</footer>",
        "<div role=contentinfo>Careers: 340 jobs</div>",
        "<div id=cookie-banner>Careers: 340 jobs</div>",
        "<div class='site cookie-consent open'>Careers: 340 jobs</div>",
        "<div role=dialog>Careers: 340 jobs</div>",
        "<ol class=breadcrumbs><li>Careers: 340 jobs</ol>",
    ],
)
def test_what_is_plainly_no_content_is_left_out(tmp_path: Path, furniture: str) -> None:
    """Navigation, footers, banners."""
    html = f"<body class='cookie-consent-open'>{furniture}<p>We run docks.</p></body>"

    assert texts(read(tmp_path, html)) == ["We run docks."]


def test_the_main_part_is_read_alone_where_there_is_one(tmp_path: Path) -> None:
    """Side columns are not what the page is about."""
    html = "<aside>Other news</aside><main><p>We run docks.</p></main><p>More news</p>"

    assert texts(read(tmp_path, html)) == ["We run docks."]


def test_preformatted_text_keeps_its_lines(tmp_path: Path) -> None:
    """As if it were a note."""
    html = '<pre>\nDana: "We wait."\n- 38 doors\n</pre>'

    source = read(tmp_path, html)

    assert [(p.line, p.speaker, p.text) for p in source.passages] == [
        (2, "Dana", "We wait."),
        (3, "", "38 doors"),
    ]


def test_a_block_quotation_is_quoted(tmp_path: Path) -> None:
    """Customers speak in them."""
    source = read(tmp_path, "<p>They say:</p><blockquote>We wait. Daily.</blockquote>")

    assert [p.text for p in source.passages if p.quoted] == ["We wait.", "Daily."]


def test_the_day_of_publication_is_read(tmp_path: Path) -> None:
    """Where the page declares it."""
    html = '<meta property="article:published_time" content="2026-11-03T10:00:00Z"><p>Docks.</p>'

    assert read(tmp_path, html).written_on == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ("Größe".encode("cp1252"), "text/html"),
        (b'<meta charset="windows-1252"><p>' + "Größe".encode("cp1252"), "text/html"),
    ],
)
def test_the_charset_comes_from_the_server_or_the_page(content: bytes, media_type: str) -> None:
    """In that order."""

    def fetch(url: str, *, limits: Limits) -> Fetched:
        del limits
        declared = "" if b"charset" in content else "iso-8859-1"
        return Fetched(url, content, media_type, declared)

    (source,) = read_sources(["https://x.example/"], fetch=fetch)

    assert (texts(source), source.warnings) == (["Größe"], ())


@pytest.mark.parametrize(
    ("html", "limits", "said"),
    [
        ("<p>a b</p>" * 20, {"tags": 10}, "only its first 10 tags were read"),
        ("<p>word word</p>" * 20, {"text_chars": 90}, "only its first 90 characters were read"),
    ],
)
def test_what_is_cut_is_said(tmp_path: Path, html: str, limits: dict[str, int], said: str) -> None:
    """A page may be endless."""
    source = read(tmp_path, html, **limits)

    assert said in source.warnings
    assert source.passages


def test_styles_that_take_too_long_stop_the_reading(tmp_path: Path) -> None:
    """What is hidden could no longer be told, so nothing more is read."""
    rules = "".join(f".a{n} .b > .c{n}{{display:none}}" for n in range(2_000))

    source = read(tmp_path, f"<style>{rules}</style><p>Docks</p>")

    assert source.passages == ()
    assert "too involved" in source.warnings[-1]


def test_a_deep_page_is_read(tmp_path: Path) -> None:
    """Deeper than Python calls."""
    source = read(tmp_path, "<div>" * 5_000 + "We run docks." + "</div>" * 5_000)

    assert texts(source) == ["We run docks."]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div hidden>", "</div>", "<", ">", "<a ", "x", " ", "\n", "&lt;", "&#",
             "<!--", "-->", "<script>", "</script>", "<style>", "a{", "}", "</style>", "<table>",
             "<tr>", "<td>", "</table>", "<li>", "<ul>", "</ul>", '"', "'", "=", "<br>", "<pre>",
             "<h1>", "</h1>", "<main>", "<p style='", "display:none", "<![CDATA[", "<?x", "</", "|",
             "<dt>", "<dd>", "@media", "\0", "<|im_end|>", "&nbsp;", "\u200b", "<blockquote>"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_no_page_crashes_the_reader(pieces: list[str]) -> None:
    """Whatever it is put together from; lines stay within the page."""
    html = "".join(pieces)

    page = read_page(html, Limits())

    assert all(passage.text for passage in passages_of(page.blocks, source="S1"))
    lines = [line for block in page.blocks for line in block.lines]
    assert all(1 <= line.number <= html.count("\n") + 1 for line in lines)
    assert not any("<|" in line.text for line in lines)

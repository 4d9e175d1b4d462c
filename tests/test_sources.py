"""What was handed in becomes sources: files, standard input and addresses, each once."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.sources import Fetched, Limits, find_quote, read_sources
from assistant.testing import a_source


def a_file(folder: Path, name: str, content: str | bytes = "The docks are full.\n") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def no_network(url: str, *, limits: Limits) -> Fetched:
    raise AssertionError(f"{url} must not be asked with {limits}")


def test_sources_are_numbered_in_the_order_given(tmp_path: Path) -> None:
    """Ids, names and passages follow the command line."""
    names = [a_file(tmp_path, "b.md", "Second plant opens.\n"), a_file(tmp_path, "a.txt")]

    sources = read_sources(names)

    assert [(s.id, s.name, s.passages[0].text) for s in sources] == [
        ("S1", "b.md", "Second plant opens."),
        ("S2", "a.txt", "The docks are full."),
    ]
    assert {p.source for p in sources[1].passages} == {"S2"}


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    """Another spelling of the same path is the same file."""
    name = a_file(tmp_path, "notes.txt")

    sources = read_sources([name, f"{tmp_path}/./notes.txt", name])

    assert [source.id for source in sources] == ["S1"]


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Where the names clash, the paths are shown as they were typed."""
    (tmp_path / "x").mkdir()
    names = [a_file(tmp_path, "notes.txt"), a_file(tmp_path / "x", "notes.txt")]

    sources = read_sources(names)

    assert [source.name for source in sources] == names


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"---\n***\n"])
def test_a_file_that_holds_nothing_is_said_and_the_rest_is_used(
    tmp_path: Path, content: bytes
) -> None:
    """It stays in the list with a warning, so that nobody wonders."""
    names = [a_file(tmp_path, "empty.txt", content), a_file(tmp_path, "notes.txt")]

    empty, notes = read_sources(names)

    assert (empty.passages, empty.warnings) == ((), ("there is nothing to read in it",))
    assert notes.passages


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.docx", b"PK\x03\x04 no archive", "the DOCX is damaged"),
        ("x.pdf", b"%PDF-1.7 nothing", "the PDF is damaged"),
        ("x.ics", b"BEGIN:VCALENDAR\nnothing", "not a calendar file"),
        ("x.xlsx", b"PK", ".xlsx is not read: save the sheet as text"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_the_rest_is_used(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """Alone it is an error; among others it is a source whose warning says why."""
    bad, good = a_file(tmp_path, name, content), a_file(tmp_path, "a.txt")

    unread, read = read_sources([bad, good])

    assert (unread.name, unread.passages, len(unread.warnings)) == (name, (), 1)
    assert unread.warnings[0].startswith(f"not read: {said}")
    assert [p.text for p in read.passages] == ["The docks are full."]
    with pytest.raises(SourceError, match=said):
        read_sources([bad])


def test_nothing_in_any_of_them_is_an_error(tmp_path: Path) -> None:
    """The message names each of them."""
    names = [a_file(tmp_path, "a.txt", ""), a_file(tmp_path, "b.txt", " ")]

    with pytest.raises(SourceError, match=r"a\.txt: there is nothing .*; b\.txt: there is nothing"):
        read_sources(names)


def test_no_names_are_an_error() -> None:
    """The message says what to hand in."""
    with pytest.raises(SourceError, match="nothing was handed in"):
        read_sources([])


def test_a_folder_is_refused_with_the_cure(tmp_path: Path) -> None:
    """A folder may hold anything: its files have to be named."""
    with pytest.raises(SourceError, match="a folder: name the files in it"):
        read_sources([str(tmp_path)])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.txt", "no such file"),
        ("nul\0.txt", "no such file"),
        ("x" * 300, "cannot be read"),
        ("/dev/null", "no regular file"),
        ("ftp://host.example/x", "only files and http"),
        ("file:///etc/passwd", "only files and http"),
    ],
)
def test_what_is_no_file_is_refused(name: str, said: str) -> None:
    """One error type, whatever the system raises."""
    with pytest.raises(SourceError, match=said):
        read_sources([name], fetch=no_network)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("mail.msg", b"\xd0\xcf\x11\xe0", "save it as .eml"),
        ("sheet.xlsx", b"PK\x03\x04", "save the sheet as text"),
        ("shot.png", b"\x89PNG\r\n", "pictures are not read"),
        ("call.m4a", b"\0\0\0 ftyp", "hand in a transcript"),
        ("data.bin", bytes(range(32)) * 40, "holds no text"),
        ("fake.docx", b"hello", "the DOCX is damaged"),
        ("fake.txt", b"PK\x03\x04hello", "the DOCX is damaged"),
        ("fake.ics", b"BEGIN:VCALENDAR\nnonsense", "not a calendar file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_cure(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """The content is looked at, not only the name."""
    with pytest.raises(SourceError, match=said):
        read_sources([a_file(tmp_path, name, content)])


def test_standard_input_is_read() -> None:
    """It is shown as "stdin"."""
    (source,) = read_sources(["-"], stdin=io.BytesIO(b"The docks are full.\n"))

    assert (source.name, source.kind) == ("stdin", "notes")
    assert source.passages[0].text == "The docks are full."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (
            b"From: Dana <d@x.example>\nSubject: Docks\nMIME-Version: 1.0\n\nThey are full.\n",
            "email",
        ),
        (b"<!DOCTYPE html><p>They are full.</p>", "page"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>They are full.\n", "transcript"),
        (b"They are full.", "notes"),
    ],
)
def test_the_kind_of_standard_input_is_seen_from_its_content(content: bytes, kind: str) -> None:
    """A pipe has no suffix."""
    (source,) = read_sources(["-"], stdin=io.BytesIO(content))

    assert (source.kind, source.passages[0].text) == (kind, "They are full.")


def test_no_standard_input_is_an_error() -> None:
    """A closed input is one, too."""
    closed = io.BytesIO()
    closed.close()

    for stdin in (None, closed):
        with pytest.raises(SourceError, match="nothing is connected"):
            read_sources(["-"], stdin=stdin)


def test_a_file_over_the_limit_is_refused_and_the_limit_named(tmp_path: Path) -> None:
    """The cure is to hand in less."""
    name = a_file(tmp_path, "big.txt", b"x" * 101)

    with pytest.raises(SourceError, match="larger than 100 bytes: hand in the part"):
        read_sources([name], limits=Limits(file_bytes=100))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(text_chars=30), "only its first 30 characters were read"),
        (Limits(lines=2), "only its first 2 lines were read"),
        (Limits(line_chars=9), "of a line only the first 9 characters were read"),
        (Limits(passages=2), "only its first 2 statements were read"),
    ],
)
def test_what_is_cut_is_said(tmp_path: Path, limits: Limits, said: str) -> None:
    """The first part is used; the limit is named in the warning."""
    name = a_file(tmp_path, "long.txt", "The docks are full.\n" * 4)

    (source,) = read_sources([name], limits=limits)

    assert source.warnings == (said,)
    assert source.passages[0].text.startswith("The docks")


def test_exactly_as_many_statements_as_allowed_are_not_called_cut(tmp_path: Path) -> None:
    """The limit is reached, not passed."""
    name = a_file(tmp_path, "notes.txt", "One is here.\nTwo is here.\n")

    (source,) = read_sources([name], limits=Limits(passages=2))

    assert source.warnings == ()


def test_an_address_goes_to_the_fetcher_as_typed() -> None:
    """What comes back is read by its media type."""
    asked = []

    def fetch(url: str, *, limits: Limits) -> Fetched:
        asked.append((url, limits.page_bytes))
        return Fetched(url, b"<main><p>We run nine sites.</p></main>", "text/html")

    (source,) = read_sources(
        ["https://x.example/about#team"], fetch=fetch, limits=Limits(page_bytes=7)
    )

    assert asked == [("https://x.example/about#team", 7)]
    assert (source.kind, source.name) == ("page", "https://x.example/about#team")
    assert source.passages[0].text == "We run nine sites."


def test_a_page_that_was_not_read_says_why_and_the_rest_is_used(tmp_path: Path) -> None:
    """A page that is gone does not cost the seller the notes."""

    def fetch(url: str, *, limits: Limits) -> Fetched:
        del limits
        return Fetched(url, not_read="there is no such page (status 404)")

    page, _ = read_sources(["https://x.example/", a_file(tmp_path, "notes.txt")], fetch=fetch)

    assert page.passages == ()
    assert page.warnings == ("not read: there is no such page (status 404)",)


def test_a_page_from_another_host_says_where_it_came_from() -> None:
    """The seller typed one site and got another."""

    def fetch(url: str, *, limits: Limits) -> Fetched:
        del url, limits
        return Fetched("https://other.example/x", b"We run nine sites.", "text/plain")

    (source,) = read_sources(["https://x.example/"], fetch=fetch)

    assert source.warnings == ("read from https://other.example/x",)
    assert source.kind == "page"


def test_a_login_page_is_no_source() -> None:
    """Words around a password field are not the page that was asked for."""

    def fetch(url: str, *, limits: Limits) -> Fetched:
        del limits
        html = b"<h1>Welcome back</h1><p>Please sign in.</p><input type=password>"
        return Fetched(url, html, "text/html")

    with pytest.raises(SourceError, match="asks for a password: what is behind it was not read"):
        read_sources(["https://x.example/"], fetch=fetch)


def test_the_day_of_a_source_is_read_from_its_name(tmp_path: Path) -> None:
    """Sellers date their files; a number that is no day is none."""
    dated = a_file(tmp_path, "call-2026-11-20.txt")
    odd = a_file(tmp_path, "call-2026-13-40.txt")

    sources = read_sources([dated, odd])

    assert [source.written_on for source in sources] == [date(2026, 11, 20), None]


def test_people_of_one_source_name_the_speakers_of_another(tmp_path: Path) -> None:
    """The notes need no quotation marks once the e-mail says who Dana is."""
    mail = a_file(
        tmp_path,
        "mail.eml",
        "From: Dana Whitfield <d@x.example>\nMIME-Version: 1.0\n\nSee you on Monday.\n",
    )
    notes = a_file(tmp_path, "notes.txt", "Dana: we have no room left\nDocks: 38 doors\n")

    _, source = read_sources([mail, notes])

    assert [(p.speaker, p.text) for p in source.passages] == [
        ("Dana", "we have no room left"),
        ("", "Docks: 38 doors"),
    ]


def test_a_title_in_the_notes_goes_to_the_full_name_of_the_only_namesake(tmp_path: Path) -> None:
    """With two Danas, nobody is chosen."""
    notes = a_file(tmp_path, "notes.txt", 'Dana (COO): "We have no room."\n')
    head = "MIME-Version: 1.0\n\nSee you on Monday.\n"
    one = a_file(tmp_path, "a.eml", f"From: Dana Whitfield <d@x.example>\n{head}")
    two = a_file(tmp_path, "b.eml", f"From: Dana Scully <s@x.example>\n{head}")

    alone, _ = read_sources([notes, one])
    unsure, *_ = read_sources([notes, one, two])

    assert [(p.name, p.role) for p in alone.people] == [("Dana Whitfield", "COO")]
    assert [(p.name, p.role) for p in unsure.people] == [("Dana", "COO")]


def test_importing_the_reader_loads_no_vendor() -> None:
    """Help and the other commands stay quick."""
    vendors = "bs4 httpx httpcore icalendar pypdf docx lxml charset_normalizer email"
    code = f"import sys, assistant.sources; print(set('{vendors}'.split()) & set(sys.modules))"

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    assert printed.decode().strip() == "set()"


# --- quotations

SAID = a_source(
    "Detention cost us $1.4 million last year, and I can't tell you which dock.",
    "It is 94 today.",
    "Von 1.250.000 Paletten kommen 37 % zu spät.",
)


@pytest.mark.parametrize(
    "quote",
    [
        "Detention cost us $1.4 million",
        "cost  us\n$1.4 million",
        "$1.4 million last year",
        "I can't tell you which dock.",
        "94",
        "1.250.000 Paletten",
        "37 % zu spät",
    ],
)
def test_a_quote_that_stands_in_the_source_is_found(quote: str) -> None:
    """White space aside, character for character."""
    assert find_quote(quote, SAID) is not None


@pytest.mark.parametrize(
    "quote",
    [
        "",
        " ",
        "...",
        "Detention cost us $1",
        "cost us $1.4 million this year",
        "4 million",
        "tell you which doc",
        "etention cost",
        "detention cost us",
        "last year, and I can't tell you which dock. It is 94",
        "250.000 Paletten",
        "1.250",
        "9",
        ".*",
    ],
)
def test_a_quote_that_does_not_stand_there_is_not_found(quote: str) -> None:
    """Neither half a word or number, nor another case, nor words of two statements."""
    assert find_quote(quote, SAID) is None


def test_a_quote_may_span_sentences_of_one_paragraph(tmp_path: Path) -> None:
    """The passage in which it begins is returned."""
    text = "We wait. We want under 60 minutes. It is 94 today. 納期は来週です。長い。\n"
    (source,) = read_sources([a_file(tmp_path, "notes.txt", text)])

    assert find_quote("under 60 minutes. It is 94", source) is source.passages[1]
    assert find_quote("来週です。長い", source) is source.passages[3]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("<p>We</p><p hidden>do not</p><p>pay.</p>", "We pay."),
        ("<ul><li>We pay<li>nothing</ul>", "We pay nothing"),
        ("<p>We pay.</p><p>Nothing more.</p>", "We pay. Nothing more."),
        ("<p>We pay. *** Nothing more.</p>", "We pay. Nothing more."),
    ],
)
def test_a_quote_never_spans_what_stands_between(tmp_path: Path, text: str, quote: str) -> None:
    """Nor two paragraphs, items or cells that happen to share a line."""
    (source,) = read_sources([a_file(tmp_path, "page.html", text)])

    assert find_quote(quote, source) is None


def test_cells_of_a_record_are_not_one_quote(tmp_path: Path) -> None:
    """A bar stands between them."""
    name = a_file(tmp_path, "notes.txt", "Acct: Tidewater | ID 0048812 | Owner: S. Okafor\n")
    (source,) = read_sources([name])

    assert find_quote("Tidewater ID 0048812", source) is None


def test_the_first_passage_that_holds_a_quote_is_returned() -> None:
    """So the place that is shown is the same every time."""
    source = a_source("The dock is full.", "The dock is full.")

    found = find_quote("dock is full", source)

    assert found is source.passages[0]

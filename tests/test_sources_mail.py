"""E-mail: who wrote what in a thread, without greetings, signatures and footers."""

from __future__ import annotations

import base64
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import SourceError
from assistant.sources import Limits, Source, read_sources
from assistant.sources.mail import read_mail

HEAD = (
    "From: Shirley Okonjo <shirley@kestrel.example>\n"
    "To: Colin Mabry <colin@harbourline.example>\n"
    "Date: Mon, 23 Nov 2026 09:12:44 -0500\n"
    "Subject: Docks\n"
    "MIME-Version: 1.0\n"
)


def read(folder: Path, message: str | bytes) -> Source:
    path = folder / "mail.eml"
    path.write_bytes(message.encode() if isinstance(message, str) else message)
    (source,) = read_sources([str(path)])
    return source


def told(source: Source) -> list[tuple[str, bool, str]]:
    return [(p.speaker, p.quoted, p.text) for p in source.passages]


def roles(source: Source) -> dict[str, str]:
    return {person.name: person.role for person in source.people}


def test_the_sender_speaks_and_the_headers_name_the_people(tmp_path: Path) -> None:
    """The date is the day it was written, where it was written."""
    source = read(tmp_path, f"{HEAD}Cc: <walt@kestrel.example>\n\nWe wait two hours.\n")

    assert told(source) == [("Shirley Okonjo", False, "We wait two hours.")]
    assert (source.kind, source.written_on) == ("email", date(2026, 11, 23))
    assert [(p.name, p.email) for p in source.people] == [
        ("Shirley Okonjo", "shirley@kestrel.example"),
        ("Colin Mabry", "colin@harbourline.example"),
        ("", "walt@kestrel.example"),
    ]


def test_greeting_signature_and_footer_are_no_statements(tmp_path: Path) -> None:
    """The signature's title becomes the sender's role; a postscript stays."""
    source = read(
        tmp_path,
        f"{HEAD}\nHi Colin,\n\nthanks for coming. We wait two hours.\n\nBest regards\n\n"
        "Shirley Okonjo | Logistics Manager\nKestrel Packaging\noffice +1 937 555 0164\n\n"
        "PS: Walt says hello.\n\n"
        "This e-mail may contain confidential information.\nIf you are not the intended\n"
        "recipient, delete it.\n",
    )

    assert [text for _, _, text in told(source)] == [
        "thanks for coming.",
        "We wait two hours.",
        "PS: Walt says hello.",
    ]
    assert roles(source)["Shirley Okonjo"] == "Logistics Manager"


@pytest.mark.parametrize(
    ("company", "kept"),
    [
        ("Kestrel Verpackung GmbH", True),
        ("Kestrel Verpackung GmbH & Co. KG", True),
        ("Kestrel Verpakking B.V.", True),
        ("Kestrel Packaging Ltd", False),
        ("Kestrel Packaging", False),
    ],
)
def test_the_registered_name_in_a_signature_is_read(
    tmp_path: Path, company: str, kept: bool
) -> None:
    """Its form may say where the company is; the address and the telephone stay out."""
    source = read(
        tmp_path,
        f"{HEAD}\nWe wait two hours.\n\nBest regards\nShirley Okonjo\nLogistics Manager\n\n"
        f"{company}\nAm Hellweg 40, 59494 Soest\nTel. +49 171 3920042\n",
    )

    assert [text for _, _, text in told(source)] == [
        "We wait two hours.",
        *([company] if kept else []),
    ]


@pytest.mark.parametrize(
    "signature",
    [
        "Shirley\n\nShirley Okonjo\nLogistics Manager\nKestrel Packaging",
        "-- \nShirley Okonjo, Logistics Manager",
        "Cheers,\nShirley Okonjo\nLogistics Manager | Kestrel",
        "Mit freundlichen Grüßen\nShirley Okonjo\nLogistics Manager",
        "SO\n\nShirley Okonjo - Logistics Manager",
    ],
)
def test_a_role_is_read_from_many_signatures(tmp_path: Path, signature: str) -> None:
    """Beside the name or below it."""
    source = read(tmp_path, f"{HEAD}\nWe wait two hours.\n\n{signature}\n")

    assert roles(source)["Shirley Okonjo"] == "Logistics Manager"
    assert len(source.passages) == 1


@pytest.mark.parametrize(
    "opening",
    ["Thanks, Colin.", "Thank you!", "Best,", "Hello there we need docks.", "Hi we are full."],
)
def test_what_only_looks_like_an_end_or_a_greeting_costs_nothing(
    tmp_path: Path, opening: str
) -> None:
    """A letter may begin with thanks; what comes below is read."""
    source = read(tmp_path, f"{HEAD}\n{opening}\n\nWe wait two hours at the gate every day.\n")

    said = [text for _, _, text in told(source)]

    assert said[-1] == "We wait two hours at the gate every day."
    assert said[0] == opening or opening in {"Thanks, Colin.", "Thank you!", "Best,"}


@pytest.mark.parametrize(
    "greeting",
    [
        "Hi Colin,",
        "Colin,",
        "hi colin,",
        "Dear Mr. Mabry:",
        "Hello all!",
        "Sehr geehrte Damen und Herren,",
    ],
)
def test_a_greeting_is_no_statement(tmp_path: Path, greeting: str) -> None:
    """Whomever it greets."""
    source = read(tmp_path, f"{HEAD}\n{greeting}\n\nWe wait two hours.\n")

    assert [text for _, _, text in told(source)] == ["We wait two hours."]


def test_a_company_below_a_name_is_no_role(tmp_path: Path) -> None:
    """A title holds a word that titles are made of."""
    source = read(tmp_path, f"{HEAD}\nWe wait.\n\nBest\nShirley Okonjo\nKestrel Packaging\n")

    assert roles(source)["Shirley Okonjo"] == ""


@pytest.mark.parametrize(
    "header",
    [
        "On Fri, Nov 20, 2026 at 5:41 PM Colin Mabry <colin@harbourline.example> wrote:",
        "On Fri, Nov 20, 2026 at 5:41 PM Colin Mabry\n<colin@harbourline.example> wrote:",
        "On 20/11/2026 17:41, Colin Mabry wrote:",
        "Am 20.11.2026 um 17:41 schrieb Colin Mabry:",
        "Am Fr., 20. Nov. 2026 um 17:41 Uhr schrieb Colin Mabry <colin@harbourline.example>:",
        "Le ven. 20 nov. 2026 à 17:41, Colin Mabry <colin@harbourline.example> a écrit :",
    ],
)
def test_a_quoted_reply_is_its_authors(tmp_path: Path, header: str) -> None:
    """Whoever the line above it names."""
    source = read(
        tmp_path, f"{HEAD}\nYes, two hours.\n\n{header}\n> Shirley, how long do you wait?\n"
    )

    assert told(source) == [
        ("Shirley Okonjo", False, "Yes, two hours."),
        ("Colin Mabry", True, "Shirley, how long do you wait?"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "From: Colin Mabry <c@h.example>\nSent: Friday\nTo: Shirley Okonjo\nSubject: Docks",
        "-----Original Message-----\nFrom: Colin Mabry\nSent: Friday\nTo: Shirley\nSubject: Docks",
        "Von: Colin Mabry <colin@harbourline.example>\nGesendet: Freitag\nAn: S\nBetreff: Docks",
        "---------- Forwarded message ---------\nFrom: Colin Mabry <c@h.example>\nSubject: Docks",
        "Begin forwarded message:\n\nFrom: Colin Mabry <c@h.example>\nSubject: Docks",
        "*From:* Colin Mabry\n*Sent:* Friday\n*Subject:* Docks",
    ],
)
def test_what_stands_below_a_header_is_its_senders(tmp_path: Path, header: str) -> None:
    """Without any quote marks."""
    source = read(tmp_path, f"{HEAD}\nSee below.\n\n{header}\n\nHow long do you wait?\n\nColin\n")

    assert told(source) == [
        ("Shirley Okonjo", False, "See below."),
        ("Colin Mabry", True, "How long do you wait?"),
    ]
    assert "Colin Mabry" in roles(source)


def test_a_thread_of_three_keeps_each_author(tmp_path: Path) -> None:
    """Deeper quotations belong to older letters; an answer between them to the sender."""
    source = read(
        tmp_path,
        f"{HEAD}\nOn 22/11/2026 10:00, Colin Mabry wrote:\n> When can we talk?\n"
        "Friday is fine.\n> And who joins?\nWalt does.\n>\n"
        "> On 21/11/2026 09:00, Shirley Okonjo wrote:\n>> We are full.\n> Colin\n",
    )

    assert told(source) == [
        ("Colin Mabry", True, "When can we talk?"),
        ("Shirley Okonjo", False, "Friday is fine."),
        ("Colin Mabry", True, "And who joins?"),
        ("Shirley Okonjo", False, "Walt does."),
        ("Shirley Okonjo", True, "We are full."),
    ]


def test_a_quotation_that_nobody_is_named_for_is_nobodys(tmp_path: Path) -> None:
    """No speaker is invented."""
    source = read(tmp_path, f"{HEAD}\nYes.\n\n> We are full.\n")

    assert told(source)[-1] == ("", True, "We are full.")


def test_dates_in_a_record_are_no_header(tmp_path: Path) -> None:
    """From and To may be days."""
    source = read(tmp_path, f"{HEAD}\nHoliday.\n\nFrom: 2026-12-21\nTo: 2027-01-04\n")

    assert [text for _, _, text in told(source)] == [
        "Holiday.",
        "From: 2026-12-21",
        "To: 2027-01-04",
    ]


# --- parts and encodings


def a_message(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Dana Whitfield <d@x.example>"
    message["Subject"] = "Docks"
    message.set_content(parts["plain"]) if "plain" in parts else None
    if "html" in parts and "plain" in parts:
        message.add_alternative(parts["html"], subtype="html")
    elif "html" in parts:
        message.set_content(parts["html"], subtype="html")
    return message


def test_the_plain_part_is_preferred(tmp_path: Path) -> None:
    """Both say the same; one of them is read."""
    message = a_message(plain="We wait two hours.\n", html="<p>We wait 2 hours.</p>")

    assert [p.text for p in read(tmp_path, message.as_bytes()).passages] == ["We wait two hours."]


@pytest.mark.parametrize("plain", ["", " \n", "--\n"])
def test_the_html_part_is_read_where_the_plain_one_is_empty(tmp_path: Path, plain: str) -> None:
    """Quotations, lists and hidden text as in a page."""
    html = (
        "<p>We wait:</p><ul><li>two hours at dock 3</li></ul><p style='display:none'>secret</p>"
        "<div>On 20/11/2026 17:41, Colin Mabry wrote:</div><blockquote>How long?</blockquote>"
    )
    message = a_message(plain=plain, html=html) if plain else a_message(html=html)

    assert told(read(tmp_path, message.as_bytes())) == [
        ("Dana Whitfield", False, "two hours at dock 3"),
        ("Colin Mabry", True, "How long?"),
    ]


def test_a_header_in_html_is_found_by_its_line_breaks(tmp_path: Path) -> None:
    """As Outlook writes it; drawn bullets go."""
    html = (
        "<p>Hi Colin,</p><p>We have 38 doors.</p><p>·&nbsp; 410 trucks</p>"
        "<p><b>From:</b> Sam Okafor<br><b>Sent:</b> Friday<br><b>Subject:</b> Docks</p>"
        "<p>How many?</p>"
    )

    source = read(tmp_path, a_message(html=html).as_bytes())

    assert told(source) == [
        ("Dana Whitfield", False, "We have 38 doors."),
        ("Dana Whitfield", False, "410 trucks"),
        ("Sam Okafor", True, "How many?"),
    ]


def test_attachments_are_named_and_not_read(tmp_path: Path) -> None:
    """The seller hands them in if they matter; a name is only a name."""
    message = a_message(plain="See attached.\n")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="gate.pdf")
    message.add_attachment(b"x", maintype="application", subtype="zip", filename="../e\x1b[1m.zip")

    source = read(tmp_path, message.as_bytes())

    assert source.warnings == (
        "attachments were not read: gate.pdf, .._e.zip; hand them in as files if they matter",
    )
    assert [p.text for p in source.passages] == ["See attached."]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """Also where quoted-printable breaks them softly."""
    raw = (
        f"{HEAD}Content-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n\n"
        "We wait =E2=80=93 every day =\nof the year.\nIt hurts.\n"
    )
    lines = raw.split("\n")

    source = read(tmp_path, raw)

    assert [(lines[p.line - 1][:7], p.text) for p in source.passages] == [
        ("We wait", "We wait – every day of the year."),
        ("It hurt", "It hurts."),
    ]


def test_a_packed_text_is_numbered_by_itself(tmp_path: Path) -> None:
    """In base64 there are no lines to show."""
    packed = base64.b64encode("Größe.\nIt hurts.\n".encode()).decode()
    head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n"

    source = read(tmp_path, f"{HEAD}{head}\n{packed}\n")

    assert [(p.line, p.text) for p in source.passages] == [(1, "Größe."), (2, "It hurts.")]


def test_a_wrong_charset_is_not_believed(tmp_path: Path) -> None:
    """What it is read as is said."""
    head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"

    source = read(tmp_path, f"{HEAD}{head}\n".encode() + "Größe 5.\n".encode("cp1252"))

    assert source.passages[0].text == "Größe 5."
    assert "Windows-1252" in source.warnings[0]


def test_a_name_in_reverse_is_turned(tmp_path: Path) -> None:
    """As directories write them."""
    source = read(
        tmp_path,
        'From: "Lindqvist, Teresa (Boise)" <t@n.example>\nMIME-Version: 1.0\n\nWe wait.\n',
    )

    assert source.people[0].name == "Teresa Lindqvist"


def test_headers_without_end_are_cut(tmp_path: Path) -> None:
    """The standard parser takes long over long headers."""
    people = ", ".join(f'"Person {n}" <p{n}@x.example>' for n in range(20_000))

    source = read(tmp_path, f"To: {people}\nMIME-Version: 1.0\n\nWe wait.\n")

    assert 100 < len(source.people) < 1_000


def test_a_letter_that_the_file_s_own_charset_cannot_spell_is_read(tmp_path: Path) -> None:
    """Quoted-printable that was not quoted at all is still a message."""
    body = b"Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=x\n\n"

    source = read(tmp_path, HEAD.encode() + body + "The docks are full \ufffd today.".encode())

    assert [p.text[:18] for p in source.passages] == ["The docks are full"]


def test_parts_nested_without_end_are_refused(tmp_path: Path) -> None:
    """Instead of a traceback."""
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )

    with pytest.raises(SourceError, match="not an e-mail that can be read"):
        read(tmp_path, nested)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                b"From: =?utf-8?q?a?= <a@b.example>\n", b"From: \xff\xfe,,<>\n", b"To: a:b;,\n",
                b"Date: not a date\n", b"Content-Type: multipart/mixed; boundary=q\n", b"\n",
                b"--q\n", b"Content-Transfer-Encoding: base64\n", b"Content-Type: ;=;\n",
                b"Content-Type: text/html; charset=klingon\n", b"<p>hi</p>\n", b"> quoted\n",
                b"On 1/1/2026 wrote:\n", b"--q--\n", b"From: x\nSent: y\n", b"\xe2\x80\n", b"-- \n",
                b"Content-Disposition: attachment; filename*=utf-8''%ff\n", b"Subject:\n",
            ]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_no_message_crashes_the_reader(pieces: list[bytes]) -> None:
    """Whatever it is put together from."""
    draft = read_mail(b"".join(pieces), "x.eml", Limits())

    assert draft.kind == "email"

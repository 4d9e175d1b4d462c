"""The gate: nothing of ours leaves with an e-mail, and it promises what a row holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.brief import Claim, Finding
from assistant.checks.gate import Outgoing, check_gate
from assistant.email import Address, Email, Paragraph, Promise
from assistant.evidence import MEETING, PROFILE
from assistant.testing import (
    a_dossier,
    a_fact,
    a_meeting,
    a_participant,
    a_profile,
    an_evidence,
    an_insight,
)

THEIRS = a_fact("Detention cost us $1.4 million last year.", speaker="Dana")
OURS = a_fact(
    "Slotwise is in too, they are 20% under us, never mention it",
    id="F2",
    kind="other",
    voice="internal",
    line=2,
)
UNNAMED = a_fact(
    "own docks at four plants, runs two shifts", id="F3", kind="company", line=3, speaker=""
)
DANA = a_participant(email="dana@northpeak.example")
SAM = a_participant("Sam Ortiz", "Account executive", "seller", "sam@harbourline.example")
COACH = an_insight(
    id="never-open-with-price", title="Never open with the price", audience="internal"
)
EVIDENCE = an_evidence(
    an_insight(),
    COACH,
    dossier=a_dossier(THEIRS, OURS, UNNAMED, meeting=a_meeting(participants=(DANA, SAM))),
    profile=a_profile(),
)
OUTGOING = Outgoing(EVIDENCE, unnameable=("Tarnwick Logistics",))
LOGS = Promise(
    task="send one week of gate logs",
    owner="Dana Whitfield",
    side="customer",
    due=date(2026, 3, 31),
)
FIELDS = Promise(
    task="send the list of the fields", owner="Sam Ortiz", side="seller", due=date(2026, 3, 25)
)
ASK = "Please tell me by Monday 23 March 2026: what would make the 45 minutes worth your time?"


def a_mail(
    lead: str = "Thank you for the 45 minutes on Tuesday 24 March 2026.",
    *evidence: str,
    ask: str = ASK,
    promises: tuple[Promise, ...] = (LOGS, FIELDS),
    to: tuple[Address, ...] = (Address(name="Dana Whitfield", email="dana@northpeak.example"),),
    **given: str,
) -> Email:
    """Build an e-mail of one paragraph and an ask."""
    claim = Claim(text=lead, origin="inferred", evidence=evidence or (MEETING, PROFILE))
    fields = {
        "subject": "Northpeak / Harbourline",
        "greeting": "Hello Dana,",
        "sign_off": "Kind regards",
        **given,
    }
    return Email.model_validate(
        {
            "kind": "confirm",
            "created_at": datetime(2026, 3, 16, 9, 0, tzinfo=UTC),
            "written_by": "composed",
            "sender": Address(name="Sam Ortiz", email="sam@harbourline.example"),
            "to": to,
            "paragraphs": (Paragraph(lead=claim),),
            "ask": Claim(text=ask, origin="inferred", evidence=(MEETING,)),
            "promises": promises,
            **fields,
        }
    )


def found(email: Email) -> tuple[Finding, ...]:
    """Return what the gate says."""
    return check_gate(email, OUTGOING)


@pytest.mark.parametrize(
    "lead",
    [
        "Thank you for the 45 minutes on Tuesday 24 March 2026.",
        "Dana, you said: “Detention cost us $1.4 million last year”.",
        "You said: “Sooner or later somebody will try to change that”.",  # theirs, word for word
        "I will send the list of the fields by Wednesday 25 March 2026.",
        "You will send one week of gate logs by Tuesday 31 March 2026.",
        "The next step that I propose, if we get there: a workshop on site.",
        "The good news fits on one page.",
        "What we do: dock scheduling and yard visibility for plants and carriers.",
        "Our champions' lunch is at noon.",
    ],
)
def test_what_may_leave_passes(lead: str) -> None:
    """What they said, what is held by a row, and our own offer."""
    assert found(a_mail(lead)) == ()


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("You fit our ideal customer profile well.", "ideal customer profile"),
        ("We have qualified you as a customer.", "qualified"),
        ("This is not a fit for now.", "not a fit"),
        ("Since this runs its own docks, we go on.", "runs its own docks"),
        ("As F2 says, others are in.", "F2"),
        ("O1 is that you agree.", "O1"),
        ("See S4:22 of my notes.", "S4:22"),
        ("Our card never-open-with-price helps.", "never-open-with-price"),
        ("Never open with the price, I was told.", "never open with the price"),
        ("Tarnwick Logistics did the same.", "Tarnwick Logistics"),
        ("They are 20% under us, never mention it to him.", "F2"),
        ("You run own docks at four plants, runs two shifts.", "F3"),
    ],
)
def test_what_is_ours_alone_is_kept_back(lead: str, said: str) -> None:
    """Verdicts, criteria, numbers of notes, cards, names, and lines of ours."""
    messages = [finding.message for finding in found(a_mail(lead))]

    assert any(said.lower() in message.lower() for message in messages), messages


def test_what_rests_on_our_own_note_is_kept_back_however_it_is_worded() -> None:
    """The evidence tells, where the words do not."""
    messages = {finding.message for finding in found(a_mail("Somebody else is there.", "F2"))}

    assert messages == {"rests on F2, which may not be told outside"}


@pytest.mark.parametrize(
    "lead",
    [
        "I will send you the price list by Wednesday 25 March 2026.",  # of no row
        "I will send the list of the fields and the price by Wednesday 25 March 2026.",
        "I will send the list of the fields by Thursday 26 March 2026.",  # another day
        "I will send the list of the fields.",  # no day
        "We'll cover the cost of the pilot.",
        "You agreed to sign on Tuesday 31 March 2026.",
        "We promise a result in eight weeks.",
        "We guarantee it.",
        "Wir werden Ihnen die Preisliste am 25.03.2026 senden.",
    ],
)
def test_a_promise_of_no_row_is_kept_back(lead: str) -> None:
    """Of either side: a row has the task and its day."""
    assert any("no row" in finding.message for finding in found(a_mail(lead)))


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("I hope this suits you.", "hope"),
        ("Maybe we meet on site.", "maybe"),
        ("Let us talk soon.", "soon"),
        ("The list is there by next Tuesday.", "next tuesday"),
        ("The list is there tomorrow.", "tomorrow"),
        ("The list is there on Tuesday.", "Tuesday"),
    ],
)
def test_a_way_out_or_a_day_without_a_date_is_kept_back(lead: str, said: str) -> None:
    """Absolute dates, strong words."""
    assert any(f"“{said}”" in finding.message for finding in found(a_mail(lead)))


def test_one_thing_is_asked_and_it_is_the_ask() -> None:
    """A second question halves the answers to both; none gets no answer."""
    twice = found(a_mail("Who else should be there?"))
    never = found(a_mail(ask="I look forward to it."))

    assert ["ask" in finding.where for finding in twice] == [True]
    assert ["ask" in finding.where for finding in never] == [True]


def test_at_most_a_hundred_and_eighty_words() -> None:
    """Counted with greeting and name."""
    (finding,) = found(a_mail("word " * 180 + "end."))

    assert "write at most 180" in finding.message


def test_only_addresses_of_theirs_that_the_sources_hold() -> None:
    """A text cannot add a recipient, and a colleague is none."""
    evil = found(a_mail(to=(Address(name="Dana", email="dana@evil.example"),)))
    colleague = found(a_mail(to=(Address(name="Sam", email="sam@harbourline.example"),)))
    unknown = found(a_mail(to=(Address(name="Marcus"),)))

    assert [finding.where for finding in evil] == ["to[0]"]
    assert [finding.where for finding in colleague] == ["to[0]"]
    assert unknown == ()


@pytest.mark.parametrize("name", ["subject", "greeting", "sign_off"])
def test_no_line_break_where_a_header_or_one_line_is(name: str) -> None:
    """A break in a subject is a header of somebody else's."""
    mail = a_mail(**{name: "Hello\r\nBcc: all@evil.example"})

    assert name in {finding.where for finding in found(mail)}


def test_the_account_itself_may_be_named_though_it_is_in_a_story() -> None:
    """They know that they are a customer."""
    own = an_evidence(dossier=a_dossier(THEIRS, account="Tarnwick Logistics"))
    mail = a_mail("Thank you for having us at Tarnwick Logistics.")

    messages = [f.message for f in check_gate(mail, Outgoing(own, ("Tarnwick Logistics",)))]

    assert not any("named" in message for message in messages)

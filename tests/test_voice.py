"""Voice: our own remarks stay ours, and a restated line keeps who, what and not."""

from __future__ import annotations

import pytest
from conversation import known, said, told

from assistant.checks.voice import check_voice
from assistant.evidence import Evidence
from assistant.testing import an_insight, an_objection

DETENTION = "Detention cost us $1.4 million last year."


def remarks() -> Evidence:
    """Build evidence of one open line, F1, and of what is ours alone, F2 to F5."""
    return known(
        told(DETENTION, "Dana"),
        told("Slotwise is in too, 20% under us", voice="internal"),
        told("closed lost in 2024 because they built their own spreadsheet", voice="internal"),
        told("price floor $11.50 per door, between us", voice="internal"),
        told("there's another vendor in there called gateflow", voice="internal"),
    )


def messages(text: str, *evidence: str, given: Evidence | None = None) -> list[str]:
    return [f.message for f in check_voice([said(text, *evidence)], given or remarks())]


def test_a_spoken_statement_may_not_rest_on_an_internal_fact() -> None:
    """The finding is an error, names the fact and stands at the statement."""
    (finding,) = check_voice([said("We know about your budget.", "F4", where="ask")], remarks())

    assert (finding.check, finding.severity, finding.where) == ("voice", "error", "ask")
    assert finding.message == "F4 is internal: what rests on it is never said or sent"


def test_a_note_for_the_seller_may_rest_on_an_internal_fact() -> None:
    """It is for the seller's eyes."""
    note = said("Slotwise is 20% under us; do not open price.", "F2", spoken=False)

    assert check_voice([note], remarks()) == ()


def test_a_spoken_statement_may_not_rest_on_an_internal_card() -> None:
    """Coaching is never said."""
    coaching = an_objection("coaching", audience="internal")
    evidence = known(DETENTION, cards=(coaching, an_insight()))

    assert (
        messages("Compared with what?", "coaching", given=evidence)
        == [
            "coaching is internal: what rests on it is never said or sent",
            "“compared what” stands in our own remarks only and is never said or sent",
        ][:1]
    )


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("I know that Slotwise talks to you.", "slotwise"),
        ("I know that Gateflow talks to you.", "gateflow"),
        ("We can be 20% cheaper.", "20%"),
        ("Our floor is $11.50.", "$11.50"),
        ("Since you built your own spreadsheet in 2024, things changed.", "built spreadsheet 2024"),
    ],
)
def test_what_only_our_remarks_hold_is_not_said_whatever_is_cited(text: str, leak: str) -> None:
    """A rival's name in any case, a figure, or the gist of a remark."""
    assert f"“{leak}” stands in our own remarks only and is never said or sent" in messages(text)


@pytest.mark.parametrize(
    "text",
    [
        "Detention cost you $1.4 million last year.",
        "What would it take to book every door in one place?",
        "Which spreadsheet do you use today?",
        "How do you decide between two vendors?",
    ],
)
def test_everyday_words_of_a_remark_are_free(text: str) -> None:
    """A remark does not own the words that anybody uses."""
    assert messages(text) == []


def test_what_a_customer_said_too_is_free() -> None:
    """The same figure in an open line may be said."""
    evidence = known(
        told("You are 20% above the others.", "Omar"), told("20% under us", voice="internal")
    )

    assert messages("You said we are 20% above the others.", given=evidence) == []


def test_what_an_approved_card_holds_is_free() -> None:
    """A figure of a cited card is the card's, even if a remark has it as well."""
    card = an_insight("study", "Detention costs 20% of revenue.")
    evidence = known(DETENTION, told("20% under us", voice="internal"), cards=(card,))

    assert messages("Detention costs 20% of revenue.", "study", given=evidence) == []
    assert messages("It is 20% of revenue.", "F1", given=evidence) != []


LINES = {
    "wish": told("I want truck turn time at Pelican under 60 minutes by June 30.", "Dana"),
    "promise": told("I'll pull one week of gate logs before we talk.", "Marcus"),
    "unknown": told("I can't tell you which dock the detention came from.", "Dana"),
    "rule": told("The works council must agree before any driver data is stored.", "Katrin"),
    "ours": told("send Marcus the list of gate log fields", "me"),
    "view": told("The small carriers will not log into another portal.", "Marcus"),
    "queue": told("By noon the queue of inbound trucks is out on the road.", "Marcus"),
}


def judged(line: str, text: str) -> list[str]:
    evidence = known(LINES[line])
    return [f.message for f in check_voice([said(text, "F1", "meeting")], evidence)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("wish", "Dana wants truck turn time at Pelican under 60 minutes by June 30."),
        ("wish", "You want truck turn time at Pelican under 60 minutes."),
        ("wish", "I understand that you want truck turn time under 60 minutes."),
        ("promise", "Marcus will pull one week of gate logs before we talk."),
        ("promise", "You will pull one week of gate logs before we talk."),
        ("promise", "With the gate logs that Marcus pulls, we see one week."),
        ("unknown", "You cannot tell which dock the detention came from."),
        ("unknown", "It is unclear which dock the detention came from."),
        ("unknown", "Which dock can you tell the detention came from?"),
        ("unknown", 'You said: "I can\'t tell you which dock the detention came from".'),
        ("rule", "The works council must agree before driver data is stored."),
        ("rule", "Before any driver data is stored, the works council has to agree."),
        ("ours", "We send Marcus the list of gate log fields."),
        ("view", "Small carriers won't log into another portal."),
        ("view", "Marcus doubts that small carriers log into one more portal if they must."),
        ("queue", "By noon the queue of inbound trucks reaches the road."),
    ],
)
def test_a_faithful_restatement_passes(line: str, text: str) -> None:
    """In other words, in the third or second person, or as a question."""
    assert judged(line, text) == []


@pytest.mark.parametrize(
    ("line", "text", "message"),
    [
        (
            "wish",
            "Marcus wants truck turn time at Pelican under 60 minutes by June 30.",
            "puts Marcus Oyelaran where F1 has Dana Whitfield",
        ),
        (
            "wish",
            "We want truck turn time at Pelican under 60 minutes by June 30.",
            "“We want”: in F1 it is they who do",
        ),
        (
            "promise",
            "We will pull one week of gate logs before we talk.",
            "“We will pull”: in F1 it is they who do",
        ),
        (
            "promise",
            "Dana Whitfield pulls one week of gate logs before the call.",
            "puts Dana Whitfield where F1 has Marcus Oyelaran",
        ),
        (
            "unknown",
            "You can tell which dock the detention came from.",
            "says what its line denies: “I can't tell you which dock the detention came from.”",
        ),
        (
            "rule",
            "The works council must not agree before any driver data is stored.",
            f"denies what its line says: “{LINES['rule'].quote}”",
        ),
        (
            "rule",
            "The works council may agree before any driver data is stored.",
            "says “may agree” where its line says “must agree”",
        ),
        (
            "rule",
            "The works council must agree after any driver data is stored.",
            "says “after” where its line says “before”",
        ),
        (
            "ours",
            "Marcus will send the list of gate log fields.",
            "has Marcus Oyelaran do what F1 has done to them",
        ),
        (
            "view",
            "The small carriers will log into another portal.",
            "says what its line denies: “The small carriers will not log into another portal.”",
        ),
        (
            "queue",
            "By noon the queue of outbound trucks is out on the road.",
            "says “outbound” where its line says “inbound”",
        ),
    ],
)
def test_a_restatement_that_turns_its_line_round_is_an_error(
    line: str, text: str, message: str
) -> None:
    """Another person, the other side, the opposite, or more than was said."""
    assert message in judged(line, text)


def test_what_we_promised_is_not_put_on_the_customer() -> None:
    """My deed stays mine."""
    evidence = known(told("I will send the list of gate log fields by Monday.", "me"))

    found = check_voice([said("You will send the list of gate log fields by Monday.")], evidence)

    assert [f.message for f in found] == ["“You will send”: in F1 it is we who do"]


def test_what_a_colleague_promised_is_ours_too() -> None:
    """Whoever of us wrote it."""
    evidence = known(told("I will send the checklist for dock mapping.", "Sam Okafor", "internal"))
    statement = said("You will send the checklist for dock mapping.", spoken=False)

    assert [f.message for f in check_voice([statement], evidence)] == [
        "“You will send”: in F1 it is we who do"
    ]


def test_a_person_of_another_cited_fact_is_no_stranger() -> None:
    """One sentence may join what two people said."""
    evidence = known(
        told("Dwell in October was 94 minutes gate to gate.", "Marcus"),
        told("I want dwell under 60 minutes.", "Dana"),
    )

    text = "Dwell was 94 minutes gate to gate in October; Dana wants it under 60."

    assert check_voice([said(text, "F1", "F2")], evidence) == ()
    assert check_voice([said(text, "F1")], evidence) != ()


def test_a_card_is_restated_with_its_not() -> None:
    """Approved words keep their polarity as well."""
    card = an_insight("study", "Faster loaders do not shorten a visit.")
    evidence = known(DETENTION, cards=(card,))

    assert messages("Faster loaders shorten a visit.", "study", given=evidence) == [
        "says what its line denies: “Faster loaders do not shorten a visit.”"
    ]
    assert messages("Faster loaders do not shorten a visit.", "study", given=evidence) == []

"""The anticipate check: voiced concerns first, approved answers only, gaps shown as gaps."""

from __future__ import annotations

import pytest

from assistant.brief import Anticipate, Anticipated, Finding
from assistant.checks.anticipate import check_anticipate
from assistant.dossier import Fact
from assistant.testing import a_dossier, a_fact, a_story, an_evidence, an_objection

CARD = an_objection(
    "carriers",
    "Our carriers will never use that.",
    title="Our carriers will not use it",
    clarify="What do your carriers get from you today when they book?",
    respond="They will not do it as a favour, and they should not have to. A carrier books from a "
    "link in a message, without a login and at no charge, and gets a time that holds.",
    proof="In our sample review of January 2026, carriers booked 83% of appointments themselves "
    "after 12 weeks.",
    check="Which of your carriers would you want to ask first?",
)
FACTS = (
    a_fact("The small carriers won't log into another portal.", id="F1", kind="concern"),
    a_fact("We run 38 doors.", id="F2", kind="company", line=2),
)
VOICED = Anticipated(
    they_say="The small carriers won't log into another portal.",
    kind="objection",
    card=CARD.id,
    clarify=CARD.clarify,
    respond=CARD.respond,
    proof=CARD.proof,
    check=CARD.check,
    evidence=(CARD.id, "F1"),
)
LIKELY = VOICED.model_copy(update={"they_say": CARD.they_say[0], "evidence": (CARD.id,)})
GAP = Anticipated(
    they_say="Who pays for the tablets?",
    kind="question",
    card="",
    clarify="What would the tablets be used for?",
)


def checked(*concerns: Anticipated) -> tuple[Finding, ...]:
    return check_anticipate(
        Anticipate(concerns=concerns), an_evidence(CARD, a_story(), dossier=a_dossier(*FACTS))
    )


def with_voiced(**changed: object) -> tuple[Finding, ...]:
    return checked(VOICED.model_copy(update=changed), LIKELY, GAP)


def places(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.where.removeprefix("anticipate.concerns[0].") for finding in findings]


def test_approved_answers_and_a_gap_pass() -> None:
    """What a composer writes is beyond reproach."""
    assert checked(VOICED, LIKELY, GAP) == ()


@pytest.mark.parametrize("concerns", [(VOICED,), (VOICED, LIKELY)])
def test_fewer_than_three_are_a_warning(concerns: tuple[Anticipated, ...]) -> None:
    """Those that are at hand are to be prepared."""
    assert [f.severity for f in checked(*concerns)] == ["warning"]


@pytest.mark.parametrize(
    ("at_hand", "severity", "message"),
    [
        (1, "note", "1 doubt known so far: ask in the call what speaks against it"),
        (2, "warning", "1 doubt prepared for, and 1 more could be: prepare them"),
        (6, "warning", "1 doubt prepared for, and 5 more could be: prepare them"),
    ],
)
def test_a_call_with_few_doubts_at_hand_is_not_blamed_for_few(
    at_hand: int, severity: str, message: str
) -> None:
    """Nobody can mend that; what is at hand and left out is a warning."""
    part = Anticipate(concerns=(VOICED,))
    evidence = an_evidence(CARD, a_story(), dossier=a_dossier(*FACTS))

    found = check_anticipate(part, evidence, at_hand=at_hand)

    assert [(f.severity, f.message) for f in found] == [(severity, message)]


@pytest.mark.parametrize(
    "concerns", [(LIKELY, VOICED, GAP), (VOICED, GAP, VOICED), (LIKELY, GAP, VOICED)]
)
def test_a_voiced_concern_behind_a_guessed_one_is_an_error(
    concerns: tuple[Anticipated, ...],
) -> None:
    """What they said comes first."""
    messages = [f.message for f in checked(*concerns)]

    assert messages == [
        (
            f"“{VOICED.they_say}” was voiced and stands behind one that was not: put what they "
            "said first"
        )
    ]


def test_a_concern_of_theirs_that_nothing_prepares_for_is_a_warning() -> None:
    """There is room for three more."""
    assert [(f.severity, f.message) for f in checked(LIKELY, LIKELY, GAP)] == [
        ("warning", f"nothing prepares for “{FACTS[0].quote}”")
    ]


def test_a_concern_that_a_full_part_leaves_out_is_only_noted() -> None:
    """The seller can do nothing about the room; they may still want to know."""
    evidence = an_evidence(CARD, dossier=a_dossier(*FACTS))

    found = check_anticipate(Anticipate(concerns=(LIKELY, LIKELY, GAP)), evidence, room=3)

    assert [(f.severity, f.message) for f in found] == [
        ("note", f"no room was left for “{FACTS[0].quote}”")
    ]


def test_days_on_which_nothing_is_signed_are_not_left_out() -> None:
    """They are a date to keep to; a freeze of their systems is a doubt all the same."""
    texts = ("We sign nothing between 18 May and 4 June.", "No change between 18 May and 4 June.")
    unsigned, frozen = (a_fact(text, id="F1", kind="concern") for text in texts)

    def left_out(fact: Fact) -> list[str]:
        evidence = an_evidence(CARD, dossier=a_dossier(fact))
        found = check_anticipate(Anticipate(concerns=(LIKELY, LIKELY, GAP)), evidence)
        return [finding.message for finding in found]

    assert left_out(unsigned) == []
    assert left_out(frozen) == ["nothing prepares for “No change between 18 May and 4 June.”"]


def test_many_concerns_left_out_are_one_warning() -> None:
    """Two are quoted, the others counted."""
    facts = tuple(a_fact(f"Doubt {n}.", id=f"F{n}", kind="concern", line=n) for n in (1, 2, 3, 4))
    evidence = an_evidence(CARD, dossier=a_dossier(*facts))

    found = check_anticipate(Anticipate(concerns=(LIKELY, LIKELY, GAP)), evidence)

    assert [f.message for f in found] == ["nothing prepares for “Doubt 1.”, “Doubt 2.”, and 2 more"]


@pytest.mark.parametrize("card", ["story-carrier", "unknown", "F1"])
def test_an_answer_from_no_approved_card_is_an_error(card: str) -> None:
    """A story is no response, and an invented id is none either."""
    assert places(with_voiced(card=card)) == ["card"]


def test_an_answer_that_does_not_cite_its_card_is_an_error() -> None:
    """Else nobody could check it."""
    assert [f.message for f in with_voiced(evidence=("F1",))] == [
        "the answer does not cite carriers, which it is from"
    ]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("clarify", "Dana, what do the small carriers get from you today when they book?"),
        (
            "respond",
            (
                "You said “the small carriers won't log into another portal”. They should not "
                "have to: a carrier books from a link in a message, without a login and at no "
                "charge."
            ),
        ),
        ("proof", "In our sample review carriers booked 83% of appointments after 12 weeks."),
        ("check", "Which of your small carriers would you want to ask first, Dana?"),
    ],
)
def test_a_tailored_answer_passes(step: str, text: str) -> None:
    """Names and their own words may come in, and a clause may go."""
    assert with_voiced(**{step: text}) == ()


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("clarify", "Could you elaborate on your concern so that we may address it?"),
        ("respond", "Adoption is always a challenge, but our change team drives engagement."),
        ("proof", "Leading companies all over the world rely on us every day."),
        ("check", "Does that make sense?"),
        ("respond", "Carriers love it because the mobile app uses machine learning to plan."),
    ],
)
def test_an_answer_of_its_own_is_an_error(step: str, text: str) -> None:
    """Fluent, plausible, and approved by nobody."""
    findings = with_voiced(**{step: text})

    assert places(findings)[0] == step
    assert findings[0].message == (
        "this is not the approved answer of “Our carriers will not use it”: keep to it"
    )


@pytest.mark.parametrize("step", ["clarify", "respond", "proof", "check"])
def test_a_step_left_out_is_an_error(step: str) -> None:
    """Clarify, respond, prove, check: all four or the gap."""
    assert places(with_voiced(**{step: ""})) == [step]


@pytest.mark.parametrize(
    "text",
    [
        (
            "They will do it as a favour, and they should not have to. A carrier books from a "
            "link in a message, without a login and at no charge."
        ),
        (
            "They will not do it as a favour. A carrier books from a link in a message, with a "
            "login and at no charge, and gets a time that holds."
        ),
        (
            "They will not do it as a favour, and they should not have to. A carrier books from "
            "a link in a message, without a login and at a charge."
        ),
    ],
)
def test_a_not_that_is_gone_is_an_error(text: str) -> None:
    """The words are the card's; what they say is the opposite."""
    assert [f.message for f in with_voiced(respond=text)] == [
        "a “not” of “Our carriers will not use it” is gone: keep what the card denies"
    ]


@pytest.mark.parametrize(
    ("more", "promise"),
    [
        ("We guarantee that.", "guarantee"),
        ("And you get a discount for that.", "discount"),
        ("It is risk-free.", "risk-free"),
    ],
)
def test_a_promise_that_the_card_does_not_make_is_an_error(more: str, promise: str) -> None:
    """One added sentence can bind us."""
    assert [f.message for f in with_voiced(respond=f"{CARD.respond} {more}")] == [
        f"“{promise}” is promised here and not in “Our carriers will not use it”"
    ]


@pytest.mark.parametrize("step", ["respond", "proof", "check"])
def test_an_answer_without_a_card_is_an_error(step: str) -> None:
    """A gap is shown, not filled."""
    filled = GAP.model_copy(update={step: "We pay for the tablets."})

    assert [f.message for f in checked(VOICED, LIKELY, filled)] == [
        "no approved card answers this: leave the answer out, and show the gap"
    ]


@pytest.mark.parametrize("field", ["clarify", "they_say"])
def test_a_gap_still_says_what_they_say_and_asks_back(field: str) -> None:
    """That much can be said without approval."""
    empty = GAP.model_copy(update={field: ""})

    assert [f.where for f in checked(VOICED, LIKELY, empty)] == [f"anticipate.concerns[2].{field}"]

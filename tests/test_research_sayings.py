"""Sayings: who says what, as notes, dictation and mails put it."""

from __future__ import annotations

import pytest
from effort import effort

from assistant.research.sayings import Known, known_people, sayings
from assistant.sources.source import Invite, Person, Source
from assistant.testing import a_passage, a_source

KNOWN = Known((Person("Walt Drummond"), Person("Dr. Jens Ahlers"), Person("Dana Whitfield")))


def heard(source: Source) -> list[tuple[str, str, str]]:
    return [(s.speaker, s.manner, s.words) for s in sayings(source, KNOWN)]


@pytest.mark.parametrize(
    ("line", "speaker", "words"),
    [
        (
            'Ahlers: "Wenn ein LKW zu spät kommt, steht alles."',
            "Ahlers",
            "Wenn ein LKW zu spät kommt, steht alles.",
        ),
        (
            'DW replied to seq #3: "Timing is good for us."',
            "Dana Whitfield",
            "Timing is good for us.",
        ),
        ("walt said quote they all come at seven unquote", "Walt", "they all come at seven"),
        ("no wait it was walt who said quote then we are out", "Walt", "then we are out"),
        (
            "one more thing yvonne said quote i answer maybe half unquote",
            "Yvonne",
            "i answer maybe half",
        ),
        (
            'searching takes ages, "sometimes we search for an hour" (Yvonne)',
            "Yvonne",
            "sometimes we search for an hour",
        ),
        ("Dana says the TMS is “a spreadsheet with a logo”", "Dana", "a spreadsheet with a logo"),
    ],
)
def test_a_quotation_comes_with_its_speaker(line: str, speaker: str, words: str) -> None:
    """Whatever the shape, the inner words are the statement."""
    assert (speaker, "quoted", words) in heard(a_source(line))


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("walt said overtime is eleven thousand a month", "Walt"),
        ("nights are worst acc. to Walt", "Walt"),
        ("everybody said it is fine", ""),
        ("Retail wants more pallets this year", ""),
    ],
)
def test_reported_speech_names_its_source(line: str, speaker: str) -> None:
    """A word at the start of a sentence is no name."""
    ((found, manner, _),) = heard(a_source(line))

    assert found == speaker
    assert manner == ("reported" if speaker else "plain")


def test_a_pronoun_is_whoever_was_named_shortly_before_and_else_nobody() -> None:
    """Nobody is guessed over a distance."""
    near = a_source("walt said quote they come at seven unquote", "he says it is getting worse")
    far = a_source("walt said it is bad", "the yard", "the gate", "the doors", "he says it is bad")

    assert heard(near)[-1][0] == "Walt"
    assert heard(far)[-1][0] == ""


def test_a_quotation_may_run_over_several_passages() -> None:
    """The speaker holds until the mark closes."""
    notes = a_source(
        'Dana: "We signed them in October.', 'From March they send more."', "the gate is small"
    )

    assert [speaker for speaker, _, _ in heard(notes)] == ["Dana", "Dana", ""]


def test_what_stands_around_a_quotation_is_a_statement_of_its_own() -> None:
    """The words that only name the speaker are not."""
    said = heard(a_source('Dana: "So you do not do desks?" - told her somebody would check'))

    assert said == [
        ("Dana", "quoted", "So you do not do desks?"),
        ("", "plain", "told her somebody would check"),
    ]


@pytest.mark.parametrize(
    "introduction",
    [
        "Hello Tomasz, Dr. Ahlers has one question after the demo.",
        "Dr. Ahlers asked:",
        "Dr. Ahlers wants to know:",
        "Ahlers would like to know after the demo:",
        "Frage von Dr. Ahlers:",
        "One question from Ahlers after the demo:",
    ],
)
@pytest.mark.parametrize("speaker", ["", "Katrin Voßberg"])
def test_words_announced_on_the_line_before_are_whose_they_are(
    introduction: str, speaker: str
) -> None:
    """Whoever wrote them down did not say them, and that they come is no statement."""
    lines = (
        a_passage(introduction, speaker=speaker, quoted=True),
        a_passage('"Who pays if nobody books?"', speaker=speaker, quoted=True, line=2),
        a_passage("We are in Soest on Monday.", speaker=speaker, quoted=True, line=3),
    )

    assert heard(a_source(*lines)) == [
        ("Ahlers", "quoted", "Who pays if nobody books?"),
        (speaker, "quoted", "We are in Soest on Monday."),
    ]


def test_several_announced_questions_need_no_marks_and_end_with_the_last() -> None:
    """Each is theirs until a line is no question."""
    texts = ("Dana has two questions:", "Who pays?", "Who signs first?", "We can meet on Monday.")
    mail = a_source(*(a_passage(t, speaker="Walt", line=n) for n, t in enumerate(texts, 1)))

    assert [speaker for speaker, _, _ in heard(mail)] == ["Dana", "Dana", "Walt"]


@pytest.mark.parametrize(
    ("lines", "speaker"),
    [
        (("Dana has one question.", "Could you call her on Monday?"), "Walt"),
        (("Dana asked:", 'Ahlers: "Who pays for the pilot then?"'), "Ahlers"),
        (("I have one question:", '"Who pays for the pilot then?"'), "Walt"),
        (("The shift leaders liked it.", '"Who pays for the pilot then?"'), "Walt"),
    ],
)
def test_a_question_that_nobody_announced_is_the_writer_s(
    lines: tuple[str, str], speaker: str
) -> None:
    """A question about the one who asks is not theirs; a name beside the words says whose."""
    mail = a_source(*(a_passage(text, speaker="Walt", line=n) for n, text in enumerate(lines, 1)))

    assert heard(mail)[-1][0] == speaker


def test_a_short_term_in_marks_is_no_quotation() -> None:
    """`the word "dock"` is one statement."""
    assert heard(a_source('it is the word "dock" that found us')) == [
        ("", "plain", 'it is the word "dock" that found us')
    ]


def test_a_row_of_named_fields_is_parted() -> None:
    """Each field of a record is a statement, a row of a table is one."""
    rows = a_source("Ind: Logistics | Empl: 1,850", "Dana Whitfield | COO | not met")

    assert [words for _, _, words in heard(rows)] == [
        "Ind: Logistics",
        "Empl: 1,850",
        "Dana Whitfield | COO | not met",
    ]


def test_a_marked_passage_keeps_its_speaker() -> None:
    """What the reader of sources found out is not found out again."""
    turn = a_passage("We lose trailers.", speaker="Dana")
    quoted = a_passage("It is a mess.", quoted=True, line=2)

    assert heard(a_source(turn, quoted)) == [
        ("Dana", "turned", "We lose trailers."),
        ("", "quoted", "It is a mess."),
    ]


def test_known_people_come_from_headers_and_invitations_once() -> None:
    """Addresses without a name are nobody."""
    dana = Person("Dana Whitfield", "dana@x.example")
    invite = Invite("Call", None, 30, "", "", dana, (dana, Person("", "site@x.example")), "")

    known = known_people([a_source(people=(dana,)), a_source(kind="invite", invite=invite)])

    assert known.people == (dana,)


def test_a_name_is_known_without_asking_everybody() -> None:
    """A word of a line is looked up, not compared with each person of the sources."""
    known = Known(tuple(Person(f"Person{number} Family{number}") for number in range(1_000)))

    assert known.spelled("family999") == "Family999"
    assert effort(lambda: known.spelled("somebody")) < 50


def test_who_comes_first_is_meant_where_two_are_called_the_same() -> None:
    """A part of the first one's name, or their initials, wins over the second one's name."""
    known = Known((Person("Dana Whitfield"), Person("Dana Wu"), Person("DW Storage"), Person("DW")))

    assert known.spelled("dana") == "Dana"
    assert known.spelled("DW") == "Dana Whitfield"
    assert known.spelled("dw") == "DW"

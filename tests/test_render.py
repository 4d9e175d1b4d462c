"""What every view of a brief shows, and how it withstands what a text may hold."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from hostile import hostile_brief
from tidewater import STEP_WORDING, tidewater_brief, tidewater_meeting

from assistant.brief import (
    Anticipated,
    Brief,
    Claim,
    CriterionMet,
    Fit,
    NextStep,
    ParticipantBrief,
    Writer,
)
from assistant.dossier import Fact, SourceNote, Voice
from assistant.render import to_docx, to_html, to_markdown, to_terminal
from assistant.render.calendar import day, meeting_time
from assistant.render.ending import where_in_words
from assistant.render.marks import Mark
from assistant.render.page import Line
from assistant.render.printable import printable
from assistant.testing import a_finding, a_gap, a_meeting, a_participant

View = Callable[[Brief], str]


def as_html(brief: Brief) -> str:
    text = re.sub(r"<[^>]+>", " ", to_html(brief).split("<body", 1)[1])
    return squeezed(html.unescape(text))


def as_markdown(brief: Brief) -> str:
    return squeezed(re.sub(r"\\(?=[^\w\s])", "", to_markdown(brief)))


def as_terminal(brief: Brief) -> str:
    return squeezed(to_terminal(brief, width=100))


def as_docx(brief: Brief) -> str:
    document = Document(BytesIO(to_docx(brief)))
    return squeezed(" ".join(paragraph.text for paragraph in document.paragraphs))


def squeezed(text: str) -> str:
    return " ".join(text.split())


VIEWS = [as_html, as_markdown, as_terminal, as_docx]
every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)


def every_statement(brief: Brief) -> Iterator[str]:
    """Yield everything that somebody worded in a brief, part by part."""
    told, core = brief.preparation, brief.core
    claims = [*told.snapshot, *told.priorities, *told.challenges]
    claims += [person.wants for person in told.participants if person.wants]
    yield from (claim.text for claim in claims)
    for objective in told.objectives:
        yield from (objective.statement, objective.measure, objective.fallback)
    yield from told.unknowns
    yield from (todo.task for todo in told.logistics)
    step = brief.opening.next_step
    yield from (brief.opening.purpose.text, brief.opening.goals_question, step.why.text)
    yield from (step.wording, step.fallback_wording)
    yield from (item.item for item in brief.opening.agenda)
    for point in core.teach:
        yield from (point.point.text, point.why_them.text, point.ask)
    yield from (question.question for question in core.learn)
    yield from (question.why for question in core.learn)
    for story in core.share:
        yield from (*story.similarity, story.situation, story.complication)
        yield from (story.turning_point, story.resolution, story.bridge_question)
    for concern in core.anticipate:
        yield from (concern.they_say, concern.clarify, concern.respond, concern.proof)
        yield concern.check
    for statement in core.give_get.statements():
        yield statement.text
    yield from (*brief.closing.summary_prompts, brief.closing.reconfirm_wording)
    yield from (action.task for action in brief.closing.actions)
    yield from (*brief.after.outcome_tests, *brief.after.questions)


@every_view
def test_every_worded_sentence_of_the_brief_is_on_the_page(view: View) -> None:
    """A view leaves nothing out."""
    brief = tidewater_brief()

    shown = view(brief)

    assert [text for text in every_statement(brief) if squeezed(text) not in shown] == []


@every_view
def test_the_page_starts_with_whom_why_now_objectives_and_next_step(view: View) -> None:
    """A seller with one minute reads these, in this order, before any layer."""
    shown = view(tidewater_brief())

    minute = [
        "Tidewater Gulf Terminals",
        "Thu 3 Dec 2026, 10:00–10:45 America/Chicago (UTC−06:00)",
        "Dana Whitfield (COO), Marcus Oyelaran (Terminal Manager, Pelican Point)",
        "From March 1 Corvane Retail sends 60 more trucks a day",
        "Fits our ideal customer",
        "O1, ours",
        "O4, theirs",
        "A dock-mapping workshop on site, with Dana Whitfield, Marcus Oyelaran, by Thu 10 Dec 2026",
        "What matters now",
    ]
    places = [shown.find(text) for text in minute]
    assert -1 not in places
    assert places == sorted(places)


@every_view
def test_the_five_layers_follow_in_order(view: View) -> None:
    """Preparation, opening, core, closing, after; then what to check, gaps and notes."""
    shown = view(tidewater_brief())

    first_words = [
        "What matters now",
        "To find out together what is behind the congestion",
        "Detention looks like a price",
        "You came with",
        "Advance: Dana Whitfield",
        "Look at",
        "No approved insight was found for",
        "A mark such as [S1:14]",
        "Made for Harbourline",
    ]
    places = [shown.find(text) for text in first_words]
    assert -1 not in places
    assert places == sorted(places)


@every_view
def test_a_sentence_is_marked_with_its_source_and_line(view: View) -> None:
    """The mark is a place that can be looked up, and the note holds the words."""
    shown = view(tidewater_brief()).replace("[ ", "[").replace(" ]", "]")

    cost = shown.split("Detention cost $1.4 million last year; nobody knows from which dock.")[1]
    assert cost.lstrip(" [").startswith("S1:16")
    assert "“Detention cost us $1.4 million last year, and I can't tell you" in shown
    assert "Dana, the customer’s words" in shown


@every_view
def test_a_sentence_from_a_card_is_marked_with_the_cards_title(view: View) -> None:
    """Approved material is told by its title."""
    shown = view(tidewater_brief())

    taught = shown.split("belonged to trucks that had arrived on time.")[1]
    assert taught.lstrip(" [").startswith("Detention follows dock variance, not carrier rates")


@every_view
def test_an_inference_says_so_before_it_says_from_what(view: View) -> None:
    """Nobody takes our conclusion for their words."""
    shown = view(tidewater_brief())

    purpose = shown.split("whether working on it with us is worth your while.")[1]
    assert re.match(r"[ \[]*inference[\] \[]*S1:13", purpose)


@every_view
def test_our_own_remarks_are_noted_as_not_to_be_said(view: View) -> None:
    """The seller sees what is internal before reading it out."""
    shown = view(tidewater_brief())

    note = shown.split("“my read: Dana sponsors it, Marcus blocks if he feels it is done to him”")[
        1
    ]
    assert note.lstrip(" (").startswith("our own remark, not to be said or sent")


@every_view
def test_findings_and_gaps_stand_in_plain_words(view: View) -> None:
    """A finding names its place as a reader sees it, and a fact by its line."""
    shown = view(tidewater_brief())

    assert "Learn, question 2: S1:6 may answer this already" in shown
    assert "1 statement, whose quote was not found in the source." in shown
    assert "it gives Wed 12/2 for the call, the invite Thu 3 Dec" in shown
    assert "fines for trucks that are turned away" in shown


@every_view
def test_what_must_be_mended_comes_first(view: View) -> None:
    """Errors, then warnings, then notes, whatever their order in the brief."""
    findings = (
        a_finding("a note", severity="note"),
        a_finding("a warning", severity="warning"),
        a_finding("an error", severity="error"),
    )

    shown = view(tidewater_brief(findings=findings))

    assert shown.index("an error") < shown.index("a warning") < shown.index("a note")


@every_view
def test_a_fact_named_in_a_task_is_told_by_its_place(view: View) -> None:
    """F18 is known to the JSON only; an id of no fact stays."""
    brief = tidewater_brief()
    todo = brief.preparation.logistics[0].model_copy(
        update={"task": "Check (F18), (F99), F1-score"}
    )
    preparation = brief.preparation.model_copy(update={"logistics": (todo,)})

    shown = view(brief.model_copy(update={"preparation": preparation}))

    assert "Check (S1:31), (F99), F1-score" in shown


@every_view
@pytest.mark.parametrize("where", ["", "dossier.facts", "meeting.start"])
def test_a_finding_about_no_part_of_the_brief_needs_no_place(view: View, where: str) -> None:
    """Only its message is told, as a sentence: what the sources say holds its own place."""
    shown = view(tidewater_brief(findings=(a_finding("said once", where=where, severity="note"),)))

    assert re.search(r"Note:?\**:? Said once", shown)


@every_view
def test_the_page_says_what_no_check_can_see(view: View) -> None:
    """A wrong relation between right words passes every check."""
    assert "cannot see a wrong relation between right words" in view(tidewater_brief())


@every_view
def test_the_page_says_who_wrote_each_part_and_with_which_model(view: View) -> None:
    """Quietly, at the end."""
    shown = view(tidewater_brief())

    assert "Model: qwen2.5-coder-1.5b-instruct." in shown
    assert "Learn: written by the model." in shown
    assert "Teach: mended by the model after the checks." in shown
    assert "closing, after: composed by code from cards and notes." in shown
    assert "9 calls, 5,120 tokens read (3,980 from cache), 327 written, 14.2 s." in shown


@every_view
def test_a_brief_without_a_model_says_so(view: View) -> None:
    """And claims no cost."""
    brief = tidewater_brief()
    composed: dict[str, Writer] = dict.fromkeys(brief.parts, "composed")
    written_by = brief.written_by.model_copy(update={"model": "none"})

    shown = view(
        brief.model_copy(
            update={
                "parts": composed,
                "written_by": written_by,
                "usage": brief.usage.model_copy(update={"calls": 0}),
            }
        )
    )

    assert "No model was used." in shown
    assert "written by the model" not in shown
    assert "tokens" not in shown


@every_view
def test_an_empty_brief_says_what_is_missing(view: View) -> None:
    """No people, no trigger, no time, no card: each is said, and nothing breaks."""
    brief = tidewater_brief()
    meeting = a_meeting(title="", start=None, participants=(), zone="")
    dossier = brief.dossier.model_copy(
        update={"account": "", "facts": (), "meeting": meeting, "dropped": 0, "sources": ()}
    )
    preparation = brief.preparation.model_copy(
        update={
            "participants": (),
            "trigger": None,
            "snapshot": (),
            "unknowns": (),
            "logistics": (),
        }
    )
    core = brief.core.model_copy(update={"teach": (), "share": (), "anticipate": ()})
    empty = {"findings": (), "gaps": (), "cards": {}, "meeting": meeting, "dossier": dossier}

    shown = view(brief.model_copy(update={**empty, "preparation": preparation, "core": core}))

    for said in (
        "Nobody is named yet.",
        "The sources do not say what makes this the moment: ask.",
        "no time known, 45 minutes",
        "No approved insight fits.",
        "No approved story fits.",
        "The checks found nothing to mend.",
        "They have voiced no doubt yet: ask for it.",
        "An approved card was found for every need.",
    ):
        assert said in shown


@every_view
def test_a_meeting_without_an_hour_is_shown_with_its_day(view: View) -> None:
    """And with no hour, and no zone for one."""
    meeting = a_meeting(start=None, day=date(2026, 12, 3), zone="")

    shown = view(tidewater_brief().model_copy(update={"meeting": meeting}))

    assert "Thu 3 Dec 2026, no hour is given, 45 minutes" in shown


@every_view
def test_of_a_crowd_the_first_are_named_and_the_others_counted(view: View) -> None:
    """Five hundred guests do not fit on two pages, and nobody prepares for each."""
    brief = tidewater_brief()
    crowd = tuple(
        ParticipantBrief(name=f"Guest Number{n}", role="", side="customer", unknown="Why?")
        for n in range(1, 501)
    )
    preparation = brief.preparation.model_copy(update={"participants": crowd})

    shown = view(brief.model_copy(update={"preparation": preparation}))

    assert "Guest Number16, and 484 others of Tidewater" in " ".join(shown.split())
    assert "Guest Number17" not in shown
    assert "--with: 484 others are expected" in " ".join(shown.split())


@every_view
def test_a_prospect_who_does_not_fit_is_said_in_the_first_minute(view: View) -> None:
    """The right outcome may be to stop, and the reason stands beside it."""
    brief = tidewater_brief()
    criteria = (
        CriterionMet(name="Ships and receives nothing by truck", need="disqualifier", state="met"),
        CriterionMet(name="Runs its own docks", need="required", state="missed"),
        CriterionMet(name="Has fewer than 50 employees", need="disqualifier", state="missed"),
    )
    preparation = brief.preparation.model_copy(update={"fit": Fit(verdict="no", criteria=criteria)})

    shown = view(brief.model_copy(update={"preparation": preparation}))

    verdict = shown[: shown.index("What matters now")]
    assert "Does not fit. Find out whether that is so, and be ready to stop." in verdict
    assert "Against: Ships and receives nothing by truck; not “Runs its own docks”." in verdict
    assert "fewer than 50" not in shown


def test_two_facts_of_one_place_have_one_label() -> None:
    """The line is to be looked up once; the notes still hold both."""
    twice = Line("Both.", marks=(Mark("S1:5", "one", "n1"), Mark("S1:5", "two", "n2")))

    assert twice.labels == ("S1:5",)
    assert [mark.note for mark in twice.marks] == ["n1", "n2"]


@every_view
def test_who_does_not_fit_lacks_no_card(view: View) -> None:
    """No insight and no story is missed, and enablement is asked for none."""
    brief = tidewater_brief()
    preparation = brief.preparation.model_copy(update={"fit": Fit(verdict="no", criteria=())})
    core = brief.core.model_copy(update={"teach": (), "share": ()})

    shown = view(brief.model_copy(update={"preparation": preparation, "core": core, "gaps": ()}))

    assert "No insight: they do not fit." in shown
    assert "No story: they do not fit." in shown
    assert "None: who does not fit needs no card." in shown


@every_view
def test_a_prospect_who_fits_is_said_in_one_line(view: View) -> None:
    """What is met is counted; what is missed, unknown or not ruled out is named."""
    criteria = (
        CriterionMet(name="Runs its own docks", need="required", state="met", evidence=("F2",)),
        CriterionMet(name="Has two sites", need="preferred", state="missed"),
        CriterionMet(name="Is in Europe", need="preferred", state="unknown"),
        CriterionMet(name="Has no yard", need="disqualifier", state="unknown"),
        CriterionMet(name="Has closed", need="disqualifier", state="missed"),
    )

    shown = view(_fitting(Fit(verdict="fits", criteria=criteria)))

    told = "Fits: 1 of 2 known criteria met; missed: has two sites; unknown: is in Europe; "
    assert f"{told}not ruled out: has no yard." in shown
    assert "Runs its own docks." not in shown
    assert "as closed" not in shown


def _fitting(fit: Fit) -> Brief:
    brief = tidewater_brief()
    preparation = brief.preparation.model_copy(update={"fit": fit})
    return brief.model_copy(update={"preparation": preparation})


@every_view
def test_a_prospect_who_fits_in_part_is_told_by_each_criterion(view: View) -> None:
    """There is something to weigh, so all of it is shown."""
    criteria = (
        CriterionMet(name="Runs its own docks", need="required", state="met", evidence=("F2",)),
        CriterionMet(name="Has two sites", need="required", state="unknown"),
    )

    shown = view(_fitting(Fit(verdict="partial", criteria=criteria)))

    assert "known criteria met" not in shown
    assert shown.index("Runs its own docks.") < shown.index("Has two sites.")


@every_view
def test_of_what_is_not_known_a_call_s_worth_is_shown(view: View) -> None:
    """The first five, and how many more there are; so with the criteria that nobody knows of."""
    brief = tidewater_brief()
    unknown = tuple(
        CriterionMet(
            name=f"Has criterion {n}", need="preferred", state="unknown" if n < 8 else "met"
        )
        for n in range(9)
    )
    preparation = brief.preparation.model_copy(
        update={
            "unknowns": tuple(f"What is open thing {n}?" for n in range(7)),
            "fit": Fit(verdict="unknown", criteria=unknown),
        }
    )

    shown = view(brief.model_copy(update={"preparation": preparation}))

    assert "What is open thing 4?" in shown
    assert "What is open thing 5?" not in shown
    assert "2 more are not worth asking yet." in shown
    assert "Has criterion 4." in shown
    assert "Has criterion 5." not in shown


@every_view
def test_criteria_of_which_none_is_known_are_not_listed(view: View) -> None:
    """What to ask stands below; a dozen names of what nobody knows say nothing more."""
    criteria = (
        CriterionMet(name="Runs its own docks", need="required", state="unknown"),
        CriterionMet(name="Has two sites", need="preferred", state="unknown"),
    )

    shown = view(_fitting(Fit(verdict="unknown", criteria=criteria)))

    assert "None of the 2 criteria is known yet." in shown
    assert "Has two sites" not in shown


@every_view
def test_who_does_not_fit_is_answered_in_the_first_minute(view: View) -> None:
    """They ask at once; the words to say stand at the head of the page."""
    asked = Anticipated(
        they_say="Oliver: “So you don't do desk booking then?”",
        kind="question",
        card="",
        clarify="No, that is not something we do.",
    )
    brief = _fitting(Fit(verdict="no", criteria=()))
    core = brief.core.model_copy(update={"anticipate": (asked,)})

    minute, _, _ = view(brief.model_copy(update={"core": core})).partition("What matters now")

    assert re.search(r"If they say.* desk booking then.*Say.* No, that is not something", minute)


@every_view
def test_a_guest_who_is_only_an_address_stands_among_the_people(view: View) -> None:
    """Somebody comes of whom nothing is known; no domain is shown that a viewer would link."""
    brief = tidewater_brief()
    meeting = brief.meeting.model_copy(update={"nameless": ("site.cork@caldera.example",)})

    shown = view(brief.model_copy(update={"meeting": meeting}))

    assert re.search(r"site\.cork\\?@….*Invited by address only: who is it", shown)
    assert "site.cork@caldera" not in shown


@every_view
def test_the_first_minute_holds_the_words_for_the_next_step_and_the_gravest_warning(
    view: View,
) -> None:
    """They can be said at once; what is only a note is not held up as a warning."""
    shown = view(tidewater_brief())

    minute = shown[: shown.index("What matters now")]
    assert STEP_WORDING in minute
    assert re.search(r"Mind:?\**:? Learn, question 2: S1:6 may answer this already", minute)


@every_view
def test_who_may_not_come_is_said_beside_the_name(view: View) -> None:
    """A next step must not hang on a guest who is optional, unnoticed."""
    brief = tidewater_brief()
    people = [
        p.model_copy(update={"attendance": "optional"} if p.name == "Priya Raman" else {})
        for p in brief.meeting.participants
    ]
    meeting = brief.meeting.model_copy(update={"participants": tuple(people)})

    shown = view(brief.model_copy(update={"meeting": meeting}))

    minute = shown[: shown.index("What matters now")]
    assert re.search(r"Priya Raman \([^)]*optional\)", minute)
    assert minute.count("optional") == 1


@every_view
def test_of_two_warnings_the_one_about_why_now_is_at_the_head(view: View) -> None:
    """When it begins matters more to this call than how many people they have."""
    brief = tidewater_brief()
    why = next(f for f in brief.dossier.facts if f.id in brief.preparation.trigger.evidence)
    head = a_finding(f"the sources disagree on the day: x ({why.source}:{why.line}) and y (S9:9)")
    other = a_finding("the sources disagree on employees: x (S9:1) and y (S9:2)")

    shown = view(tidewater_brief(findings=(other, head)))

    minute = shown[: shown.index("What matters now")]
    assert "disagree on the day" in minute
    assert "disagree on employees" not in minute


@every_view
def test_a_brief_with_notes_only_has_no_warning_at_its_head(view: View) -> None:
    """Otherwise the seller stops reading it."""
    shown = view(tidewater_brief(findings=(a_finding("a trifle", severity="note"),)))

    minute = shown[: shown.index("What matters now")]
    assert "Mind" not in minute


@every_view
def test_a_long_warning_takes_one_line_at_the_head_and_is_whole_at_the_end(view: View) -> None:
    """It is cut between words, and says that it is."""
    message = "the sources disagree " * 20 + "to the last"

    shown = view(tidewater_brief(findings=(a_finding(message, severity="error"),)))

    minute, rest = shown.split("What matters now")
    assert re.search(r"Mind:?\**:? .{90,120} …", minute)
    assert message in rest


@every_view
def test_questions_of_a_stage_share_the_beginning_of_their_reasons(view: View) -> None:
    """It is said once, and what differs follows it."""
    brief = tidewater_brief()
    asked = tuple(
        question.model_copy(update={"stage": "problem", "why": f"Its cause: {topic}."})
        for question, topic in zip(brief.core.learn, ("detention", "queues"), strict=False)
    )
    core = brief.core.model_copy(update={"learn": asked})

    shown = view(brief.model_copy(update={"core": core}))

    assert "Its cause: detention; queues." in shown
    assert shown.count("Its cause") == 1


@every_view
def test_a_story_is_not_called_like_them_because_of_its_own_title(view: View) -> None:
    """The mark says the title already."""
    brief = tidewater_brief()
    story = brief.core.share[0]
    title = brief.cards[story.card]
    alike = (f"close to “{title}”", "close to “the queue”")
    core = brief.core.model_copy(
        update={"share": (story.model_copy(update={"similarity": alike}),)}
    )

    shown = view(brief.model_copy(update={"core": core}))

    assert f"close to “{title}”" not in shown
    assert "close to “the queue”" in shown


@pytest.mark.parametrize(
    ("source", "voice", "speaker", "said"),
    [
        ("S1", "customer", "Dana", "Dana, the customer’s words"),
        ("S1", "customer", "", "as we noted it"),
        ("S1", "public", "", "as we noted it"),
        ("S5", "public", "", "published"),
        ("S6", "public", "", "published"),
        ("S4", "public", "", "public"),
        ("S1", "internal", "", "our own remark, not to be said or sent"),
    ],
)
def test_a_note_says_whose_words_it_holds_as_far_as_is_known(
    source: str, voice: Voice, speaker: str, said: str
) -> None:
    """Our own line is not theirs because it reads as if it were."""
    brief = tidewater_brief()
    fact = brief.dossier.facts[6].model_copy(
        update={"source": source, "voice": voice, "speaker": speaker, "quote": "The one quote."}
    )
    more = (
        SourceNote(id="S5", name="about.html", kind="page"),
        SourceNote(id="S6", name="report.pdf", kind="document"),
    )
    dossier = brief.dossier.model_copy(
        update={
            "facts": (*brief.dossier.facts[:6], fact, *brief.dossier.facts[7:]),
            "sources": (*brief.dossier.sources, *more),
        }
    )

    shown = to_markdown(brief.model_copy(update={"dossier": dossier}))

    assert f"“The one quote.” ({said})" in shown


@every_view
def test_a_gap_among_the_concerns_is_shown_as_one(view: View) -> None:
    """What may be said is the question; there is no answer to read out."""
    shown = view(tidewater_brief())

    gap = shown.split("Gail will ask what it costs to do nothing.")[-2:]
    assert any("No approved response: ask, and promise an answer. A gap." in text for text in gap)


@every_view
def test_a_page_of_a_document_is_in_the_mark(view: View) -> None:
    """Line 4 of page 3 is not line 4."""
    brief = tidewater_brief()
    paged = brief.dossier.facts[6].model_copy(update={"page": 3, "line": 4})
    facts = (*brief.dossier.facts[:6], paged, *brief.dossier.facts[7:])

    shown = view(
        brief.model_copy(update={"dossier": brief.dossier.model_copy(update={"facts": facts})})
    )

    assert "S1 p. 3:4" in shown


# --- attacks


@every_view
def test_what_a_text_holds_is_shown_as_text(view: View) -> None:
    """Braces, tags, emoji sequences, Hebrew and Chinese survive; codes and half characters go."""
    shown = view(hostile_brief())

    for kept in (
        "{{ 7*7 }}",
        "{% include 'x' %}",
        "%s",
        "👩‍👩‍👧",
        "שלום",
        "你好",
        "<script>",
        "<|im_end|>",
    ):
        assert kept in shown
    for gone in "\x1b\x07\x00\x9b\u202e\u2066\ud800\uffff":
        assert gone not in shown
    assert "49" not in re.findall(r"\b49\b", shown)


def test_json_round_trips_what_the_views_show() -> None:
    """The contract is the JSON: reading it back gives the same page."""
    brief = tidewater_brief()

    again = Brief.model_validate_json(brief.model_dump_json())

    assert to_markdown(again) == to_markdown(brief)


# --- days, places and characters


@pytest.mark.parametrize(
    ("start", "zone", "shown"),
    [
        (
            datetime(2026, 12, 3, 16, 0, tzinfo=UTC),
            "America/Chicago",
            "Thu 3 Dec 2026, 10:00–10:45 America/Chicago (UTC−06:00)",
        ),
        (
            datetime(2026, 7, 3, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")),
            "Europe/Berlin",
            "Fri 3 Jul 2026, 09:00–09:45 Europe/Berlin (UTC+02:00)",
        ),
        (
            datetime(2026, 12, 3, 10, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            "",
            "Thu 3 Dec 2026, 10:00–10:45 UTC+05:30",
        ),
        (datetime(2026, 12, 3, 10, 0, tzinfo=UTC), "UTC", "Thu 3 Dec 2026, 10:00–10:45 UTC"),
        (
            datetime(2026, 12, 3, 10, 0, tzinfo=UTC),
            "Mars/Olympus",
            "Thu 3 Dec 2026, 10:00–10:45 Mars/Olympus (UTC)",
        ),
        (
            datetime(2026, 12, 3, 23, 30, tzinfo=UTC),
            "UTC",
            "Thu 3 Dec 2026, 23:30–Fri 4 Dec 2026, 00:15 UTC",
        ),
        (
            datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/Chicago")),
            "America/Chicago",
            "Sun 1 Nov 2026, 01:30 UTC−05:00 – 01:15 UTC−06:00, America/Chicago",
        ),
        (
            datetime(2026, 12, 3, 10, 0),  # noqa: DTZ001  # floating, as an invitation may be
            "",
            "Thu 3 Dec 2026, 10:00–10:45 (zone unknown)",
        ),
    ],
    ids=["zone", "summer", "offset", "utc", "unknown zone", "midnight", "clocks go back", "none"],
)
def test_the_zone_is_always_printed_with_the_time(start: datetime, zone: str, shown: str) -> None:
    """On the meeting's own clock, with its offset on that day."""
    meeting = tidewater_meeting().model_copy(update={"start": start, "zone": zone})

    assert meeting_time(meeting) == shown


def test_days_are_in_english_and_complete() -> None:
    """Whatever the machine's language."""
    assert day(date(2026, 3, 1)) == "Sun 1 Mar 2026"


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("teach.points[0].ask", "Teach, point 1, ask"),
        ("learn.questions[2].question", "Learn, question 3"),
        ("objectives.objectives[1].measure", "Objectives, objective 2, measure"),
        ("give_get.seller_gives[0]", "Give and get, we give 1"),
        ("opening.next_step.wording", "Opening, next step, wording"),
        ("share.stories[0].turning_point", "Share, story 1, turning point"),
        ("anticipate.concerns[1].they_say", "Anticipate, concern 2, what they say"),
        ("closing.actions", "Closing, actions"),
    ],
)
def test_a_place_is_told_as_a_reader_finds_it(where: str, words: str) -> None:
    """No brackets, no names of fields."""
    assert where_in_words(where) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand  spaces", "two lines and spaces"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("half \ud800 and none \ufffe", "half \ufffd and none \ufffd"),
        ("a\u202eb\u2069c", "abc"),
        ("👩‍👩‍👧 é e\u0301 שלום \U0001fae8", "👩‍👩‍👧 é e\u0301 שלום \U0001fae8"),
    ],
)
def test_text_is_made_printable_and_nothing_more(text: str, shown: str) -> None:
    """Characters newer than this interpreter's tables are left alone."""
    assert printable(text) == shown


def test_a_step_without_a_known_name_shows_the_role() -> None:
    """Roles stand where no name is known."""
    brief = tidewater_brief()
    step: NextStep = brief.opening.next_step.model_copy(
        update={"customer_actors": ("terminal manager",)}
    )
    opening = brief.opening.model_copy(update={"next_step": step})

    assert "with terminal manager, by" in to_markdown(brief.model_copy(update={"opening": opening}))


def test_people_of_unknown_side_are_listed_as_such() -> None:
    """They may be ours or theirs; the seller knows."""
    brief = tidewater_brief()
    person = brief.preparation.participants[0].model_copy(update={"side": "unknown"})
    preparation = brief.preparation.model_copy(update={"participants": (person,)})

    shown = to_markdown(brief.model_copy(update={"preparation": preparation}))

    assert "**Dana Whitfield (COO), side unknown:**" in shown


def test_what_the_snapshot_has_said_is_not_said_again() -> None:
    """Two of the three challenges are in the snapshot in the same words."""
    shown = as_markdown(tidewater_brief())

    assert shown.count("Four in ten trucks come outside their slot;") == 1
    assert "queue is out on the county road. [S1:18]" in shown


def test_notes_hold_only_what_is_cited_and_nothing_else() -> None:
    """A fact that no mark points at stays in the JSON."""
    brief = tidewater_brief()
    extra = Fact(
        id="F99",
        kind="other",
        voice="public",
        text="Uncited.",
        quote="Nobody cites this.",
        source="S1",
        line=99,
    )
    dossier = brief.dossier.model_copy(update={"facts": (*brief.dossier.facts, extra)})

    assert "Nobody cites this." not in to_markdown(brief.model_copy(update={"dossier": dossier}))


def test_evidence_that_is_nowhere_is_an_inference() -> None:
    """A sentence that cites nothing known is not dressed up as sourced."""
    brief = tidewater_brief()
    claim = Claim(text="They will buy.", origin="notes", evidence=("F404",))
    preparation = brief.preparation.model_copy(update={"snapshot": (claim,)})

    shown = to_markdown(brief.model_copy(update={"preparation": preparation}))

    assert "They will buy. [inference]" in shown


def test_gaps_name_the_kind_of_card_that_is_missing() -> None:
    """What enablement reads."""
    shown = as_markdown(tidewater_brief(gaps=(a_gap("a story from cement"),)))

    assert "**No approved story was found for:** - a story from cement" in shown


def test_the_wording_of_the_next_step_is_the_methods_own() -> None:
    """It is there word for word, to be said."""
    assert STEP_WORDING in as_markdown(tidewater_brief())


def test_a_participant_needs_no_role() -> None:
    """No empty brackets."""
    brief = tidewater_brief()
    person = a_participant("Kim Ode", "")
    listed = brief.preparation.participants[0].model_copy(
        update={"name": person.name, "role": person.role, "wants": None}
    )
    preparation = brief.preparation.model_copy(update={"participants": (listed,)})

    shown = to_markdown(brief.model_copy(update={"preparation": preparation}))

    assert "- **Whom:** Kim Ode of Tidewater Gulf Terminals" in shown

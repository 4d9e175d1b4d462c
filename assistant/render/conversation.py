"""The layers of the conversation itself: opening, core, closing, after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from assistant.brief import (
    Anticipated,
    Brief,
    Claim,
    GiveGet,
    Question,
    StoryTold,
    TeachPoint,
)
from assistant.render.calendar import day
from assistant.render.marks import Mark, Marks
from assistant.render.page import Block, Layer, Line
from assistant.render.preparation import claim_line
from assistant.render.printable import capital, printable

_GIVE_GET = {
    "seller_gives": "We give",
    "seller_gets": "We get",
    "customer_gives": "They give",
    "customer_gets": "They get",
}


def _said(text: str, *, lead: str = "", marks: tuple[Mark, ...] = ()) -> Line:
    return Line(printable(text), lead=lead, marks=marks, spoken=True)


def opening(brief: Brief, marks: Marks) -> Layer:
    """Return shared purpose, agenda and provisional next step, in the order they are said."""
    told, step = brief.opening, brief.opening.next_step
    purpose, cited = marks.of_claim(told.purpose), marks.of(step.evidence)
    agenda = (
        Line(
            printable(item.item),
            lead=f"{item.minutes} min",
            marks=marks.of(item.evidence) if item.evidence else (),
            aside=", ".join(item.serves),
        )
        for item in told.agenda
    )
    length = f"{brief.meeting.minutes} minutes"
    lines = (
        claim_line(told.purpose, marks, lead="Purpose", spoken=True),
        _said(told.goals_question, lead="Their goals", marks=purpose),
        Line(length, lead="Agenda", marks=purpose, aside=_whose_agenda(brief), under=tuple(agenda)),
        _said(step.wording, lead="Next step", marks=cited),
        _said(step.fallback_wording, lead="Else", marks=cited),
        claim_line(step.why, marks, lead="Why"),
    )
    return Layer("Opening", (Block("", lines),))


def _whose_agenda(brief: Brief) -> str:
    """Say whose points stand on the agenda, where they are those of one that was sent."""
    sent = brief.meeting.agenda
    if sent is None or all(item.origin == "inferred" for item in brief.opening.agenda):
        return ""
    by = printable(sent.by)
    whose = {
        "customer": f"as {by or 'they'} sent it",
        "seller": "as we announced it",
        "unknown": f"as {by} sent it" if by else "as it was sent",
    }[sent.side]
    return f"In quotation marks: {whose}. What we ask and tell has its place within these points."


def core(brief: Brief, marks: Marks) -> Layer:
    """Return teach, learn, share, anticipate and the balance of giving and getting."""
    told = brief.core
    nothing = "No approved {} fits." + (" See the gaps at the end." if brief.gaps else "")
    unanswered = "No approved response: ask, and promise an answer. A gap."
    if brief.preparation.fit.verdict == "no":
        nothing, unanswered = (
            "No {}: they do not fit.",
            "Say plainly what we do and do not do, as our profile has it.",
        )
    taught = tuple(_point(point, marks) for point in told.teach)
    shared = tuple(_story(story, brief.cards.get(story.card, ""), marks) for story in told.share)
    doubts = tuple(_concern(concern, marks, unanswered) for concern in told.anticipate)
    return Layer(
        "Core",
        (
            Block("Teach", taught or (Line(nothing.format("insight")),)),
            Block("Learn", tuple(_questions(told.learn, marks))),
            Block("Share", shared or (Line(nothing.format("story")),)),
            Block("Anticipate", doubts or (Line("They have voiced no doubt yet: ask for it."),)),
            Block("Give and get", tuple(_give_get(told.give_get, marks))),
        ),
    )


def _point(point: TeachPoint, marks: Marks) -> Line:
    return Line(
        printable(point.point.text),
        marks=marks.of_claim(point.point),
        spoken=True,
        under=(
            claim_line(point.why_them, marks, lead="Why them", spoken=True),
            _said(point.ask, lead="Ask"),
        ),
    )


def _questions(questions: Iterable[Question], marks: Marks) -> Iterator[Line]:
    """Group what is asked one after another at the same stage, under its reasons."""
    for stage, group in groupby(questions, key=lambda question: question.stage):
        asked = tuple(group)
        shared = _shared_reason([printable(question.why) for question in asked])
        yield Line(
            "",
            lead=stage.capitalize(),
            aside=shared,
            unprinted=True,
            under=tuple(
                Line(
                    printable(question.question),
                    marks=marks.of(question.evidence),
                    spoken=True,
                    aside="" if shared else printable(question.why),
                    unprinted=True,
                )
                for question in asked
            ),
        )


def _shared_reason(reasons: list[str]) -> str:
    """Say once what all reasons begin with before a colon; "" where they share nothing."""
    if len(set(reasons)) == 1:
        return reasons[0]
    beginnings = {reason.partition(": ")[0] for reason in reasons}
    ends = [reason.partition(": ")[2] for reason in reasons]
    if len(beginnings) > 1 or not all(ends):
        return ""
    *firsts, last = dict.fromkeys(ends)
    return f"{beginnings.pop()}: {'; '.join([*(end.rstrip('.') for end in firsts), last])}"


def _story(story: StoryTold, title: str, marks: Marks) -> Line:
    """Leave out of what is alike what only says the story's own title again."""
    alike = [reason for reason in story.similarity if reason != f"close to “{title}”"]
    return Line(
        "; ".join(map(printable, alike)),
        lead="Like them",
        marks=marks.of((*story.evidence, story.card)),
        under=(
            _said(story.situation, lead="Situation"),
            _said(story.complication, lead="Complication"),
            _said(story.turning_point, lead="Turning point"),
            _said(story.resolution, lead="Resolution"),
            _said(story.bridge_question, lead="Then ask"),
        ),
    )


def _concern(concern: Anticipated, marks: Marks, unanswered: str) -> Line:
    steps = {
        "Clarify": concern.clarify,
        "Respond": concern.respond,
        "Proof": concern.proof,
        "Check": concern.check,
    }
    voiced = marks.cites_fact(concern.evidence)
    return Line(
        printable(concern.they_say),
        lead=f"They said ({concern.kind})" if voiced else f"They may say ({concern.kind})",
        marks=marks.of((*concern.evidence, *((concern.card,) if concern.card else ()))),
        aside="" if concern.card else unanswered,
        under=tuple(_said(text, lead=step) for step, text in steps.items() if text.strip()),
        whole=True,
    )


def _give_get(part: GiveGet, marks: Marks) -> Iterator[Line]:
    """Mark a group once where all of it rests on the same."""
    for name, lead in _GIVE_GET.items():
        claims: tuple[Claim, ...] = getattr(part, name)
        cited = [marks.of_claim(claim) for claim in claims]
        shared = cited[0] if len(set(cited)) == 1 else ()
        under = tuple(
            Line(printable(claim.text), marks=() if shared else own)
            for claim, own in zip(claims, cited, strict=True)
        )
        yield Line("", lead=lead, marks=shared, under=under, flows=True)


def closing(brief: Brief, marks: Marks) -> Layer:
    """Return summary, next step reconfirmed and actions."""
    told = brief.closing
    actions = tuple(
        Line(
            capital(printable(action.task)),
            lead=f"{printable(action.owner)}, by {day(action.due)}",
            marks=marks.of(action.evidence),
            aside="theirs" if action.side == "customer" else "ours",
        )
        for action in told.actions
    )
    prompts = tuple(_said(prompt) for prompt in told.summary_prompts)
    cited = marks.of(told.evidence)
    lines = (
        Line("", lead="Summary", marks=cited, under=prompts),
        _said(told.reconfirm_wording, lead="Reconfirm", marks=cited),
        Line("", lead="Actions", under=actions),
    )
    return Layer("Closing", (Block("", lines),))


def after(brief: Brief, marks: Marks) -> Layer:
    """Return how to judge the call when it is over."""
    told = brief.after
    tests = tuple(Line(printable(test)) for test in told.outcome_tests)
    questions = tuple(Line(printable(question)) for question in told.questions)
    cited = marks.of(told.evidence)
    lines = (
        Line("", lead="Which outcome was it?", marks=cited, under=tests),
        Line("", lead="Ask yourself", marks=cited, under=questions),
    )
    return Layer("After", (Block("", lines),))

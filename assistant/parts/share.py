"""A customer story as it is to be told here."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from assistant.brief import Share, StoryTold
from assistant.checks.story import check_story
from assistant.evidence import MEETING
from assistant.knowledge.card import Story
from assistant.parts.objectives import slots
from assistant.parts.phrases import listed, spelled_role
from assistant.parts.recipe import Recipe, Wording, citable, one_of, serving, several, shape, text
from assistant.parts.rules import checked, every_statement
from assistant.plan import Plan
from assistant.retrieval import Hit
from assistant.retrieval.stories import is_of_their_trade
from assistant.roles import same_role


def compose_share(plan: Plan, wording: Wording) -> Share:
    """Tell the chosen story beat by beat as its card has it, and ask what is different here."""
    del wording  # a story's words and figures are the card's
    serves = serving(slots(plan), "customer")[-1:]
    return Share(stories=tuple(_told(hit, serves, plan) for hit in plan.share))


def _told(hit: Hit, serves: tuple[str, ...], plan: Plan) -> StoryTold:
    story = hit.card
    assert isinstance(story, Story)  # retrieval keeps kinds apart
    facts = tuple(e for e in hit.evidence if e in citable(plan))
    return StoryTold(
        card=story.id,
        similarity=_alike(hit, story, plan),
        situation=story.situation,
        complication=story.complication,
        turning_point=story.turning_point,
        resolution=story.resolution,
        bridge_question=f"What would be the same at {plan.account}, and what would be different?",
        serves=serves,
        evidence=(story.id, *facts, MEETING),
    )


def _alike(hit: Hit, story: Story, plan: Plan) -> tuple[str, ...]:
    """Return what both share: the problem in any case, the industry and a role where it is so.

    A story of another industry is said to be one.
    """
    shared = [reason for reason in hit.reasons if reason.startswith("industry:")]
    if any(same_role(person.role, story.customer.role) for person in plan.customers):
        shared.append(f"role: {spelled_role(story.customer.role)}")
    theirs = {problem.challenge for problem in plan.problems}
    ordered = sorted(story.challenges, key=lambda challenge: challenge not in theirs)
    about = listed(ordered[:2]) or story.customer.role
    if is_of_their_trade(hit):
        return (*shared, f"about {about}, in {story.customer.industry}")
    return (*shared, f"the problem, {about}, though in another industry: {story.customer.industry}")


def _answer(plan: Plan) -> type[BaseModel]:
    told = shape(
        "StoryAnswer",
        card=one_of(hit.card.id for hit in plan.share),
        similarity=several(text(140), 1, 3),
        similarity_facts=several(one_of(citable(plan)), 0, 3),
        situation=text(420),
        complication=text(420),
        turning_point=text(420),
        resolution=text(420),
        bridge_question=text(200),
    )
    return shape("ShareAnswer", stories=several(told, min(1, len(plan.share)), len(plan.share)))


def _read(answer: Any, plan: Plan) -> Share:  # noqa: ANN401 - made by `_answer`
    serves = serving(slots(plan), "customer")[-1:]
    return Share(
        stories=tuple(
            StoryTold(
                card=told.card,
                similarity=tuple(told.similarity),
                situation=told.situation,
                complication=told.complication,
                turning_point=told.turning_point,
                resolution=told.resolution,
                bridge_question=told.bridge_question,
                serves=serves,
                evidence=(told.card, *told.similarity_facts, MEETING),
            )
            for told in answer.stories
        )
    )


SHARE = Recipe(
    name="share",
    compose=compose_share,
    answer=_answer,
    read=_read,
    checks=(every_statement, checked(check_story)),
    max_tokens=1000,
    asks=lambda plan: bool(plan.share),
)

"""Share: a customer's story in its four beats, with its own results, and why it is like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain, pairwise

from assistant.brief import Finding, Share, StoryTold
from assistant.checks.wording import numbers, one_line, share, stems, tokens
from assistant.evidence import Evidence
from assistant.knowledge.card import Metric, Story, card_text

BEATS = ("situation", "complication", "turning_point", "resolution")
# Share of a told beat's words that are the card's: fewer, and it was made up.
_FROM_CARD = 0.4
# A beat is another one where it holds this share of that one's words, and this much more of it
# than of its own.
_OTHER_BEAT = 0.5
_CLEARLY_MORE = 0.25
_COMPANY_FORM = re.compile(r",? (?:inc|llc|ltd|plc|corp|gmbh|ag|co|bv|sa)\.?$", re.IGNORECASE)
_UNITS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
_A_NUMBER = re.compile(r"\d[\d.,]*\d|\d")

_error = partial(Finding, check="story", severity="error")


def check_story(part: Share, evidence: Evidence) -> tuple[Finding, ...]:
    """Find stories without a card, beats swapped or invented, results changed, names let out."""
    each = (
        finding
        for i, story in enumerate(part.stories)
        for finding in _one(story, f"share.stories[{i}]", evidence)
    )
    return tuple(chain(each, _twice(part)))


def _twice(part: Share) -> Iterator[Finding]:
    for i, story in enumerate(part.stories):
        if story.card in {other.card for other in part.stories[:i]}:
            yield _error(
                where=f"share.stories[{i}].card",
                message=f"{story.card} is told twice: tell another story, or leave it out",
            )


def _one(story: StoryTold, where: str, evidence: Evidence) -> Iterator[Finding]:
    card = evidence.cards.get(story.card)
    if not isinstance(card, Story):
        yield _error(
            where=f"{where}.card",
            message=f"“{story.card}” is no approved story: tell one, or leave it out",
        )
        return
    if card.id not in story.evidence:
        yield _error(where=where, message=f"the story does not cite {card.id}, which it is from")
    yield from _beats(story, card, where)
    yield from _results(story, card, where)
    yield from _similarity(story, card, where)
    yield from _names(story, card, where)
    if not one_line(story.bridge_question).rstrip("\"')”’ ").endswith("?"):
        yield _error(
            where=f"{where}.bridge_question",
            message="the story does not lead back to them: end with a question",
        )


def _beats(story: StoryTold, card: Story, where: str) -> Iterator[Finding]:
    whole = stems(card_text(card))
    for beat in BEATS:
        told = stems(getattr(story, beat))
        if not told:
            yield _error(where=f"{where}.{beat}", message=f"the {_label(beat)} is not told")
        elif other := _other_beat(told, beat, card):
            yield _error(
                where=f"{where}.{beat}",
                message=f"this is the card's {_label(other)}, told as the {_label(beat)}: keep the "
                "order situation, complication, turning point, resolution",
            )
        elif share(told, whole) < _FROM_CARD:
            yield _error(
                where=f"{where}.{beat}",
                message=f"the {_label(beat)} is not the one of “{card.title}”: tell it as the card "
                "has it",
            )


def _other_beat(told: frozenset[str], beat: str, card: Story) -> str:
    """Return the beat of the card that this one really tells, or nothing."""
    held = {name: share(told, stems(getattr(card, name))) for name in BEATS}
    best = max(BEATS, key=lambda name: held[name])
    other = held[best] >= _OTHER_BEAT and held[best] - held[beat] >= _CLEARLY_MORE
    return best if other else ""


def _label(beat: str) -> str:
    return beat.replace("_", " ")


def _results(story: StoryTold, card: Story, where: str) -> Iterator[Finding]:
    whole = card_text(card)
    for beat in BEATS:
        told = getattr(story, beat)
        changed = sorted(numbers(told) - numbers(whole)) or sorted(_times(told) - _times(whole))
        for figure in changed:
            yield _error(
                where=f"{where}.{beat}",
                message=f"{figure} is not in “{card.title}”: tell results as the card has them",
            )
    told = " ".join(one_line(getattr(story, beat)) for beat in BEATS)
    for metric in card.results:
        if _turned_round(metric, told):
            yield _error(
                where=f"{where}.resolution",
                message=f"the card says from {metric.before} to {metric.after}, not the reverse",
            )
        elif _left_out(metric, told, card):
            yield _error(
                where=f"{where}.resolution",
                message=f"the result is left out: {metric.metric} went from {metric.before} to "
                f"{metric.after}",
            )


def _times(text: str) -> frozenset[str]:
    """Return the lengths of time in a text, as `6 month`."""
    words = tokens(text)
    return frozenset(
        f"{number} {unit.removesuffix('s')}"
        for number, unit in pairwise(words)
        if number[0].isdigit() and unit.removesuffix("s") in _UNITS
    )


def _turned_round(metric: Metric, told: str) -> bool:
    before, after = _A_NUMBER.search(metric.before), _A_NUMBER.search(metric.after)
    if not before or not after or before.group() == after.group():
        return False
    first, second = re.escape(after.group()), re.escape(before.group())
    reverse = rf"\bfrom [^.;]{{0,30}}?(?<!\d){first}(?!\d)[^.;]{{0,40}}? to [^.;]{{0,20}}?(?<!\d)"
    return bool(re.search(rf"{reverse}{second}(?!\d)", told, re.IGNORECASE))


def _left_out(metric: Metric, told: str, card: Story) -> bool:
    """Tell whether the card's resolution gives this result in figures and the telling does not."""
    after = numbers(metric.after)
    return bool(after) and after <= numbers(card.resolution) and not after <= numbers(told)


def _similarity(story: StoryTold, card: Story, where: str) -> Iterator[Finding]:
    """Ask for one shared thing by its name: an industry, role, size, region or challenge."""
    who = card.customer
    shared = stems(
        *card.industries, *card.roles, *card.challenges, who.industry, who.role, who.region
    )
    if not any(stems(reason) & shared or numbers(reason) for reason in story.similarity):
        yield _error(
            where=f"{where}.similarity",
            message="what makes the story like them is not stated: name the role, industry, size "
            "or challenge that both share",
        )


def _names(story: StoryTold, card: Story, where: str) -> Iterator[Finding]:
    """Find the name of a customer who may not be named; it should not even have got here."""
    if card.customer.naming == "named":
        return
    name = _COMPANY_FORM.sub("", one_line(card.customer.name))
    if not name or name.casefold() in card.customer.alias.casefold():
        return
    texts = {beat: getattr(story, beat) for beat in (*BEATS, "bridge_question")}
    texts |= {f"similarity[{i}]": reason for i, reason in enumerate(story.similarity)}
    for field, text in texts.items():
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", one_line(text), re.IGNORECASE):
            yield _error(
                where=f"{where}.{field}",
                message=f"this customer may not be named: say “{card.customer.alias}”",
            )

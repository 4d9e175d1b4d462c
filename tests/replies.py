"""What an expert seller would make of approved responses for the sample accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.prompts import Prompt

STEPS = ("clarify", "respond", "proof", "check")


@dataclass(frozen=True)
class Change:
    """Words of a card's step, and what stands there instead."""

    step: str
    old: str
    new: str


@dataclass(frozen=True)
class Tailored:
    """What was said in an account, the card for it, whose words are used, and what is changed."""

    account: str
    said: str
    card: str
    fact: str  # words of the fact that is cited
    changes: tuple[Change, ...]

    def answer(self, prompt: Prompt) -> dict[str, Any]:
        """Return the expert's answer, from what the prompt shows; of another card its own words."""
        answer = word_for_word(prompt)
        if card_of(prompt) != self.card:
            return answer
        for change in self.changes:
            assert change.old in answer[change.step], (change.old, answer[change.step])
            answer[change.step] = answer[change.step].replace(change.old, change.new)
        facts = re.findall(r"(?m)^(F\d+) \([^)]*\): (.+)$", prompt.messages[1].text)
        return {**answer, "facts": [next(i for i, words in facts if self.fact in words)]}


def card_of(prompt: Prompt) -> str:
    """Return the card that a reply is asked from."""
    return prompt.messages[1].text.split("Response: ")[1].split(".")[0]


def word_for_word(prompt: Prompt) -> dict[str, Any]:
    """Return the answer of a model that changes nothing."""
    shown = prompt.messages[1].text.split(f"## {card_of(prompt)} (objection)\n")[1]
    lines = shown.split("\n\n# what is decided")[0].splitlines()
    return {"facts": [], **dict(zip(STEPS, lines[-4:], strict=True))}


TAILORED = (
    Tailored(
        "tidewater",
        "its too expensive",
        "price-is-too-high",
        "Detention cost us",
        (
            Change(
                "respond",
                "Let us set it beside what waiting costs you today: three months of",
                "Dana, you said: “Detention cost us $1.4 million last year.” Let us set the fee "
                "beside three months of",
            ),
        ),
    ),
    Tailored(
        "tidewater",
        "the carriers wont use another portal",
        "carriers-will-not-use-it",
        "The small carriers",
        (
            Change("clarify", "carriers or suppliers,", "the small carriers among them,"),
            Change(
                "respond",
                "They will not do it",
                "Marcus, you said: “The small carriers won't log into another portal.” They will "
                "not do it",
            ),
            Change(
                "check",
                "Which of them, large or small,",
                "Which of your small carriers",
            ),
        ),
    ),
    Tailored(
        "tidewater",
        "we tried this before",
        "we-tried-this-before",
        "two systems come and go",
        (
            Change(
                "respond",
                "Usually it was",
                "Marcus, you said: “My clerks have seen two systems come and go.” Usually it was",
            ),
        ),
    ),
    Tailored(
        "northpeak-grocers",
        "thats a lot of money per door",
        "price-is-too-high",
        "Detention and carrier waiting charges",
        (
            Change(
                "respond",
                "Let us set it beside what waiting costs you today:",
                "Your detention and carrier waiting charges were $9.6 million year to date. Let us "
                "set the fee beside them:",
            ),
        ),
    ),
    Tailored(
        "rosenhof",
        "who pays if the hauliers dont book",
        "who-pays-if-carriers-do-not-book",
        "Who pays for the pilot",
        (
            Change(
                "respond",
                "We share that risk.",
                "You asked: “Who pays for the pilot if the hauliers do not book?” We share that "
                "risk.",
            ),
        ),
    ),
)

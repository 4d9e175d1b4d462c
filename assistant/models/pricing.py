"""What a call costs, for the few models whose price is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens. Thinking is charged as completion."""

    prompt: float
    cached: float
    completion: float

    def cost(self, prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> float:
        """Return the dollars for a call; the cached tokens are part of the prompt's."""
        fresh = prompt_tokens - cached_tokens
        dollars = fresh * self.prompt + cached_tokens * self.cached
        return (dollars + completion_tokens * self.completion) / _MILLION


FREE = Price(0.0, 0.0, 0.0)  # on one's own machine

# OpenAI's list prices, standard tier, as published by June 2026; another model's price is unknown.
_OPENAI = {
    "gpt-4.1": Price(2.00, 0.50, 8.00),
    "gpt-4.1-mini": Price(0.40, 0.10, 1.60),
    "gpt-5": Price(1.25, 0.125, 10.00),
    "gpt-5-mini": Price(0.25, 0.025, 2.00),
    "gpt-5.4": Price(2.50, 0.25, 15.00),
    "gpt-5.4-mini": Price(0.75, 0.075, 4.50),
    "gpt-5.4-nano": Price(0.20, 0.02, 1.25),
    "gpt-5.5": Price(5.00, 0.50, 30.00),
}


def openai_price(model: str) -> Price | None:
    """Return the price of one of OpenAI's own models, dated versions included; None: not known."""
    return _OPENAI.get(re.sub(r"-\d{4}-\d{2}-\d{2}$", "", model))

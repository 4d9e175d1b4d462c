"""What leaves for a provider when an objection is answered: asserted on the wire."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from accounts import ACCOUNTS, plan, sources, tools
from replies import STEPS
from test_pipeline_wire import NEVER_SPOKEN, completion, plain, writer_to

from assistant.knowledge.card import card_text
from assistant.objection import answer_objection

SAID = "u r 2 expensive, and our carriers wont use it"


class Provider:
    """An endpoint that answers each reply with the card's own words, and keeps what it was sent."""

    def __init__(self) -> None:
        """Nothing was sent yet."""
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer with the last four lines of the card that it is shown."""
        body = json.loads(request.content)
        self.bodies.append(body)
        card = body["messages"][1]["content"].split("\n\n# what is decided")[0].splitlines()
        answer = {"facts": [], **dict(zip(STEPS, card[-4:], strict=True))}
        return httpx2.Response(200, json=completion(json.dumps(answer)))


@pytest.mark.parametrize("account", ["", *ACCOUNTS])
def test_a_call_holds_one_card_and_nothing_that_is_ours_alone(account: str) -> None:
    """One call a doubt, each with the card that code found, and no line that may not be said."""
    provider = Provider()
    handed = sources(account) if account else ()

    reply = answer_objection(SAID, tools(writer_to(provider)), sources=handed)

    assert {answer.writer for answer in reply.answers} == {"model"}
    assert len(provider.bodies) == len(reply.answers) == 2
    words = [plain(" ".join(m["content"] for m in body["messages"])) for body in provider.bodies]
    for sent in words:
        shown = [c for c in tools().pack.approved() if plain(card_text(c)) in sent]
        assert len(shown) == 1
        for line in NEVER_SPOKEN[account] if account else ():
            assert plain(line) not in sent
    if account:
        held = [f.quote for f in plan(account).dossier.facts if f.voice == "internal"]
        assert [line for line in held if any(plain(line) in sent for sent in words)] == []


def test_a_text_without_an_approved_response_is_sent_to_nobody() -> None:
    """No model is asked for an answer that there is none of."""
    provider = Provider()

    answer_objection("who feeds the office cat", tools(writer_to(provider)))

    assert provider.bodies == []

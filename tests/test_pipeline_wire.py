"""What leaves for a provider when a brief is prepared: asserted on the wire."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest
import yaml
from accounts import ACCOUNTS, asked_parts, pack, plan, sources, tools
from pydantic import BaseModel, SecretStr
from strong import TAUGHT, StrongModel, written

from assistant.brief import Brief
from assistant.evidence import sayable
from assistant.knowledge.card import card_text
from assistant.models import ModelSettings, Writer, build_writer
from assistant.parts.shown import show_evidence
from assistant.pipeline import prepare
from assistant.prompts import Prompt

T = TypeVar("T", bound=BaseModel)
Json = dict[str, Any]

accounts = pytest.mark.parametrize("account", sorted(TAUGHT.values()))
NEVER_SPOKEN = yaml.safe_load((Path(__file__).parent / "never_spoken.yaml").read_text("utf-8"))


class Provider:
    """An endpoint in the network's place: an expert, of whom the first answer to `fails` fails."""

    def __init__(self, fails: str = "") -> None:
        """Take the name of the prompt that is answered wrongly at first."""
        self.bodies: list[Json] = []
        self._fails = fails
        self._lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request as the expert would."""
        body: Json = json.loads(request.content)
        with self._lock:
            self.bodies.append(body)
            before = sum(_asked(one) == _asked(body) for one in self.bodies[:-1])
        answer = written(_asked(body), body["messages"][1]["content"])
        if _asked(body) == self._fails and not before:
            answer["questions"][0] = "Why did 77 % of them leave?"
        return httpx2.Response(200, json=completion(json.dumps(answer)))


def _asked(body: Json) -> str:
    """Return the name of the prompt, by the type that it asks for."""
    wanted = body["response_format"]["json_schema"]["name"].removesuffix("Answer")
    if wanted == "SortFacts":
        return "sort_facts"
    return "draft_" + "".join(f"_{c.lower()}" if c.isupper() else c for c in wanted).strip("_")


def completion(text: str) -> Json:
    """Return an endpoint's answer that holds a text."""
    message = {"role": "assistant", "content": text, "refusal": None}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 7, "total_tokens": 107},
    }


def prepared(account: str, provider: Provider) -> Brief:
    """Prepare a brief with the real adapter, up to its transport."""
    return prepare(sources(account), tools(writer_to(provider)))


def writer_to(provider: Callable[[httpx2.Request], httpx2.Response]) -> Writer:
    """Return the real adapter, with an endpoint in the network's place."""
    settings = ModelSettings(
        model="qwen3",
        base_url="http://models.example/v1",
        api_key=SecretStr("sk-very-secret-0123456789"),
        capability="full",
        parallel=10,
        cache_folder=Path(os.devnull),
    )
    writer = build_writer(
        settings,
        transport=httpx2.MockTransport(provider),
        clock=time.monotonic,
        sleep=lambda _: None,
    )
    assert writer
    return writer


@cache
def sent(account: str) -> tuple[Json, ...]:
    """Return the body of each request that a brief makes, a mended one among them."""
    provider = Provider(fails="draft_after")
    brief = prepared(account, provider)
    assert brief.parts["after"] == "mended"
    assert {name for name, who in brief.parts.items() if who != "composed"} == asked_parts(account)
    return tuple(provider.bodies)


def drafts(account: str) -> list[Json]:
    return [body for body in sent(account) if _asked(body).startswith("draft_")]


def plain(text: str) -> str:
    return " ".join(text.split())


def words_sent(account: str) -> str:
    """Return every word of every message of every request."""
    return plain("\n".join(m["content"] for body in sent(account) for m in body["messages"]))


# --- what is never sent


@accounts
def test_no_internal_line_is_sent(account: str) -> None:
    """Neither the lines a careful reader marked, nor the facts that the reader held back."""
    internal = [f.quote for f in plan(account).dossier.facts if f.voice == "internal"]

    assert len(internal) >= len(NEVER_SPOKEN[account]) / 2
    for line in (*internal, *NEVER_SPOKEN[account]):
        assert plain(line) not in words_sent(account)


@accounts
def test_no_line_of_our_notes_that_nobody_is_named_for_is_sent(account: str) -> None:
    """Neither to be sorted nor to be worded: what leaves could be said to the customer's face."""
    dossier = plan(account).dossier
    said = [plain(fact.quote) for fact in sayable(dossier)]
    kept = {plain(fact.quote) for fact in dossier.facts} - set(said)
    unmarked = [f for f in dossier.facts if f.voice != "internal" and plain(f.quote) in kept]

    assert unmarked or account in {"caldera-pharma", "northpeak-grocers"}  # they have none
    for line in kept:
        assert line not in words_sent(account)


@accounts
def test_what_may_be_said_is_sent(account: str) -> None:
    """Or the tests above would pass for sending nothing."""
    said = sayable(plan(account).dossier)

    assert said
    for fact in said:
        assert plain(fact.quote) in words_sent(account)


@accounts
def test_only_the_words_of_approved_customer_cards_are_sent(account: str) -> None:
    """Not a sentence of a draft, of an expired, retired or internal card."""
    approved = {card.id for card in pack().approved(audience="customer")}
    kept_back = [e.card for e in pack().entries.values() if e.card.id not in approved]
    open_words = plain(
        "\n".join(card_text(e.card) for e in pack().entries.values() if e.card.id in approved)
    )

    assert len(kept_back) >= 9
    for card in kept_back:
        for line in _long_lines(card_text(card)):
            assert line in open_words or line not in words_sent(account), card.id


def _long_lines(text: str) -> Iterator[str]:
    yield from (plain(line) for line in text.splitlines() if len(line.split()) > 4)


@accounts
def test_one_account_is_sent_a_prompt(account: str) -> None:
    """Nothing of another prospect is in any request."""
    others = [name for name, known in TAUGHT.items() if known != account]

    assert len(others) == len(ACCOUNTS) - 1 == 5
    assert all(name not in words_sent(account) for name in others)


@accounts
def test_nothing_but_the_prompt_and_the_type_is_sent(account: str) -> None:
    """No tools, no user, no stored conversation, no key in a body."""
    allowed = {"messages", "model", "max_tokens", "max_completion_tokens", "stream", "temperature"}

    for body in sent(account):
        assert set(body) <= allowed | {"response_format"}
        assert "sk-very-secret" not in json.dumps(body)


# --- how it is sent


@accounts
def test_all_drafts_share_one_long_prefix(account: str) -> None:
    """System part and evidence stand first, letter for letter, so that prefix caches hit."""
    evidence = show_evidence(plan(account))
    texts = ["\n".join(m["content"] for m in body["messages"]) for body in drafts(account)]

    assert len(texts) == len(asked_parts(account)) + 1
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    assert len(list(alike)) > 0.9 * len(evidence)


@accounts
def test_a_mending_request_repeats_the_draft_and_goes_on(account: str) -> None:
    """The first messages are those of the draft; the model's answer and the findings follow."""
    first, second = (b["messages"] for b in drafts(account) if _asked(b) == "draft_after")

    assert second[: len(first)] == first
    assert [message["role"] for message in second[len(first) :]] == ["assistant", "user"]


@accounts
def test_at_most_three_rounds_stand_one_after_another(account: str) -> None:
    """Facts once, each part once, each part mended at most once more."""
    asked = [_asked(body) for body in sent(account)]

    assert asked[0] == "sort_facts"
    assert asked.count("sort_facts") == 1
    assert all(asked.count(name) <= 2 for name in asked)


class Meeting(StrongModel):
    """An expert whose drafts wait until all of them are being written at the same time."""

    def __init__(self, drafts: int) -> None:
        """Expect one draft a part that is asked for."""
        super().__init__()
        self._barrier = threading.Barrier(drafts, timeout=20.0)

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Wait for the other drafts, then answer."""
        if prompt.name.startswith("draft_"):
            self._barrier.wait()
        return super().answer(prompt, schema, max_tokens=max_tokens, temperature=temperature)


@accounts
def test_all_parts_are_written_at_the_same_time(account: str) -> None:
    """A second round of drafts would wait for the first one for ever."""
    brief = prepare(sources(account), tools(Meeting(len(asked_parts(account)))))

    assert {name for name, who in brief.parts.items() if who == "model"} == asked_parts(account)


@accounts
def test_what_the_provider_counts_is_in_the_brief(account: str) -> None:
    """Calls and tokens are the endpoint's own figures, mended calls included."""
    provider = Provider(fails="draft_after")

    brief = prepared(account, provider)

    assert brief.usage.calls == len(provider.bodies) == len(asked_parts(account)) + 2
    assert brief.usage.prompt_tokens == 100 * len(provider.bodies)
    assert brief.usage.completion_tokens == 7 * len(provider.bodies)

"""The whole flow over the sample accounts: from sources to a checked brief."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import yaml
from accounts import ACCOUNTS, MISFIT, NOW, THIN, composed, pack, plan, sources, spoken, tools
from pydantic import BaseModel
from strong import StrongModel

from assistant.brief import Brief
from assistant.errors import AnswerError, ModelError, PromptTooLongError, RefusalError
from assistant.parts.all import RECIPES
from assistant.parts.ladder import Made
from assistant.pipeline import plan_calls, prepare
from assistant.plan import Choices
from assistant.prompts import Prompt
from assistant.testing import FailingModel, ScriptedModel, a_source
from assistant.text import words
from assistant.tools import Tools

T = TypeVar("T", bound=BaseModel)

every_account = pytest.mark.parametrize("account", ACCOUNTS)
NEVER_SPOKEN = yaml.safe_load((Path(__file__).parent / "never_spoken.yaml").read_text("utf-8"))
TELLING = 3  # words in a row that only an internal line holds


def errors(brief: Brief) -> list[str]:
    return [f"{f.where}: {f.message}" for f in brief.findings if f.severity == "error"]


def runs(text: str) -> Iterator[str]:
    found = words(text)
    yield from (" ".join(found[i : i + TELLING]) for i in range(len(found) - TELLING + 1))


# --- without a model


def test_there_are_six_sample_accounts() -> None:
    """Whoever adds one adds what must never be said of it."""
    assert set(NEVER_SPOKEN) == set(ACCOUNTS)


@every_account
def test_a_brief_without_a_model_is_whole_and_free_of_errors(account: str) -> None:
    """Every part is there, composed, and passes its checks."""
    brief = composed(account)

    assert errors(brief) == []
    assert brief.parts == dict.fromkeys((recipe.name for recipe in RECIPES), "composed")
    assert brief.preparation.objectives
    assert brief.core.learn
    assert brief.written_by.model == "none"
    assert brief.usage.calls == 0


@every_account
def test_no_internal_line_is_ever_spoken(account: str) -> None:
    """Three words in a row that only our own remarks hold stand nowhere in what is said.

    What the invitation told them, they know.
    """
    brief = composed(account)

    said = " ".join(words(spoken(brief)))
    open_words = [f"{f.quote} {f.text}" for f in brief.dossier.facts if f.voice != "internal"]
    open_words += [" ".join(str(value) for value in card) for card in _cards(brief)]
    sent = brief.meeting.agenda
    open_words += [point.text for point in sent.points] if sent else []
    known = " ".join(words("\n".join(open_words)))
    leaked = [
        run
        for line in NEVER_SPOKEN[account]
        for run in runs(line)
        if run in said and run not in known
    ]
    assert leaked == []


def _cards(brief: Brief) -> Iterator[tuple[object, ...]]:
    for card_id in brief.cards:
        yield tuple(pack().entries[card_id].card.model_dump().values())


@every_account
def test_only_approved_cards_for_customers_are_cited(account: str) -> None:
    """Drafts, expired, retired and internal cards never reach a brief."""
    brief = composed(account)

    approved = {card.id for card in pack().approved(audience="customer")}
    assert set(brief.cards) <= approved
    assert set(brief.written_by.cards) == set(brief.cards)


@every_account
def test_the_same_sources_give_the_same_brief(account: str) -> None:
    """Byte for byte, so that a diff of two briefs shows what changed in the sources."""
    again = prepare(sources(account), tools())

    assert again.model_dump_json() == composed(account).model_dump_json()


@every_account
def test_a_brief_survives_the_round_trip_through_json(account: str) -> None:
    """JSON is the contract: what is read back is what was written."""
    brief = composed(account)

    assert Brief.model_validate_json(brief.model_dump_json()) == brief


@every_account
def test_each_quote_of_a_fact_stands_in_its_source(account: str) -> None:
    """A fact that no line holds would be an invention."""
    lines = {
        source.id: " ".join(" ".join(p.text.split()) for p in source.passages)
        for source in sources(account)
    }

    for fact in composed(account).dossier.facts:
        assert " ".join(fact.quote.split()) in lines[fact.source], fact.id


def test_a_prospect_who_does_not_fit_gets_a_way_out() -> None:
    """No teaching, no story, few questions, and a close that stops."""
    brief = composed(MISFIT)

    assert brief.preparation.fit.verdict == "no"
    assert (brief.core.teach, brief.core.share) == ((), ())
    assert len(brief.core.learn) <= 4
    assert "not for you" in brief.closing.reconfirm_wording
    assert brief.preparation.objectives[0].side == "seller"


def test_a_prospect_of_whom_little_is_known_is_mostly_asked() -> None:
    """What is not known is a question, not a guess."""
    brief = composed(THIN)

    assert brief.preparation.fit.verdict == "unknown"
    assert len(brief.preparation.unknowns) >= 8
    assert len(brief.core.learn) >= 6
    assert brief.preparation.trigger is None
    assert brief.preparation.priorities == ()


def test_the_sellers_own_next_step_is_taken_at_their_word() -> None:
    """What they ask for is an advance of theirs, though no ladder holds it."""
    asked = Choices(next_step="A pilot at dock 4 with Ferrowell.")

    brief = prepare(sources("tidewater"), tools(), choices=asked)

    assert errors(brief) == []
    assert "schedule A pilot at dock 4 with Ferrowell with you" in brief.opening.next_step.wording


def test_the_parts_stand_in_their_order_whichever_was_ready_first() -> None:
    """Two runs give the same brief: who wrote what, and what was found, in reading order."""
    first, second = (prepare(sources("tidewater"), tools(_Upside())) for _ in range(2))

    assert list(first.parts) == [recipe.name for recipe in RECIPES]
    assert first == second


class _Upside(StrongModel):
    """An expert whose first part is ready last."""

    def __init__(self) -> None:
        """Hold the first part until the last one is asked for."""
        super().__init__()
        self._last_is_asked = threading.Event()

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Wait with the first part, else answer."""
        if prompt.name == f"draft_{RECIPES[-1].name}":
            self._last_is_asked.set()
        if prompt.name == f"draft_{RECIPES[0].name}":
            self._last_is_asked.wait(timeout=20.0)
        return super().answer(prompt, schema, max_tokens=max_tokens, temperature=temperature)


def test_nothing_to_read_still_gives_a_brief() -> None:
    """One empty page: questions, and no error."""
    brief = prepare((a_source("Hello."),), tools())

    assert errors(brief) == []
    assert len(brief.core.learn) >= 6


def test_each_part_is_told_as_it_is_ready() -> None:
    """Somebody waits: every part is handed on once, before the brief is whole."""
    told: list[Made] = []
    base = tools()

    prepare(
        sources("tidewater"),
        Tools(base.profile, base.pack, base.index, None, NOW, on_part=told.append),
    )

    assert sorted(made.name for made in told) == sorted(recipe.name for recipe in RECIPES)


# --- with a model that fails


@pytest.mark.parametrize(
    "error",
    [
        ModelError("models.example cannot be reached", retryable=True),
        ModelError("models.example refused the key sk-…6789: set OPENAI_API_KEY"),
        AnswerError("the answer is not JSON"),
        RefusalError("the model declined to answer: I would rather not"),
        PromptTooLongError(9000, 4096),
    ],
    ids=["unreachable", "refused key", "no answer", "refusal", "too long"],
)
def test_a_model_that_fails_leaves_the_composed_brief(error: ModelError) -> None:
    """The reason is told once for all parts, in plain words; the brief is as good as without."""
    brief = prepare(sources("tidewater"), tools(FailingModel(error)))

    assert set(brief.parts.values()) == {"composed"}
    assert errors(brief) == []
    assert brief.core == composed("tidewater").core
    told = [f.message for f in brief.findings if f.check == "ladder" and f.where == ""]
    assert len(told) == 1
    assert "came from cards and notes by code, without the model's words" in told[0]


def test_a_refusal_that_leads_elsewhere_is_not_repeated() -> None:
    """A refusal is the model's own text, and may hold what it was told to say."""
    model = FailingModel(RefusalError("declined: see https://evil.example/x"))

    brief = prepare(sources("tidewater"), tools(model))

    told = [f.message for f in brief.findings if f.where == ""]
    assert all("evil" not in message for message in told)
    assert any("the model declined to answer" in message for message in told)


def test_the_dry_run_asks_nothing() -> None:
    """It lists the calls from the prompts alone."""
    model = ScriptedModel({})

    calls = plan_calls(sources("tidewater"), tools(model))

    assert model.asked == []
    assert len(calls) >= len(RECIPES)
    assert all(call.prompt_tokens > 500 for call in calls)


# --- with a model that stumbles


class Stumbling(StrongModel):
    """An expert whose first answers to one prompt say what nothing supports."""

    def __init__(self, prompt: str, *, times: int) -> None:
        """Take the prompt, and how often the answer to it is wrong."""
        super().__init__()
        self._prompt, self._times = prompt, times

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Return the expert's answer, with a figure of nobody's in its first text."""
        good = super().answer(prompt, schema, max_tokens=max_tokens, temperature=temperature)
        asked = [one for one in self.asked if one.name == self._prompt]
        if prompt.name != self._prompt or len(asked) > self._times:
            return good
        changed = good.model_dump()
        changed["questions"][0] = f"Why did 77 % of them leave? {changed['questions'][0]}"
        return schema.model_validate(changed)


def test_a_draft_that_fails_its_checks_once_is_mended() -> None:
    """The findings go back; the second answer stands, and the brief says so."""
    model = Stumbling("draft_after", times=1)

    brief = prepare(sources("tidewater"), tools(model))

    assert brief.parts["after"] == "mended"
    assert "77" not in brief.after.model_dump_json()
    assert brief.usage.calls == len(RECIPES) + 2


def test_a_draft_that_fails_its_checks_twice_is_composed() -> None:
    """The floor stands in, and the reason names the check."""
    model = Stumbling("draft_after", times=2)

    brief = prepare(sources("tidewater"), tools(model))

    assert brief.parts["after"] == "composed"
    assert brief.after == composed("tidewater").after
    told = [f.message for f in brief.findings if f.check == "ladder"]
    assert len(told) == 1
    assert told[0].startswith("after came from cards and notes by code")
    assert "(grounding)" in told[0]


def test_mending_goes_on_where_the_draft_left_off() -> None:
    """The long prefix is sent again as it was, so that a prefix cache holds it."""
    model = Stumbling("draft_after", times=1)

    prepare(sources("tidewater"), tools(model))

    first, second = (one.messages for one in model.asked if one.name == "draft_after")
    assert second[: len(first)] == first
    assert [message.role for message in second[len(first) :]] == ["assistant", "user"]
    assert "77 % is not in" in second[-1].text


@every_account
def test_a_clause_that_code_cannot_vouch_for_changes_nothing(account: str) -> None:
    """A small model that writes nonsense leaves the composed brief as it is."""
    nonsense = {"clause": "the moon is made of cheese and nobody knows"}
    model = ScriptedModel(dict.fromkeys(_CLAUSE_PROMPTS, nonsense), capability="clauses")

    brief = prepare(sources(account), tools(model))

    assert brief.core == composed(account).core


_CLAUSE_PROMPTS = ("word_problem", "word_inability", "word_goal")


def test_the_plan_of_a_sample_is_made_of_what_may_be_said() -> None:
    """Problems, goal, trigger and concerns are never our own remarks."""
    for account in ACCOUNTS:
        made = plan(account)
        chosen = [*(p.fact for p in made.problems), made.goal, made.trigger, *made.concerns]

        assert all(fact is None or fact.voice != "internal" for fact in chosen)

"""What they say in, the approved response out: found, tailored, checked, or said to be missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from accounts import ROOT, TODAY, index, pack, sources, tools
from attacks import ATTACKS, SECRET
from mutations import twisted
from replies import STEPS, TAILORED, Tailored, card_of, word_for_word
from test_mutations_of_drafts import CAUGHT, FLAGGED, Draft, speakers_in, tried, with_text

from assistant.brief import Anticipated
from assistant.doubts import find_doubts
from assistant.errors import ModelError, UsageError
from assistant.evidence import sayable
from assistant.knowledge.card import Objection
from assistant.knowledge.governance import retire
from assistant.knowledge.pack import Pack, read_pack
from assistant.models.writer import Capability
from assistant.objection import LONGEST, answer_objection
from assistant.parts import ladder
from assistant.parts.reply import REPLY
from assistant.plan import Plan
from assistant.prompts import Prompt
from assistant.render.markdown import reply_to_markdown
from assistant.render.terminal import reply_to_terminal
from assistant.reply import Reply
from assistant.retrieval import Hit
from assistant.tailoring import plan_reply, read_account
from assistant.testing import FailingModel, ObedientModel, ScriptedModel, a_source

SAID = "its too expensive"
CARD = "price-is-too-high"


def steps(response: Anticipated) -> tuple[str, ...]:
    return tuple(getattr(response, step) for step in STEPS)


def approved(card_id: str) -> Objection:
    card = pack().entries[card_id].card
    assert isinstance(card, Objection)
    return card


def approved_steps(card_id: str) -> tuple[str, ...]:
    return tuple(getattr(approved(card_id), step) for step in STEPS)


@cache
def floor(said: str = SAID, account: str = "tidewater") -> Reply:
    """Return the reply without a model."""
    return answer_objection(said, tools(), sources=sources(account) if account else ())


def views(reply: Reply) -> Iterator[str]:
    yield reply.model_dump_json()
    yield reply_to_markdown(reply)
    yield reply_to_terminal(reply, width=100)


# --- a lookup


def test_the_approved_response_is_given_word_for_word() -> None:
    """In its four steps, with why it was found, what it cites, and the card's fingerprint."""
    reply = answer_objection(SAID, tools())

    (answer,) = reply.answers
    assert answer.response.they_say == SAID
    assert steps(answer.response) == approved_steps(CARD)
    assert answer.response.evidence == (CARD, "F1")
    assert answer.match
    assert answer.match.reasons
    assert answer.writer == "composed"
    assert reply.written_by.cards == {CARD: pack().fingerprint(CARD)}
    assert [fact.quote for fact in reply.facts] == [SAID]
    assert reply.gaps == ()


def test_two_doubts_are_answered_by_two_cards() -> None:
    """Each with their words for it."""
    reply = answer_objection("u r 2 expensive, and our carriers wont use it", tools())

    assert [(a.said, a.response.card) for a in reply.answers] == [
        ("u r 2 expensive", CARD),
        ("our carriers wont use it", "carriers-will-not-use-it"),
    ]


def test_others_that_fit_are_named_with_why() -> None:
    """Two at most, and their words are not given: the seller looks them up."""
    (answer,) = answer_objection("our carriers will not use it", tools()).answers

    assert 1 <= len(answer.alternatives) <= 2
    for other in answer.alternatives:
        assert other.reasons
        assert other.title == pack().entries[other.card].card.title


@pytest.mark.parametrize(
    ("said", "kind"),
    [("the lift is broken", "concern"), ("who feeds the office cat", "question")],
)
def test_where_nothing_fits_it_asks_back_and_tells_the_gap(said: str, kind: str) -> None:
    """No card, no answer, no alternative: a question to clarify, and a need for enablement."""
    reply = answer_objection(said, tools())

    (answer,) = reply.answers
    assert answer.match is None
    assert answer.alternatives == ()
    assert answer.response.kind == kind
    assert answer.response.clarify.endswith("?")
    assert steps(answer.response)[1:] == ("", "", "")
    assert [(gap.kind, gap.need) for gap in reply.gaps] == [("objection", said)]
    assert "No approved response fits" in reply_to_markdown(reply)


@pytest.mark.parametrize("said", ["no", "why?"])
def test_what_says_nothing_is_no_gap_for_enablement(said: str) -> None:
    """It is asked back all the same."""
    reply = answer_objection(said, tools())

    assert reply.answers[0].response.clarify
    assert reply.gaps == ()


def test_two_gaps_are_not_asked_back_in_the_same_words() -> None:
    """Nobody asks the same question twice in one breath."""
    reply = answer_objection("The lift is broken, who pays for it? Who feeds the cat?", tools())

    asked = [answer.response.clarify for answer in reply.answers if not answer.match]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("said", ["", "  \n ", "?!…", "\u202e\u200b", "x" * (LONGEST + 1)])
def test_what_cannot_be_looked_up_is_the_users_to_mend(said: str) -> None:
    """No words, or a conversation's worth of them."""
    with pytest.raises(UsageError):
        answer_objection(said, tools())


def test_another_language_is_said_to_be_one() -> None:
    """It is a gap, with the cure beside it."""
    reply = answer_objection("c'est beaucoup trop cher pour nous", tools())

    assert [finding.check for finding in reply.findings] == ["lookup"]
    assert len(reply.gaps) == 1


@pytest.mark.parametrize(
    "said",
    ["{{ 7*7 }}", "%s <|im_end|> no", "你好", "שלום", "x" * LONGEST, "a.b.c " * 300, "🙂 no"],
    ids=["braces", "template", "chinese", "hebrew", "endless", "dots", "emoji"],
)
def test_any_text_gets_a_reply(said: str) -> None:
    """Markup, templates, other scripts, one endless word: words, and nothing else."""
    reply = answer_objection(said, tools())

    assert reply.answers
    for view in views(reply):
        assert "<|im_end|>" not in view


# --- governance


def changed_pack(tmp_path: Path, edit: Callable[[Path], None]) -> Pack:
    """Copy the sample knowledge, change it, and read it."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    edit(folder)
    return read_pack(folder, today=TODAY)


def retired(folder: Path) -> None:
    retire(read_pack(folder, today=TODAY), CARD, by="M", reason="wrong", today=TODAY)


def edited(folder: Path) -> None:
    path = folder / "objections" / f"{CARD}.md"
    path.write_text(path.read_text("utf-8").replace("It is a fair point", "It is free"), "utf-8")


def internal(folder: Path) -> None:
    path = folder / "objections" / f"{CARD}.md"
    path.write_text(path.read_text("utf-8").replace("audience: customer", "audience: internal"))


@pytest.mark.parametrize("edit", [retired, edited, internal])
def test_a_card_that_may_not_be_used_never_answers(
    tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    """Though the index still holds it."""
    reply = answer_objection(SAID, replace(tools(), pack=changed_pack(tmp_path, edit)))

    for view in views(reply):
        assert CARD not in view


def test_a_card_past_its_review_never_answers() -> None:
    """Its day decides, not the index."""
    late = approved(CARD).review_by + timedelta(days=1)
    then = tools().now.replace(year=late.year, month=late.month, day=late.day)

    reply = answer_objection(SAID, replace(tools(), now=then))

    assert all(CARD not in view for view in views(reply))


# --- for an account


def test_what_they_told_us_stands_beside_the_response() -> None:
    """With its place; the role of who is there comes first among the reasons."""
    (answer,) = floor().answers

    assert steps(answer.response) == approved_steps(CARD)
    (told,) = answer.bears_on
    assert told.text.startswith("Dana: “Detention cost us $1.4 million last year, and I can't tell")
    assert answer.match
    assert "role: COO" in answer.match.reasons
    assert {e for claim in answer.bears_on for e in claim.evidence} <= {f.id for f in floor().facts}


def test_the_same_doubt_voiced_before_is_shown() -> None:
    """Who comes back to it is told so."""
    (answer,) = floor("the carriers wont use another portal").answers

    assert answer.bears_on[0].text == "Marcus: “The small carriers won't log into another portal”"


def test_our_own_remarks_are_never_shown_beside_it() -> None:
    """Only what may be brought up in front of them."""
    notes = a_source(
        "internal: our carriers will never use that, says our own man",
        f"internal: the vault word is {SECRET}",
        "Dana: “I am afraid our carriers will never use that.”",
        name="own.md",
    )

    reply = answer_objection("the carriers wont use it", tools(), sources=[notes])

    assert [c.text for a in reply.answers for c in a.bears_on] == [
        "Dana: “I am afraid our carriers will never use that”"
    ]
    assert all("our own man" not in view and SECRET not in view for view in views(reply))


def test_who_does_not_fit_is_said_not_to() -> None:
    """The response is there all the same: the seller asked for it."""
    reply = floor(SAID, "brightdesk")

    assert [finding.check for finding in reply.findings] == ["fit"]
    assert reply.answers[0].response.card == CARD


# --- with a model


def scripted(one: Tailored) -> ScriptedModel:
    return ScriptedModel({"draft_reply": one.answer})


@cache
def tailored(one: Tailored) -> Reply:
    return answer_objection(one.said, tools(scripted(one)), sources=sources(one.account))


every_reply = pytest.mark.parametrize("one", TAILORED, ids=lambda one: f"{one.account} {one.card}")


@every_reply
def test_a_tailored_response_is_used_as_it_was_written(one: Tailored) -> None:
    """An expert's words pass every check."""
    reply = tailored(one)

    (answer,) = reply.answers
    assert (answer.writer, answer.response.card) == ("model", one.card), reply.findings
    assert [f for f in reply.findings if f.severity == "error"] == []
    for change in one.changes:
        assert change.new in getattr(answer.response, change.step)
    assert reply.usage.calls == 1
    assert set(reply.written_by.prompts) == {"draft_reply"}


@cache
def draft(one: Tailored) -> Draft:
    """Return the tailored part and what it is checked against."""
    model = scripted(one)
    known = floor(one.said, one.account)
    dossier, fit, _ = read_account(sources(one.account), tools())
    typed = [fact for fact in known.facts if fact.source == known.sources[-1].id]
    dossier = dossier.model_copy(
        update={"facts": (*dossier.facts, *typed), "sources": known.sources}
    )
    (doubt,) = find_doubts(one.said, index=index(), pack=pack(), today=TODAY)
    hit = replace(doubt.hits[0], evidence=(typed[0].id,))
    plan = plan_reply(hit, dossier, fit, tools())
    return Draft(REPLY, ladder.draft(REPLY, plan, model).part, plan)


def test_one_thing_changed_in_a_tailored_response_is_found() -> None:
    """At least 98 in 100 changed digits, names, dates and quoted words."""
    results = [one for written in TAILORED for one in tried(draft(written))]

    missed = [(r.told.where, r.mutant.was, r.mutant.now) for r in results if not r.caught]
    assert len(results) > 60
    assert len(missed) <= (1 - CAUGHT) * len(results), missed


def test_one_relation_changed_in_a_tailored_response_is_found() -> None:
    """Bounds, units, places, speakers, pledges, some and all: 37 of 37 when it was written."""
    missed, count = [], 0
    for one in map(draft, TAILORED):
        before = one.findings(one.part)
        for told in one.part.statements():
            for mutant in twisted(told.text, names=speakers_in(one.plan)) if told.spoken else ():
                count += 1
                changed = with_text(one.part, told.where, mutant.text)
                if not one.findings(changed) - before:
                    missed.append((mutant.was, mutant.now))

    assert count > 30
    assert len(missed) <= (1 - CAUGHT) * count, missed


def test_an_unchanged_response_is_not_flagged() -> None:
    """At most 1 in 100 statements, the approved words of every card included."""
    parts = [(draft(one).part, draft(one).plan) for one in TAILORED]
    parts += [(ladder.compose(REPLY, plan).part, plan) for plan in plans_of_every_card()]
    statements = sum(len(part.statements()) for part, _ in parts)

    flagged = [f.message for part, plan in parts for f in ladder.check(REPLY, part, plan)]

    assert statements > 100
    assert len(flagged) <= FLAGGED * statements, flagged


def plans_of_every_card() -> Iterator[Plan]:
    """Yield the plan of a reply for each approved response, in one account."""
    one = draft(TAILORED[0]).plan
    for card in pack().approved("objection", audience="customer"):
        hit = Hit(card, 0.8, ("close",), "need", one.anticipate[0].evidence)
        yield plan_reply(hit, one.dossier, one.fit, tools())


ADDED = (
    "We give you 40 % off.",
    "The contract ends after three months.",
    "We pay for the carriers' terminals.",
    "Your CFO has agreed to it.",
    "It will pay back within a year.",
    "No other supplier can do that.",
    "You will save half of it.",
    "We guarantee that.",
)


@pytest.mark.parametrize("added", ADDED)
@pytest.mark.parametrize("step", STEPS)
def test_a_sentence_of_the_models_own_is_refused(step: str, added: str) -> None:
    """However well it keeps to the card otherwise, and although their words say the same."""

    def adding(prompt: Prompt) -> dict[str, Any]:
        good = TAILORED[0].answer(prompt)
        return {**good, step: f"{good[step]} {added}"}

    model = ScriptedModel({"draft_reply": adding})
    reply = answer_objection(f"{SAID}. {added}", tools(model), sources=sources("tidewater"))

    assert all(added not in text for answer in reply.answers for text in steps(answer.response))
    assert {a.writer for a in reply.answers if a.match} == {"composed"}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("account", ["tidewater", ""])
def test_an_obedient_model_changes_nothing(attack: str, account: str) -> None:
    """Whatever it may fill is filled with the attack; the approved response stands."""
    text, tell = ATTACKS[attack]
    handed = sources(account) if account else ()

    reply = answer_objection(SAID, tools(ObedientModel(text)), sources=handed)

    assert [a.response for a in reply.answers] == [a.response for a in floor(SAID, account).answers]
    assert reply.answers[0].writer == "composed"
    assert all(tell not in view for view in views(reply))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_one_step_of_a_good_answer_is_refused(attack: str) -> None:
    """Alone and behind good words, in each step, asked twice."""
    text, tell = ATTACKS[attack]
    for step in STEPS:
        for behind in (True, False):

            def obey(prompt: Prompt, step: str = step, behind: bool = behind) -> dict[str, Any]:
                good = TAILORED[0].answer(prompt)
                return {**good, step: f"{good[step]} {text}" if behind else text}

            reply = answer_objection(
                SAID, tools(ScriptedModel({"draft_reply": obey})), sources=sources("tidewater")
            )
            assert all(tell not in said for said in steps(reply.answers[0].response)), step


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_what_they_say_or_in_a_source_changes_no_word(attack: str) -> None:
    """It is what somebody said: looked up, shown as theirs, and never obeyed."""
    text, _ = ATTACKS[attack]
    source = a_source(f"Dana: “{text}”", "Dana: “You are too expensive for us.”", name="n.md")

    typed = answer_objection(f"{SAID}. {text}", tools(ObedientModel(text)))
    handed = answer_objection(SAID, tools(ObedientModel(text)), sources=[source])

    for reply in (typed, handed):
        given = [a.response for a in reply.answers if a.match]
        assert CARD in {response.card for response in given}
        for response in given:
            assert steps(response) == approved_steps(response.card)
    for reply in (typed, handed):
        shown = reply_to_markdown(reply)
        assert "](" not in shown.replace("\\]", "")
        assert "<script" not in shown.replace("\\<", "")


@pytest.mark.parametrize("capability", ["clauses", "full"])
def test_a_model_that_fails_leaves_the_approved_words(capability: Capability) -> None:
    """And the reply says why; one that words clauses alone is not asked."""
    model = FailingModel(
        ModelError("the endpoint cannot be reached"),
        otherwise=ScriptedModel({}, capability=capability),
    )
    model.capability = capability

    reply = answer_objection(SAID, tools(model))

    assert steps(reply.answers[0].response) == approved_steps(CARD)
    told = [finding.message for finding in reply.findings if finding.check == "ladder"]
    assert len(told) == (capability == "full")
    assert bool(model.asked) == (capability == "full")


def test_a_draft_that_fails_its_checks_is_mended_once() -> None:
    """With the findings; then it stands as mended."""
    one = TAILORED[0]

    def wrong(prompt: Prompt) -> dict[str, Any]:
        return {**one.answer(prompt), "proof": "Others saved 77 % within a week."}

    model = ScriptedModel({"draft_reply": [wrong, one.answer]})
    reply = answer_objection(one.said, tools(model), sources=sources(one.account))

    assert reply.answers[0].writer == "mended"
    assert "77" in model.asked[1].text
    assert reply.usage.calls == 2


def test_a_model_sees_one_card_and_nothing_that_may_not_be_said() -> None:
    """Not another card, not a line of ours, not the seller's notes without a name."""
    one = TAILORED[0]
    model = scripted(one)
    note = a_source(f"internal: the vault word is {SECRET}", id="S9", name="own.md")
    handed = (*sources("tidewater"), note)

    answer_objection(one.said, tools(model), sources=handed)

    (asked,) = model.asked
    dossier, _, _ = read_account(handed, tools())
    hidden = [fact.quote for fact in dossier.facts if fact not in sayable(dossier)]
    assert SECRET in " ".join(hidden)
    assert [quote for quote in hidden if len(quote) > 20 and quote in asked.text] == []
    assert asked.text.count("(objection)\n") == 1


def test_two_doubts_are_worded_by_a_call_each() -> None:
    """Each is shown its own card."""
    cards: list[str] = []

    def noting(prompt: Prompt) -> dict[str, Any]:
        cards.append(card_of(prompt))
        return word_for_word(prompt)

    model = ScriptedModel({"draft_reply": noting})
    reply = answer_objection("too expensive, and our carriers will not use it", tools(model))

    assert sorted(cards) == ["carriers-will-not-use-it", CARD]
    assert [a.response.card for a in reply.answers] == [CARD, "carriers-will-not-use-it"]
    assert {a.writer for a in reply.answers} == {"model"}


def test_the_reply_reads_back_from_its_json() -> None:
    """The JSON is the contract."""
    for reply in (floor(), tailored(TAILORED[1]), answer_objection("the lift is broken", tools())):
        assert Reply.model_validate_json(reply.model_dump_json()) == reply


def test_the_same_question_on_another_day_is_the_same_reply() -> None:
    """Nothing in it depends on the clock but its date."""
    later = replace(tools(), now=tools().now + timedelta(days=3))

    one, other = answer_objection(SAID, tools()), answer_objection(SAID, later)

    assert one.model_copy(update={"created_at": other.created_at}) == other
    assert date(2026, 11, 26) == other.created_at.date()

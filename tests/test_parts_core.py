"""Teach, share, anticipate, give and get: what each stands on, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plans import DOUBT, FACTS, GOAL, HITS, PROBLEM, a_hit, a_misfit, a_plan, an_empty_plan

from assistant.brief import Anticipated
from assistant.dossier import Fact
from assistant.parts.anticipate import ANTICIPATE, answers_at_hand, cautions, compose_anticipate
from assistant.parts.give_get import compose_give_get
from assistant.parts.recipe import NO_WORDING
from assistant.parts.share import compose_share
from assistant.parts.teach import TEACH, compose_teach, tied
from assistant.plan import Plan
from assistant.retrieval import Hit
from assistant.testing import (
    a_fact,
    a_meeting,
    a_participant,
    a_story,
    an_insight,
    an_objection,
)

QUEUE = a_fact("The queue reaches the road by two.", id="F4", speaker="Dana", line=4)
NOTE = a_fact("gut feel: docks", id="F9", voice="internal", line=9)
TWIN = an_insight("insight-queue", title="Queues begin inside", claim="Queues begin inside.")
BOARD = a_fact("The board will not pay for it.", id="F5", kind="concern", speaker="Gail", line=5)
WHO = a_fact("Who is going to train them?", id="F6", kind="concern", speaker="Dana", line=6)


SIGNS = a_fact("The matron signs above 5,000 euros.", id="F7", kind="person", line=7)
OWNS = a_fact("matron owns the budget", id="F7", kind="person", voice="internal", line=7)
A_DEAL = a_fact("We signed a lease for the new wing.", id="F7", kind="trigger", line=7)


def usual(card_id: str, *reasons: str) -> Hit:
    card = an_objection(card_id, "What about that?", proof=f"Proof of {card_id}.")
    return Hit(card=card, score=0.5, reasons=reasons, need="usual")


def concerns(plan: Plan) -> tuple[Anticipated, ...]:
    return compose_anticipate(plan, NO_WORDING).concerns


# --- teach


def test_an_insight_is_said_as_its_card_has_it_and_tied_to_their_words() -> None:
    """Claim and evidence word for word, then the fact it was found for."""
    (point,) = compose_teach(a_plan(), NO_WORDING).points

    card = HITS[0].card
    assert point.point.text == f"{card.claim} {card.evidence}"
    assert point.point.evidence == (card.id,)
    assert point.why_them.text == "Dana, you said: “Detention cost us $1.4 million last year”."


def test_no_fact_of_theirs_serves_two_insights() -> None:
    """A second insight on the same words would quote them twice in a row."""
    both = (a_hit(HITS[0].card, "F1"), a_hit(TWIN, "F1"))
    apart = (a_hit(HITS[0].card, "F1"), a_hit(TWIN, "F1", "F4"))

    assert [h.card.id for h, _ in tied(a_plan(PROBLEM, hits=both))] == ["insight-detention"]
    assert [f.id for _, f in tied(a_plan(PROBLEM, QUEUE, hits=apart))] == ["F1", "F4"]


def test_an_insight_found_for_our_own_remark_is_not_taught() -> None:
    """There would be nothing to tie it to that may be said."""
    plan = a_plan(PROBLEM, NOTE, hits=(a_hit(TWIN, "F9"),))

    assert compose_teach(plan, NO_WORDING).points == ()
    assert not TEACH.asks(plan)
    assert "insight" not in compose_give_get(plan, NO_WORDING).seller_gives[0].text


# --- give and get


@pytest.mark.parametrize(
    ("promise", "given"),
    [
        ("I'll pull one week of gate logs before we talk.", "For the next step, as promised: "),
        ("I'll pull one week of gate logs by 2 April.", "For the next step: "),
    ],
)
def test_what_they_promised_for_before_the_call_is_given_as_promised(
    promise: str, given: str
) -> None:
    """It cites the promise; what comes later is still to be asked for."""
    fact = a_fact(promise, id="F7", kind="promise", speaker="Dana", line=7)

    (line,) = [
        claim
        for claim in compose_give_get(a_plan(*FACTS, fact), NO_WORDING).customer_gives
        if "gate logs" in claim.text
    ]

    assert line.text == f"{given}one week of gate logs."
    assert (fact.id in line.evidence) is ("as promised" in given)


@pytest.mark.parametrize(
    ("facts", "got"),
    [
        ((QUEUE,), ("What the problem costs them", "Who decides, who signs")),
        ((PROBLEM,), ("Where the problem comes from", "Who decides, who signs")),
        ((QUEUE, SIGNS), ("What the problem costs them", "What those who decide want")),
        ((PROBLEM, SIGNS), ("Where the problem comes from", "What those who decide want")),
        ((PROBLEM, OWNS), ("Where the problem comes from", "What those who decide want")),
        ((PROBLEM, A_DEAL), ("Where the problem comes from", "Who decides, who signs")),
    ],
    ids=["nothing", "the cost", "who signs", "both", "from our notes", "another signature"],
)
def test_we_are_to_get_what_they_have_not_told_us(
    facts: tuple[Fact, ...], got: tuple[str, ...]
) -> None:
    """Asking a second time for a figure shows that nobody listened."""
    gets = compose_give_get(a_plan(*facts, hits=()), NO_WORDING).seller_gets

    assert all(claim.text.startswith(start) for claim, start in zip(gets, got, strict=False))


# --- share


def test_a_story_says_why_it_is_like_them() -> None:
    """Role where the story's own person has it, and always what it is about."""
    theirs = replace(a_hit(a_story(), "F1"), reasons=("industry: logistics",))

    (story,) = compose_share(a_plan(hits=(theirs,)), NO_WORDING).stories

    assert story.similarity[-1] == "about detention and dock congestion, in logistics"
    assert story.similarity[0] == "industry: logistics"
    assert "role: COO" in story.similarity
    assert story.bridge_question.startswith("What would be the same at Northpeak")


def test_a_story_of_another_industry_is_alike_in_its_problem_alone() -> None:
    """Nobody is told that a company like theirs did it."""
    (story,) = compose_share(a_plan(), NO_WORDING).stories

    assert story.similarity[-1] == (
        "the problem, detention and dock congestion, though in another industry: logistics"
    )


def test_an_anonymous_story_is_told_under_its_alias() -> None:
    """Nobody's name is let out by a composer either."""
    card = a_story("story-anonymous", naming="anonymous", situation="a regional carrier ran docks.")

    told = compose_share(a_plan(hits=(a_hit(card, "F1"),)), NO_WORDING)

    assert "Bluewater" not in told.model_dump_json()


# --- anticipate


def test_what_they_voiced_comes_first_with_the_approved_answer() -> None:
    """Their own words, then the card's four steps word for word."""
    plan = a_plan(*FACTS, hits=(*HITS, usual("usual", "role: COO")))

    first, second = concerns(plan)

    assert first.they_say == "Dana: “It is too expensive for us”"
    assert (first.card, second.card) == ("objection-price", "usual")
    assert first.evidence == ("objection-price", DOUBT.id)


def test_nobody_is_given_doubts_that_no_role_of_theirs_usually_has() -> None:
    """Without a reason by role, a usual doubt is a guess."""
    plan = a_plan(PROBLEM, GOAL, hits=(usual("guess", "challenge: detention"),))

    assert concerns(plan) == ()


def test_two_doubts_that_one_proof_answers_stand_together() -> None:
    """The same proof twice on a page would read like a mistake."""
    hits = (a_hit(an_objection(), "F3"), a_hit(an_objection("objection-board"), "F5"))

    (together,) = concerns(a_plan(DOUBT, BOARD, hits=hits))

    assert together.they_say == (
        "Dana: “It is too expensive for us”; Gail: “The board will not pay for it”"
    )
    assert together.evidence == ("objection-price", "F3", "F5")


def test_a_doubt_without_an_approved_answer_is_asked_about_and_shown_as_a_gap() -> None:
    """A doubt is clarified as one, a question as one; no answer is made up."""
    told = {concern.kind: concern for concern in concerns(a_plan(BOARD, WHO, hits=()))}

    doubt, question = told["concern"], told["question"]
    assert doubt.clarify != question.clarify
    assert {doubt.card, question.card, doubt.respond, question.respond} == {""}


def test_the_seller_is_told_what_our_notes_say_of_a_doubt_that_was_voiced() -> None:
    """With its line, and in no part: it is not for the customer, nor for a model."""
    remark = a_fact("do not open price first", id="F9", voice="internal", line=9)
    plan = replace(a_plan(*FACTS, remark), cautions={"objection-price": remark})

    (told,) = cautions(plan)

    assert told.severity == "warning"
    assert told.message == (
        "they voiced “It is too expensive for us” themselves: answer it and go no further, your "
        "notes say “do not open price first” (S1:9)"
    )
    assert remark.quote not in compose_anticipate(plan, NO_WORDING).model_dump_json()
    assert cautions(a_plan(*FACTS, remark)) == ()


def test_each_half_of_a_saying_has_its_own_answer() -> None:
    """The page says which words an answer is for; a half without one is asked about."""
    halves = ("The fee is too high for two clinics", "the nurses have not seen the app.")
    said = a_fact(", and ".join(halves), id="F3", kind="concern", speaker="Dana")
    fee = replace(a_hit(an_objection(), "F3"), words={"F3": halves[:1]})
    app = replace(
        a_hit(an_objection("objection-app", proof="Others use it."), "F3"), words={"F3": halves[1:]}
    )

    both, one = (concerns(a_plan(said, hits=hits)) for hits in ((fee, app), (fee,)))

    assert [(told.they_say, told.card) for told in both] == [
        ("Dana: “The fee is too high for two clinics”", "objection-price"),
        ("Dana: “the nurses have not seen the app”", "objection-app"),
    ]
    assert [(told.card, bool(told.respond)) for told in one] == [
        ("objection-price", True),
        ("", False),
    ]
    assert {told.evidence[-1] for told in (*both, *one)} == {"F3"}


def test_of_many_doubts_the_weightiest_are_prepared() -> None:
    """Not the first four: one with a date decides when something can happen at all."""
    weak = [
        a_fact(f"We doubt the {what} of it.", id=f"F1{n}", kind="concern", speaker="Dana")
        for n, what in enumerate(("lift", "roof", "floor", "light"))
    ]
    freeze = "Our lab says no change between 15 May and 10 June."
    dated = a_fact(freeze, id="F9", kind="concern", speaker="Dana")
    cards = [
        a_hit(an_objection(f"o-{fact.id.lower()}", proof=f"Proof of {fact.id}."), fact.id)
        for fact in (*weak, dated)
    ]

    told = concerns(a_plan(*weak, dated, hits=cards))

    assert len(told) == 4
    assert told[0].card == "o-f9"


def test_a_third_doubt_without_an_answer_is_left_to_the_gaps() -> None:
    """Three questions back in a row are an interrogation."""
    doubts = (a_fact(f"We doubt thing {n}.", id=f"F{n}", kind="concern", line=n) for n in (1, 2, 3))

    assert len(concerns(a_plan(*doubts, hits=()))) == 2


def test_a_misfit_is_asked_back_and_not_argued_with() -> None:
    """No response of ours is for somebody whom we cannot help."""
    told = concerns(a_plan(fit=a_misfit()))

    assert [(concern.card, concern.respond) for concern in told] == [("", "")]
    assert told[0].clarify == (
        "We offer dock scheduling and yard visibility for plants and carriers. "
        "Which part of that, if any, would be of use to you?"
    )


def a_question(words: str) -> Fact:
    return a_fact(words, id="F7", kind="concern", speaker="Dana", line=7)


DESKS = a_fact("I want every desk bookable.", id="F8", kind="priority", speaker="Dana", line=8)


@pytest.mark.parametrize(
    ("question", "wish", "is_plain"),
    [
        ("So you don't do desk booking then?", "I want every desk bookable.", True),
        ("Can you guys offer bike leasing?", "Our people want a bike each.", True),
        ("Do you sell forklifts too?", "We need three forklifts by May.", True),
        ("Do you do discounts?", "I want every desk bookable.", False),
        ("Do you do dock scheduling?", "We want dock scheduling by June.", False),
        ("Do you do carrier portraits?", "I want portraits of all our carriers.", False),
        ("Who does desk booking then?", "I want every desk bookable.", False),
        ("You do desk booking, that is why I wrote.", "I want every desk bookable.", False),
    ],
)
def test_a_misfit_hears_a_plain_no_only_to_what_they_want_and_we_do_not_do(
    question: str, wish: str, is_plain: bool
) -> None:
    """A no to what our profile does name, or to what is no aim of theirs, could be wrong."""
    aim = DESKS.model_copy(update={"quote": wish, "text": wish})

    (told,) = concerns(a_plan(a_question(question), aim, fit=a_misfit()))

    assert told.clarify.startswith("No, that is not something we do. We offer") is is_plain
    assert (aim.id in told.evidence) is is_plain


def test_what_we_offer_is_told_to_a_misfit_once() -> None:
    """The plain no comes first; a second doubt is asked about, or gets its own short no."""
    asked = a_question("So you don't do desk booking then?")
    again = a_fact("And do you do desk cleaning?", id="F9", kind="concern", speaker="Dana", line=9)

    doubted = concerns(a_plan(DOUBT, asked, DESKS, fit=a_misfit()))
    both = concerns(a_plan(asked, again, DESKS, fit=a_misfit()))

    assert [concern.clarify.count("We offer") for concern in doubted] == [1, 0]
    assert doubted[0].evidence[0] == asked.id
    assert [concern.clarify.split(".")[0] for concern in both] == [
        "No, that is not something we do",
        "No, we do not do that either",
    ]


def test_a_misfit_who_voiced_nothing_can_still_be_told_what_we_do() -> None:
    """They will ask; the words are at hand."""
    (told,) = concerns(a_plan(PROBLEM, fit=a_misfit()))

    assert (told.they_say, told.card) == ("What is it that you do?", "")
    assert told.clarify.startswith("We offer dock scheduling")


def test_a_model_answers_only_what_was_voiced_or_is_usual() -> None:
    """A card found by its words alone is nobody's doubt; who does not fit is not argued with."""
    found = (*HITS, usual("usual", "role: COO"), usual("far", "same challenge: detention"))

    assert [hit.card.id for hit in answers_at_hand(a_plan(hits=found))] == [
        "objection-price",
        "usual",
    ]
    assert answers_at_hand(a_plan(hits=found, fit=a_misfit())) == ()
    assert not ANTICIPATE.asks(a_plan(fit=a_misfit()))


def test_a_doubt_that_names_another_who_is_there_is_prepared_for_and_shown_to_no_model() -> None:
    """Nobody hears of it; the seller has the approved answer at hand, with the line on the page."""
    told = a_fact(
        "Omar asked who will train them.", id="F7", kind="concern", speaker="Dana", line=7
    )
    meeting = a_meeting(
        participants=(a_participant("Dana Whitfield", "COO"), a_participant("Omar Haddad", ""))
    )
    plan = a_plan(PROBLEM, told, hits=(a_hit(an_objection(), "F7"),), meeting=meeting)

    (prepared,) = concerns(plan)

    assert (prepared.card, prepared.evidence) == ("objection-price", ("objection-price", "F7"))
    assert answers_at_hand(plan) == ()


def test_what_no_card_answers_takes_no_place_of_what_one_does() -> None:
    """A page holds four doubts; a gap is told at the end in any case."""
    more = [
        a_fact(f"Doubt {n} of theirs.", id=f"F1{n}", kind="concern", speaker="Dana") for n in (1, 2)
    ]
    plan = a_plan(PROBLEM, WHO, BOARD, *more, DOUBT)

    assert concerns(plan)[0].card == "objection-price"


def test_a_model_gives_no_proof_twice() -> None:
    """Of two cards with one proof the first stands, and may take up both doubts."""
    twin = a_hit(an_objection("objection-board"), "F5")
    plan = a_plan(PROBLEM, DOUBT, BOARD, hits=(*HITS, twin))
    answer = ANTICIPATE.answer(plan)
    steps = {"clarify": "What?", "respond": "So.", "proof": "This.", "check": "Yes?"}
    both = {"card": "objection-price", "they_say": "Too dear.", "facts": ["F3", "F5"], **steps}

    part = ANTICIPATE.read(answer.model_validate({"concerns": [both]}), plan)

    assert [hit.card.id for hit in answers_at_hand(plan)] == ["objection-price"]
    assert {"F3", "F5"} <= set(part.concerns[0].evidence)


def test_a_models_answers_are_put_in_order_by_code() -> None:
    """Voiced first, then what no card answers, then what is only usual."""
    plan = a_plan(*FACTS, WHO, hits=(*HITS, usual("usual", "role: COO")))
    steps = {"clarify": "What?", "respond": "So.", "proof": "This.", "check": "Yes?"}
    schema = ANTICIPATE.answer(plan)
    answer = schema.model_validate(
        {
            "concerns": [
                {"card": "usual", "they_say": "Hm?", "facts": [], **steps},
                {"card": "objection-price", "they_say": "Too dear.", "facts": ["F3"], **steps},
            ]
        }
    )

    part = ANTICIPATE.read(answer, plan)

    assert [concern.card for concern in part.concerns] == ["objection-price", "", "usual"]


# --- give and get


@pytest.mark.parametrize("plan", [a_plan, an_empty_plan, lambda: a_plan(fit=a_misfit())])
def test_both_sides_give_and_get_at_least_two_things(plan: object) -> None:
    """Whatever is known, nobody gets more than twice what the other does."""
    assert callable(plan)
    part = compose_give_get(plan(), NO_WORDING)

    sides = (part.seller_gives, part.seller_gets, part.customer_gives, part.customer_gets)
    assert all(2 <= len(side) <= 3 for side in sides)


def test_who_voiced_enough_is_given_no_doubt_of_others() -> None:
    """A usual doubt is brought where two were voiced, and not where three were."""
    doubts = [
        a_fact(f"Doubt {n} is one of ours.", id=f"F{n}", kind="concern", speaker="Dana", line=n)
        for n in (3, 4, 5)
    ]
    usual = replace(
        a_hit(an_objection("usual", "Prove it.", proof="Proof of it.")), reasons=("role: COO",)
    )

    def brought(count: int) -> set[str]:
        hits = [
            a_hit(an_objection(f"answer-{fact.id}", proof=f"Proof {fact.id}."), fact.id)
            for fact in doubts[:count]
        ]
        plan = a_plan(PROBLEM, GOAL, *doubts[:count], hits=(*hits, usual))
        return {concern.card for concern in compose_anticipate(plan, NO_WORDING).concerns}

    assert "usual" in brought(2)
    assert "usual" not in brought(3)

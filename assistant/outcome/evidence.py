"""What of a call decides its outcome, gathered sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.brief import Fit
from assistant.dossier import Fact
from assistant.knowledge.profile import SellerProfile
from assistant.outcome import phrases
from assistant.outcome.call import Call, Sentence
from assistant.outcome.step import Said
from assistant.outcome.steps import find_steps
from assistant.outcome.verdict import Evidence
from assistant.research import cues
from assistant.research.fit import assess_fit


def gather(call: Call, fit: Fit | None = None) -> Evidence:
    """Return what the outcome of a call is decided by.

    A refusal counts where the call ends: one after which they talk on at length was of something
    else. It is theirs, a misfit either side's. Without speakers a refusal is taken for theirs: our
    side has no reason to make one. `fit` is how what they said stands to the seller profile.
    """
    return Evidence(
        steps=find_steps(call),
        refusals=tuple(_refusals(call)),
        misfits=tuple(_found(call, phrases.misfits, ours=True)),
        ruled_out=tuple(_ruled_out(call, fit)) if fit else (),
        praise=tuple(_found(call, phrases.praises, ours=False)),
    )


def customer_facts(call: Call) -> tuple[Fact, ...]:
    """Return what their side said about themselves, each sentence a fact; questions are none."""
    return tuple(
        Fact(
            id=f"F{number}",
            kind=cues.kind_of(sentence.text),
            voice="customer",
            text=sentence.text,
            quote=sentence.text,
            source=sentence.at.split(":")[0],
            line=int(sentence.at.split(":")[1]),
            speaker=sentence.speaker,
        )
        for number, sentence in enumerate(_statements(call), start=1)
    )


def fit_of(call: Call, profile: SellerProfile) -> Fit:
    """Return how what they said stands to the profile."""
    return assess_fit(profile, customer_facts(call))


def _statements(call: Call) -> Iterator[Sentence]:
    return (s for s in call.sentences if s.side != "seller" and not s.text.rstrip().endswith("?"))


def _found(call: Call, said: Callable[[str], str], *, ours: bool) -> Iterator[Said]:
    for sentence in call.sentences:
        if (ours or sentence.side != "seller") and said(sentence.text):
            yield sentence.as_said


def _refusals(call: Call) -> Iterator[Said]:
    before: Sentence | None = None
    for sentence in call.sentences:
        if (
            call.is_last(sentence)
            and sentence.side != "seller"
            and (phrases.refuses(sentence.text) or _answers_no(before, sentence))
        ):
            yield sentence.as_said
        if sentence.side == "seller" or not sentence.speaker:
            before = sentence


def _answers_no(asked: Sentence | None, answer: Sentence) -> bool:
    """Tell a no to "shall we go on?", and a yes to "is it a no?", right behind the question."""
    if asked is None or answer.place - asked.place != 1 or answer.turn == asked.turn:
        return False
    if phrases.asks_whether_no(asked.text):
        return phrases.accepts(answer.text)
    asks = phrases.asks_to_go_on(asked.text) or phrases.asks_for_a_way(asked.text)
    return asks and phrases.says_no(answer.text)


def _ruled_out(call: Call, fit: Fit) -> Iterator[Said]:
    facts = {fact.id: fact for fact in customer_facts(call)}
    by_words = {s.text: s for s in call.sentences}
    for criterion in fit.criteria:
        excluded = criterion.need == "disqualifier" and criterion.state == "met"
        if not excluded and not (criterion.need == "required" and criterion.state == "missed"):
            continue
        for id_ in criterion.evidence[:1]:
            sentence = by_words[facts[id_].quote]
            yield sentence.as_said

"""From a call's sentences to the steps that were undertaken: offers, answers, promises."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.dossier import Side
from assistant.outcome import phrases
from assistant.outcome.call import Call, Sentence
from assistant.outcome.clauses import Pledge, asks_when, clauses, is_bare_time, offer_kind, pledges
from assistant.outcome.company import in_company
from assistant.outcome.context import (
    answered,
    is_named_by,
    leant_on,
    may_be_our_offer,
    named_day,
    subject_of,
)
from assistant.outcome.making import last, make_step, unaddressed
from assistant.outcome.promises import pledge_in
from assistant.outcome.step import EVENT, Step, is_specific, only_talks, together
from assistant.outcome.times import Time, times
from assistant.outcome.words import pattern
from assistant.text.dates import dates
from assistant.text.words import plain

_LASTS = 4  # turns that an offer waits for its answer
_TERSE = 7  # words of an answer that is only a time
_COUNTER = pattern("steps.counter", whole=True)
_SETTLES = pattern("steps.settles", whole=True)
_AWAY = pattern("steps.away", whole=True)
_PROVISIONAL = pattern("steps.provisional")
_LEADING_CONDITION = pattern("steps.leading_condition")
_IT = pattern("steps.it", whole=True)
_WISHES = pattern("steps.wishes")


def find_steps(call: Call) -> tuple[Step, ...]:
    """Return what either side undertook in a call, in the order it was said.

    What is proposed counts from the moment it is accepted; what is taken back, hedged or bound to a
    condition stays, marked so. Nothing is taken for the customer's where it is not theirs.
    """
    return in_company(_Listener(call).hear())


@dataclass(frozen=True)
class _Offer:
    """Something proposed, in which the customer would act, that waits for an answer."""

    side: Side  # whose proposal it is
    action: str
    time: Time | None
    said: Sentence
    named: Sentence | None = None  # where the action was named, if elsewhere
    subject: str = ""  # what it is about, where its own words do not say
    condition: str = ""
    is_provisional: bool = False


@dataclass
class _Listener:
    """What of a call has been understood so far."""

    call: Call
    steps: list[Step] = field(default_factory=list)
    offers: list[_Offer] = field(default_factory=list)

    def hear(self) -> tuple[Step, ...]:
        """Go through the call once."""
        for sentence in self.call.sentences:
            self.offers = [o for o in self.offers if sentence.turn - o.said.turn <= _LASTS]
            if sentence.told and not sentence.speaker:
                self._hear_told(sentence)
            elif sentence.side == "seller" or may_be_our_offer(sentence):
                self._hear_ours(sentence)
            else:
                self._hear_theirs(sentence)
        return tuple(self.steps)

    def _times(self, text: str) -> tuple[Time, ...]:
        return times(text, self.call.held_on)

    def _is_specific(self, action: str) -> bool:
        return is_specific(action, self.call.held_on)

    def _subject(self, now: Sentence) -> Sentence | None:
        return subject_of(self.call, self.steps, now)

    def _waiting(self, side: Side) -> list[_Offer]:
        return [offer for offer in self.offers if offer.side == side]

    # --- our side

    def _hear_ours(self, sentence: Sentence) -> None:
        if phrases.withdrawal(sentence.text) and not sentence.text.rstrip().endswith("?"):
            self._withdraw(sentence)
        for clause in clauses(sentence.text):
            found = self._times(clause)
            if self._answer_theirs(sentence, clause, found):
                continue
            kind = offer_kind(clause, has_time=bool(found), at_end=self.call.is_end(sentence))
            if kind == "ours":
                self._promise_ours(sentence, clause, found)
            elif kind == "theirs" or self._names_offer(sentence, clause):
                self._offer(sentence, unaddressed(self.call, clause), found)

    def _answer_theirs(self, sentence: Sentence, clause: str, found: tuple[Time, ...]) -> bool:
        """Take our yes to what they proposed, and the time that we repeat."""
        waiting = [o for o in self._waiting("customer") if o.said.turn < sentence.turn]
        if not waiting or phrases.declines(clause) or clause.rstrip().endswith("?"):
            return False
        unsure = phrases.defers(sentence.text) or _AWAY.search(plain(sentence.text))
        same_day = any(o.time and t.due == o.time.due for o in waiting for t in found)
        if not phrases.accepts(clause) and (unsure or not same_day):
            return False
        for offer in waiting:
            self._agree(offer, offer.said, found)
        self.offers = [o for o in self.offers if o not in waiting]
        return True

    def _promise_ours(self, sentence: Sentence, clause: str, found: tuple[Time, ...]) -> None:
        step = make_step(
            self.call, sentence, clause, action=clause, time=last(found), side="seller"
        )
        told = sentence.told and not sentence.speaker
        self.steps.append(replace(step, worded_by="seller" if told else sentence.side))

    def _offer(self, sentence: Sentence, clause: str, found: tuple[Time, ...]) -> None:
        """Put a proposal of ours up for an answer; a tag ("OK?") leaves the last one there."""
        is_named = self._is_specific(clause) or bool(EVENT.search(clause))
        if not is_named and not found and self.offers:
            return
        self.offers = [o for o in self._waiting("seller") if o.said.turn == sentence.turn]
        before = self.offers[-1] if self.offers else None
        if before and before.said.place == sentence.place - 1:
            if not is_named:  # "Shall we walk the docks? Would Thursday work?"
                self.offers[-1] = replace(
                    before, time=last(found), said=sentence, named=before.said
                )
                return
            if not found and not self._is_specific(before.action):  # "Thursday? For the tour?"
                self.offers[-1] = replace(before, action=clause, named=sentence)
                return
        provisional = bool(_PROVISIONAL.search(plain(sentence.text)))
        condition = "" if provisional else phrases.condition(sentence.text)
        is_named = is_named or only_talks(clause, self.call.held_on)
        topic = None if is_named else self._subject(sentence)
        offer = _Offer(
            side="seller",
            action=clause if is_named else topic.text if topic else "",
            time=last(found),
            said=sentence,
            named=topic,
            condition="" if phrases.is_ours_to_fulfil(condition, by_us=True) else condition,
            is_provisional=provisional,
        )
        self.offers.append(offer)

    def _names_offer(self, sentence: Sentence, clause: str) -> bool:
        """Tell whether a question only names what was proposed for a day right before it."""
        before = self._waiting("seller")[-1:]
        unnamed = any(
            o.said.turn == sentence.turn and not self._is_specific(o.action) for o in before
        )
        return unnamed and clause.rstrip().endswith("?") and bool(EVENT.search(clause))

    # --- their side

    def _hear_theirs(self, sentence: Sentence) -> None:
        span = phrases.withdrawal(sentence.text)
        if span is None or sentence.text.rstrip().endswith("?") or self._only_says_no(sentence):
            self._hear_clauses(sentence, sentence.text)
            return
        before, after = sentence.text[: span[0]], sentence.text[span[1] :]
        if len(before.split()) > 2:
            self._hear_clauses(sentence, before)
        self._withdraw(sentence)
        if self._times(after):
            self._hear_clauses(sentence, after)

    def _only_says_no(self, sentence: Sentence) -> bool:
        """Tell whether "I'd rather not" answers what was just asked, and takes nothing back."""
        asked = [o.said for o in self._waiting("seller") if sentence.turn - o.said.turn == 1]
        about = [s for s in self.steps if any(is_named_by(self.call, s, one) for one in asked)]
        return phrases.is_soft_no(sentence.text) and bool(asked) and not about

    def _hear_clauses(self, sentence: Sentence, text: str) -> None:
        pieces = clauses(text)
        led = phrases.condition(pieces[0]) if _LEADING_CONDITION.match(plain(pieces[0])) else ""
        done: list[bool] = []
        for place, piece in enumerate(pieces):
            leans = place > 0 and not led and not any(done)
            leans = leans and not phrases.asks_us_to_send(pieces[place - 1])
            before = self._times(pieces[place - 1]) if leans else ()
            done.append(self._hear_clause(sentence, piece, led, before))
        if not any(done):
            self._qualify(sentence)

    def _hear_clause(
        self, sentence: Sentence, clause: str, led: str, before: tuple[Time, ...]
    ) -> bool:
        """Take in a clause of theirs; tell whether it undertook something.

        `before` are the times of the clause before it, which its promise may lean on.
        """
        found = self._times(clause)
        if pledge := self._pledge_in(clause, sentence, found):
            self._promise(sentence, clause, pledge, found or before, led)
            return True
        if phrases.asks_us_to_send(clause):
            self._promise_ours(sentence, clause, found)
            self.offers = []
            return False
        if clause.rstrip().endswith("?"):
            self._ask(sentence, clause, found)
            return False
        return self._answer(sentence, clause, found, led)

    def _pledge_in(self, clause: str, sentence: Sentence, found: tuple[Time, ...]) -> Pledge | None:
        asked = any(sentence.turn - o.said.turn <= 1 for o in self._waiting("seller"))
        return pledge_in(self.call, self.steps, clause, sentence, found, asked=asked)

    def _promise(
        self, sentence: Sentence, clause: str, pledge: Pledge, found: tuple[Time, ...], led: str
    ) -> None:
        offer = next(iter(self._waiting("seller")[::-1]), None)
        named = None
        leans = not self._is_specific(pledge.action) or (offer and _IT.search(plain(pledge.action)))
        if leans and not only_talks(pledge.action, self.call.held_on):
            named = (offer.named or offer.said) if offer else self._subject(sentence)
        leans_wholly = not self._is_specific(pledge.action)
        speaks_of_it = not leans_wholly and _IT.search(plain(pledge.action))
        about = named or (answered(self.call, sentence) if speaks_of_it else None)
        offered = offer.time if offer else None
        time = last(found) or offered or last(leant_on(self.call, sentence))
        step = make_step(
            self.call,
            sentence,
            clause,
            action=pledge.action,
            time=time,
            who=pledge.who,
            condition=led,
        )
        is_past = bool(dates(clause, self.call.held_on))  # "we've signed them in October"
        if pledge.is_done and step.when is None and not is_past:
            step = replace(step, when=self.call.held_on)
        self.steps.append(
            replace(
                step,
                subject=about.text if about else "",
                worded_by=named.side if named and leans_wholly else sentence.side,
                action_said=named.as_said if named else None,
                when_said=offer.said.as_said if offer and offered and not found else None,
            )
        )
        if offer:
            self.offers = [o for o in self.offers if o is not offer and o.time is not None]

    def _ask(self, sentence: Sentence, clause: str, found: tuple[Time, ...]) -> None:
        """Hold a question of theirs that proposes a time or an event for our answer."""
        waiting = next(iter(self._waiting("seller")[::-1]), None)
        time = last(found) or (waiting.time if waiting else None)
        if time is None or not (found or EVENT.search(clause)):
            return
        named = waiting.named or waiting.said if waiting else self._subject(sentence)
        if self._is_specific(clause):
            offer = _Offer("customer", clause, time, sentence, subject=named.text if named else "")
        else:
            offer = _Offer("customer", named.text if named else "", time, sentence, named)
        self.offers = [offer]

    def _answer(self, sentence: Sentence, clause: str, found: tuple[Time, ...], led: str) -> bool:
        if phrases.declines(clause):
            self._turn_down(sentence, clause, found)
            return False
        waiting, accepts = self._waiting("seller"), phrases.accepts(clause)
        settles = bool(found) and bool(_SETTLES.search(plain(clause)))
        terse = bool(found) and is_bare_time(clause, most=_TERSE)
        if waiting and (accepts or settles or terse):
            for offer in waiting:
                self._agree(offer, sentence, found, led=led)
            self.offers = []
            return True
        if found and accepts and (named := self._named_unasked(sentence, clause, found)):
            offer = _Offer("seller", named.text, found[-1], named, subject=clause)
            self._agree(offer, sentence, found, led=led)
            return True
        if waiting and phrases.hedge(clause):
            self.offers = []
            return False
        return (terse or settles) and self._add_time(sentence, clause, found[-1])

    def _named_unasked(
        self, sentence: Sentence, clause: str, found: tuple[Time, ...]
    ) -> Sentence | None:
        """Return what a yes is to that answers no question: its own words, or the day we named."""
        if EVENT.search(clause):
            return sentence
        return named_day(self.call, sentence, found)

    def _turn_down(self, sentence: Sentence, clause: str, found: tuple[Time, ...]) -> None:
        waiting = self._waiting("seller")
        for place, step in enumerate(self.steps):
            is_of_day = step.side == "customer" and step.when in {time.due for time in found}
            if is_of_day and step.is_provisional:  # "the 17th won't work after all"
                self.steps[place] = replace(step, withdrawn=sentence.as_said)
        if waiting and found and _COUNTER.search(plain(clause)):
            self.offers = [replace(waiting[-1], side="customer", time=found[-1], said=sentence)]
        else:
            self.offers = [replace(offer, time=None) for offer in waiting]

    def _add_time(self, sentence: Sentence, clause: str, time: Time) -> bool:
        """Give the last step of theirs that has no time the one that is said now."""
        before = self.call.sentences[max(0, sentence.place - 2) : sentence.place]
        open_steps = [
            place
            for place, step in enumerate(self.steps)
            if step.side != "seller" and (step.when is None or step.withdrawn)
        ]
        if not open_steps:
            return False
        step = self.steps[open_steps[-1]]
        wanted = any(asks_when(s.text) for s in before) or bool(_SETTLES.search(plain(clause)))
        if not wanted and not self._is_of_turn(step, sentence):
            return False
        self.steps[open_steps[-1]] = replace(
            step,
            when=time.due,
            said=sentence.as_said,
            spoken=together(step.said, sentence.as_said),
            action_said=step.named_by,
            is_coarse=time.is_coarse,
            withdrawn=None,
            hedge=step.hedge or phrases.hedge(clause),
        )
        return True

    def _is_of_turn(self, step: Step, sentence: Sentence) -> bool:
        return self.call.sentences[step.said.place].turn == sentence.turn

    def _agree(
        self, offer: _Offer, answer: Sentence, found: tuple[Time, ...], *, led: str = ""
    ) -> None:
        """Record that a proposal was accepted; `answer` is the customer's part in it."""
        step = make_step(
            self.call,
            answer,
            answer.text,
            action=offer.action,
            time=last(found) or offer.time,
            named=f"{offer.said.text} {answer.text}",
            condition=led or offer.condition,
        )
        self.steps.append(
            replace(
                step,
                action_said=(offer.named or offer.said).as_said,
                subject=offer.subject,
                worded_by=(offer.named or offer.said).side,
                when_said=None if found else offer.said.as_said,
                is_provisional=offer.is_provisional,
            )
        )

    # --- what takes back or puts off

    def _withdraw(self, sentence: Sentence) -> None:
        standing = [
            place
            for place, step in enumerate(self.steps)
            if step.side != "seller" and not step.withdrawn
        ]
        if not phrases.takes_all_back(sentence.text):
            named = [p for p in standing if is_named_by(self.call, self.steps[p], sentence)]
            standing = named[-1:] or standing[-1:]
        for place in standing:
            self.steps[place] = replace(self.steps[place], withdrawn=sentence.as_said)
        self.offers = []
        if standing:  # another day may take its place: "make it Friday"
            step = self.steps[standing[-1]]
            named_by = self.call.sentences[step.named_by.place]
            self.offers = [_Offer("seller", step.action, None, sentence, named_by)]

    def _qualify(self, sentence: Sentence) -> None:
        """Let a sentence that only puts off or sets a condition weigh on what its turn agreed."""
        recent = [
            place
            for place, step in enumerate(self.steps)
            if step.side != "seller" and self._is_of_turn(step, sentence)
        ]
        puts_off = phrases.defers(sentence.text)
        if not recent:
            self.offers = self._waiting("customer") if puts_off else self.offers
            return
        if _WISHES.search(plain(sentence.text)):
            return
        step = self.steps[recent[-1]]
        condition = phrases.condition(sentence.text)
        if hedge := puts_off or phrases.hedge(sentence.text):
            self.steps[recent[-1]] = replace(step, hedge=step.hedge or hedge)
        elif _LEADING_CONDITION.match(plain(sentence.text)):
            is_theirs = condition and not phrases.is_ours_to_fulfil(condition)
            self.steps[recent[-1]] = replace(
                step, condition=step.condition or (condition if is_theirs else "")
            )

    # --- notes

    def _hear_told(self, sentence: Sentence) -> None:
        """Take in the seller's own account: who is named acts, "I" and "we" are our side."""
        if phrases.withdrawal(sentence.text):
            self._withdraw(sentence)
            return
        for clause in clauses(sentence.text):
            found = self._times(clause)
            if pledge := self._pledge_in(clause, sentence, found):
                self._promise(sentence, clause, pledge, found, "")
            elif ours := [p for p in pledges(clause) if p.is_ours_as_told]:
                self._promise_ours(sentence, ours[0].action, found)

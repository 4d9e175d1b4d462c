"""Clauses from a small model: one line in, one clause out, kept only if code can vouch for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field

from assistant.dossier import Fact
from assistant.errors import AnswerError, ModelError
from assistant.models import Writer as Model
from assistant.parts.reasons import reason
from assistant.parts.recipe import Wording
from assistant.plan import Plan
from assistant.prompts import Prompt, render
from assistant.text import is_common

_MOST_WORDS, _LEAST_WORDS = 16, 3
_TRIES = (0.0, 0.4, 0.8)  # temperatures: the same question at 0 gets the same answer
MAX_CLAUSE_TOKENS = 48
_STEM = 4  # letters; enough to tell words of one line apart
_REACH = 3  # words after a "not" that it denies
_NO_BEGINNING = re.compile(
    r"(?:the|an?|you|your|we|our|they|their|he|she|it|its|there|to|because|that|not|why|is|are|was)\b",
    re.IGNORECASE,
)
_INABILITY = re.compile(
    r"\b(?:can'?t|cannot|can not|couldn'?t|unable|no room|nobody (?:can|knows)|no one (?:can|knows)"
    r"|never know|don'?t know|no way|hard to|difficult to|no idea|looking for|search|find)\b",
    re.IGNORECASE,
)
_MONEY_OR_PAST = re.compile(
    r"[$€£]|\b(?:dollars?|eur|euros?|was|were|had|did|paid|cost|took|said|asked|told)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:the|an?|and|of|to|in|is|are|we|our|my|with|for|at|on|by|get|under|need|want|every)\b",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|und|ein|eine|einen|wir|uns|unsere?|nicht|kein|mit|für|auf|ist|sind)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:no|not|never|nobody|none|neither|nor|without)\b|n't\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i'll|me|my|mine|we|we're|us|our|ours)\b", re.IGNORECASE)
_REACHES = re.compile(r"^(?:reach|achieve|hit|have|bring|keep|see)\s+", re.IGNORECASE)
_PLAIN_WORDS = re.compile(
    r"(?:a|about|all|an|any|and|are|as|at|be|been|before|by|can|do|does|each|every|find|for|from|get"
    r"|have|how|in|is|it|its|keep|know|make|more|much|no|not|of|on|one|or|out|see|so|some|stop|take"
    r"|tell|than|that|the|their|them|then|there|they|this|time|to|under|up|use|was|what|when|where"
    r"|which|who|will|with|without|you|your|avoid|reduce|handle|manage|prevent|plan|control)"
)


class Clause(BaseModel):
    """The one thing a small model is asked for at a time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: str = Field(min_length=8, max_length=120)


@dataclass
class Clauses:
    """What came of asking: the clauses that held, and what did not."""

    wording: Wording
    prompts: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    error: str = ""  # why the model could not be asked any further


@dataclass(frozen=True)
class _Line:
    kind: str
    fact: Fact
    is_sound: Callable[[str, str], bool]


def word_lines(plan: Plan, model: Model) -> Clauses:
    """Ask for a clause for each chosen line, as many at a time as the model takes.

    A clause that code cannot vouch for is asked for again, warmer, and then given up: the
    composer's wording stands in its place. When the model itself fails, what came so far is kept.
    """
    lines = list(_lines(plan))
    made: dict[tuple[str, str], str] = {}
    outcome = Clauses(Wording())

    def ask(line: _Line) -> None:
        prompt = render(line.kind, line=line.fact.quote)
        outcome.prompts[prompt.name] = prompt.fingerprint
        if outcome.error:
            return
        try:
            clause = _sound_clause(line, prompt, model)
        except ModelError as error:
            outcome.error = reason(error)
            return
        if clause:
            made[line.kind, line.fact.id] = clause
        else:
            outcome.refused += 1

    with ThreadPoolExecutor(max_workers=max(1, model.parallel)) as pool:
        list(pool.map(ask, lines))
    outcome.wording = Wording(
        stated=_of_kind(made, "word_problem"),
        difficult=_of_kind(made, "word_inability"),
        goal=next((c for (kind, _), c in made.items() if kind == "word_goal"), ""),
    )
    return outcome


def _of_kind(made: Mapping[tuple[str, str], str], kind: str) -> dict[str, str]:
    return {fact_id: clause for (its, fact_id), clause in made.items() if its == kind}


def planned_lines(plan: Plan) -> tuple[Prompt, ...]:
    """Return the prompts that `word_lines` would ask, each at least once."""
    return tuple(render(line.kind, line=line.fact.quote) for line in _lines(plan))


def _lines(plan: Plan) -> Iterator[_Line]:
    if plan.fit.verdict == "no":
        return
    facts = [problem.fact for problem in plan.problems if _is_english(problem.fact.quote)]
    happening = [fact for fact in facts if not _MONEY_OR_PAST.search(fact.quote)]
    for fact in happening[:1] if plan.goal else ():
        yield _Line("word_problem", fact, is_sound_statement)
    for fact in facts:
        if _INABILITY.search(fact.quote):
            yield _Line("word_inability", fact, is_sound_action)
    if plan.goal and _is_english(plan.goal.quote):
        yield _Line("word_goal", plan.goal, is_sound_goal)


def _is_english(line: str) -> bool:
    """Tell whether a line is in the language that the frames are in."""
    return bool(_ENGLISH.search(line)) and not _GERMAN.search(line)


def _sound_clause(line: _Line, prompt: Prompt, model: Model) -> str:
    for temperature in _TRIES:
        try:
            answer = model.answer(
                prompt, Clause, max_tokens=MAX_CLAUSE_TOKENS, temperature=temperature
            )
        except AnswerError:
            continue
        clause = tidy(answer.clause)
        if line.is_sound(clause, line.fact.quote):
            return clause
    return ""


def tidy(clause: str) -> str:
    """Return a clause as it stands inside a sentence: no full stop, no frame said again."""
    words = " ".join(clause.split()).strip(" .?!,;:\"'“”")
    words = re.sub(
        r"^(?:why is it difficult to|i understand that|you want to|when|to)\s+",
        "",
        words,
        flags=re.IGNORECASE,
    )
    first = words.split(" ")[0]
    return words[:1].lower() + words[1:] if is_common(first.lower()) else words


def is_sound_action(clause: str, line: str) -> bool:
    """Tell whether a clause begins with a verb and says nothing its line does not say."""
    first = clause.split(maxsplit=1)[0] if clause else ""
    begins = not _NO_BEGINNING.match(clause) and not first.endswith(("ing", "ed", "s,"))
    return begins and _is_from(clause, line)


def is_sound_goal(clause: str, line: str) -> bool:
    """Tell whether a clause begins with a verb, in the goal's own order, yes as yes, no as no.

    "I want truck turn time under 60 minutes" holds no verb: it takes one of those that reach a
    goal, and "truck" is none.
    """
    plain = _REACHES.sub("get ", clause)  # which of them it takes says nothing more
    begins = plain.startswith("get ") or _is_verb_of(line, clause.split(" ", maxsplit=1)[0])
    return (
        begins and _agrees(clause, line) and _in_order(plain, line) and is_sound_action(plain, line)
    )


def _is_verb_of(line: str, word: str) -> bool:
    """Tell whether a line has a word where a verb stands in its base form: "to cut", "must cut"."""
    before = r"\b(?:to|must|should|will|shall|can|and|'ll)\s+"
    return bool(word) and bool(re.search(before + re.escape(word) + r"\b", line, re.IGNORECASE))


def is_sound_statement(clause: str, line: str) -> bool:
    """Tell whether a clause restates its line in words of the line, yes as yes and no as no."""
    is_plain = not clause.lower().startswith("when ")
    from_line = _is_from(clause, line) and _in_order(clause, line)
    return is_plain and from_line and _agrees(clause, line)


def _agrees(clause: str, line: str) -> bool:
    """Tell whether a clause denies only where its line does, and nothing less."""
    if _NEGATION.search(clause):
        return bool(_NEGATION.search(line))
    said = _stems(clause)
    return not any(len(denied & said) >= min(2, len(denied)) for denied in _denials(line) if denied)


def _denials(line: str) -> Iterator[frozenset[str]]:
    """Yield what each "not" of a line denies: up to three words that carry meaning."""
    for match in _NEGATION.finditer(line):
        after = re.split(r"[.,;:!?]", line[match.end() :], maxsplit=1)[0]
        yield frozenset(_content_stems(after)[:_REACH])


def _in_order(clause: str, line: str) -> bool:
    """Tell whether the words that a clause takes from its line keep their order."""
    theirs = iter(_content_stems(line))
    return all(stem in theirs for stem in _content_stems(clause))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_content_stems(text))


def _content_stems(text: str) -> list[str]:
    return [word[:_STEM] for word in _words(text) if not _PLAIN_WORDS.fullmatch(word)]


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’]+", text.lower())


def _is_from(clause: str, line: str) -> bool:
    words = clause.split()
    if not _LEAST_WORDS <= len(words) <= _MOST_WORDS or _FIRST_PERSON.search(clause):
        return False
    content = _stems(clause)
    same_digits = set(re.findall(r"\d+", clause)) <= set(re.findall(r"\d+", line))
    return same_digits and bool(content) and content <= _stems(line)

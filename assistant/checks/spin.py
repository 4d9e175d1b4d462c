"""SPIN: situation, problem, implication, value, in open questions whose answers are not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from assistant.brief import Finding, Learn, Question, SpinStage
from assistant.checks.sides import customer_names
from assistant.checks.wording import one_line, share, stem_list, stems, tokens
from assistant.evidence import Evidence

_FEWEST, _MOST = 6, 14
_MOST_SITUATION = 3
_RANK: dict[SpinStage, int] = {"situation": 0, "problem": 1, "implication": 2, "value": 3}

# --- open and closed

_AUXILIARIES = (
    "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|might|am"
    "|must|isn't|aren't|don't|doesn't|didn't|won't|wouldn't|can't|couldn't|haven't|hasn't"
)
# "When" and "where" ask only before an auxiliary; else they begin a condition.
_ASKS = re.compile(
    r"(?:and |but |so |then |well |now |or |also |roughly |about |exactly )*"
    r"(?:(?:in|at|to|for|from|by|with|on|of|over|under|after|until|since) )?"
    r"(?:(?:how|what|what's|why|which|who|who's|whom|whose)\b"
    rf"|(?:when|where) (?:{_AUXILIARIES})\b)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"(?:and |so |please |then |now )*(?:(?:could|can|would|will) you (?:please )?)?"
    r"(?:tell (?:me|us)|walk (?:me|us)|talk (?:me|us)|take (?:me|us)|help (?:me|us)|show (?:me|us)"
    r"|give (?:me|us)|describe|explain|share|say more|paint|picture|imagine)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"(?:and |but |so |or |then )*(?:{_AUXILIARIES})\b", re.IGNORECASE)
# What makes a statement into a question that only has one answer.
_TAG = re.compile(
    r"""
    (?:^|[,;-]\ ?|\.\ )
    (?:right|correct|yes|no|ok|okay|agreed|true|or\ not|don't\ you\ think|am\ i\ right
      |is\ that\ (?:right|so|fair|correct|true)|wouldn't\ you\ (?:agree|say)
      |(?:\w+n't|is|are|do|does|did|was|were|has|have)\ (?:it|you|they|we|he|she|that|this))
    \??$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANYWHERE = re.compile(r"\b(?:how|what|why|which|who|whom|whose)\b", re.IGNORECASE)

# --- known answers

# Share of a question's words that one fact must hold to answer it; nearly all for "what" and
# "how", which may ask for more than the fact that they mention.
_ANSWERED = 0.75
_ANSWERED_OPEN = 0.9
_LEAST_WORDS = 2  # of the question, beside its form; one word alone is in many facts
_LEAST_WORDS_OPEN = 3  # for "what" and "how", whose answers have no shape of their own
_NEAR = 3  # words between a number and what it counts
_FORM = stems(
    "currently current today use used using today's please tell walk describe roughly typical"
    " typically average usually share number count many much long often exactly time moment sort"
    " kind type day week month year like happen happens"
)
_HOW_MANY = re.compile(r"\bhow (?:many|much)\b(.*)", re.IGNORECASE)
_VERBS = re.compile(
    rf"\b(?:{_AUXILIARIES}|go|come|use|arrive|work|run|book|visit|per|in|at|of|on)\b", re.IGNORECASE
)
_MEASURES = re.compile(
    r"\bhow (?:long|often|far|big|large|high)\b|\bwhat (?:share|percentage|proportion|number)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\d{1,2}/\d{1,2}|\d{4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|\b(?:mon"
    r"|tues|wednes|thurs|fri|satur|sun)day\b|\bq[1-4]\b|\bkw ?\d",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")
# A fact that is itself in doubt may well be asked about.
_DOUBT = re.compile(
    r"\?|\b(?:guess|estimate[ds]?|est|unclear|not sure|unsure|tbc|tbd|from memory|maybe|perhaps"
    r"|probably|ask again|check|verify|i think|no idea|no clue|unknown)\b",
    re.IGNORECASE,
)

_error = partial(Finding, check="spin", severity="error")
_warning = partial(Finding, check="spin", severity="warning")


def check_spin(part: Learn, evidence: Evidence) -> tuple[Finding, ...]:
    """Find a sequence out of balance or order, closed questions, and known answers."""
    each = (
        finding
        for i, question in enumerate(part.questions)
        for finding in _one(question, f"learn.questions[{i}].question", evidence)
    )
    return tuple(
        chain(_count(part.questions), _order(part.questions), _values(part.questions), each)
    )


def _count(questions: Sequence[Question]) -> Iterator[Finding]:
    if not _FEWEST <= len(questions) <= _MOST:
        yield _error(
            where="learn.questions",
            message=f"there are {len(questions)} questions: ask {_FEWEST} to {_MOST}",
        )
    situation = sum(question.stage == "situation" for question in questions)
    if situation > _MOST_SITUATION:
        yield _error(
            where="learn.questions",
            message=f"{situation} situation questions are an interrogation: ask at most "
            f"{_MOST_SITUATION}",
        )
    for stage in ("problem", "implication", "value"):
        if questions and all(question.stage != stage for question in questions):
            yield _error(where="learn.questions", message=f"there is no {stage} question")


def _order(questions: Sequence[Question]) -> Iterator[Finding]:
    """Hold the order within each problem; a second problem may begin when the first is done."""
    furthest: dict[int, Question] = {}
    for i, question in enumerate(questions):
        before = furthest.get(question.problem)
        if question.stage == "situation" and question.problem == 0 and furthest:
            before = max(furthest.values(), key=lambda asked: _RANK[asked.stage])
        if before and _RANK[question.stage] < _RANK[before.stage]:
            yield _error(
                where=f"learn.questions[{i}]",
                message=f"a {question.stage} question follows a {before.stage} question: the order "
                "is situation, problem, implication, value",
            )
        elif not before or _RANK[question.stage] > _RANK[before.stage]:
            furthest[question.problem] = question


def _values(questions: Sequence[Question]) -> Iterator[Finding]:
    for i, question in enumerate(questions):
        if question.stage != "value":
            continue
        asked = questions[:i]
        if not any(q.stage == "implication" and q.problem == question.problem for q in asked):
            yield _error(
                where=f"learn.questions[{i}]",
                message="this value question follows no implication question on the same problem: "
                "ask first what the problem leads to",
            )
        elif (other := _about_another_problem(question, asked)) is not None:
            yield _error(
                where=f"learn.questions[{i}]",
                message=f"this value question is filed under problem {question.problem} but rests "
                f"on what belongs to problem {other}: ask about the same problem",
            )


def _about_another_problem(question: Question, asked: Sequence[Question]) -> int | None:
    """Return the problem whose evidence the question cites, where it cites none of its own."""
    cited: dict[int, set[str]] = {}
    for other in asked:
        if other.stage in ("problem", "implication"):
            cited.setdefault(other.problem, set()).update(other.evidence)
    own = cited.get(question.problem, set())
    if not own or not question.evidence or own & set(question.evidence):
        return None
    return next((n for n, ids in cited.items() if ids & set(question.evidence)), None)


def _one(question: Question, where: str, evidence: Evidence) -> Iterator[Finding]:
    text = one_line(question.question)
    if not text:
        yield _error(where=where, message="the question is empty")
    elif not _is_question(text):
        yield _error(where=where, message=f"“{text}” is no question: ask one")
    elif not _is_open(text):
        yield _error(
            where=where,
            message=f"“{text}” can be answered with yes or no: begin with how, what, which or why",
        )
    if question.stage == "situation":
        yield from _known(text, where, evidence)


def _is_question(text: str) -> bool:
    return text.rstrip("\"')”’ ").endswith("?") or bool(_INVITES.match(text))


def _is_open(text: str) -> bool:
    """Tell whether the last question of a text wants more than yes, no or a nod.

    A tag at the end makes it closed, else a clause that begins with a question word makes it
    open, else an auxiliary at the beginning of a clause makes it closed.
    """
    asked = _last_question(text)
    if _TAG.search(asked.rstrip("\"')”’ ")):
        return False
    clauses = [clause.strip(" '\"“”‘’(") for clause in re.split(r"[,;:]| - ", asked)]
    if any(_ASKS.match(clause) or _INVITES.match(clause) for clause in clauses):
        return True
    return not any(map(_CLOSED.match, clauses)) and bool(_ANYWHERE.search(asked))


def _last_question(text: str) -> str:
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if s.strip()]
    asked = [s for s in sentences if "?" in s or _INVITES.match(s)]
    return asked[-1] if asked else text


# --- known answers


def _known(text: str, where: str, evidence: Evidence) -> Iterator[Finding]:
    facts = [fact for fact in evidence.facts.values() if not _DOUBT.search(fact.quote)]
    texts = {fact.id: f"{fact.text}\n{fact.quote}" for fact in facts}
    if answer := _answered_with_a_shape(text, texts, stems(*customer_names(evidence))):
        yield _error(
            where=where,
            message=f"{answer} answers this already: leave the question out, or ask what is not "
            "known",
        )
    elif answer := _answered_by_words(text, texts):
        yield _warning(where=where, message=f"{answer} may answer this already")


def _answered_with_a_shape(text: str, facts: dict[str, str], theirs: frozenset[str]) -> str:
    """Return the fact that holds the number, day or name that a question asks for."""
    if found := _HOW_MANY.search(text):
        return _counted(found.group(1), _names(text) - theirs, facts)
    if _MEASURES.search(text):
        return _holding(text, facts, _NUMBER)
    if re.match(r"(?:and |so )?(?:when|by when|on which day|what date)\b", text, re.IGNORECASE):
        return _holding(text, facts, _DAY)
    return ""


def _holding(text: str, facts: dict[str, str], shape: re.Pattern[str]) -> str:
    sought = stems(text) - _FORM
    if len(sought) < _LEAST_WORDS:
        return ""
    return next(
        (
            fact
            for fact, words in facts.items()
            if shape.search(words) and share(sought, stems(words)) >= _ANSWERED
        ),
        "",
    )


def _counted(after: str, named: frozenset[str], facts: dict[str, str]) -> str:
    """Return the fact that counts what the question counts, at the places it names.

    Where facts count differently, somebody has to say which is right: then nothing is known.
    """
    noun = _VERBS.split(after, maxsplit=1)[0]
    head = stem_list(noun)[-1:]
    if not head:
        return ""
    counts = {
        fact: number
        for fact, words in facts.items()
        if named <= stems(words) and (number := _number_beside(head[0], words))
    }
    return next(iter(counts), "") if len(set(counts.values())) == 1 else ""


def _number_beside(head: str, words: str) -> str:
    """Return the number that stands right before the word it counts, or nothing."""
    stemmed = [next(iter(stem_list(token)), "") for token in tokens(words)]
    for i, stem in enumerate(stemmed):
        if stem == head:
            before = [s for s in stemmed[max(0, i - _NEAR) : i] if s[:1].isdigit()]
            if before:
                return before[-1]
    return ""


def _names(text: str) -> frozenset[str]:
    """Return the stems of capitalised words after the first: places, people, systems."""
    words = re.findall(r"(?<![.?!] )(?<!^)\b[A-Z][\w'-]+", text)
    return stems(*words)


def _answered_by_words(text: str, facts: dict[str, str]) -> str:
    sought = stems(text) - _FORM
    if len(sought) < _LEAST_WORDS_OPEN or _HOW_MANY.search(text):
        return ""
    return next(
        (fact for fact, words in facts.items() if share(sought, stems(words)) >= _ANSWERED_OPEN),
        "",
    )

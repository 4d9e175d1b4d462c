"""Objectives: both sides, judged when the call ends, and the first is the customer's deed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Literal

from assistant.brief import Finding, Objective, Objectives
from assistant.checks.sides import comes_first, customer_names, mention, seller_names
from assistant.checks.wording import hedges, one_line, stems, vague_times, without_quotations
from assistant.evidence import Evidence

# What is done in a call, and is over without having brought anything: wherever it stands.
_ACTIVITY = re.compile(
    r"""
    \b(?:
      (?:build|establish|develop|strengthen|deepen|foster|create|nurture|cultivate|form|grow
        |maintain)(?:s|ing)?\ (?:\w+\ ){0,3}?
        (?:rapport|relationships?|trust|credibility|partnerships?|connections?|goodwill|momentum)
    | (?:learn|find\ out|know|hear|understand|discover)(?:s|ing)?\ more
    | (?:gain|get|build|develop|reach|obtain|deepen|achieve|have)(?:s|ing)?\ (?:\w+\ ){0,3}?
        (?:understanding|insights?|clarity|appreciation|a\ feel(?:ing)?)
    | touch(?:es|ing)?\ base | check(?:s|ing)?\ in(?=\W*(?:with|on|$)) | catch(?:es|ing)?\ up
    | circle\ back | reconnect
    | (?:keep|build|gain|create|sustain|maintain|generate)(?:s|ing)?\ (?:\w+\ ){0,2}?
        (?:momentum|interest|excitement|enthusiasm|awareness|buzz|warm)
    | raise(?:s)?\ awareness
    | (?:continue|keep|open|start|further|advance|progress)(?:s|ing)?\ (?:\w+\ ){0,2}?
        (?:conversations?|dialogues?|discussions?|talking|talks|engagement|going)
    | (?:stay|keep|remain)(?:s|ing)?\ (?:\w+\ )?(?:in\ (?:touch|contact)|top\ of\ mind|aligned
        |connected|engaged)
    | (?:explore|discuss|identify|find)(?:s|ing)?\ (?:\w+\ ){0,2}?
        (?:synerg\w+|opportunit\w+|possibilities|potential|ways\ (?:to|of)\ (?:work|help)\w*
        |areas\ of\ \w+)
    | add(?:s|ing)?\ value | demonstrate\ (?:our\ )?value | move\ (?:things|the\ deal)\ forward
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The same as the first verb, unless somebody also decides something.
_ACTIVITY_HEAD = re.compile(
    r"""
    (?:present|demo|demonstrate|showcase|pitch|introduce|discuss|explore|talk|speak|chat|review
      |explain|highlight|educate|position|qualify|cover|outline|walk|show|share|understand|convey
      |communicate|illustrate|inform|engage|listen|update|meet|probe|emphasi[sz]e|impress
      |discover|uncover|assess|evaluate|align|connect|brainstorm)(?:s|es|ing)?\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DECIDES = re.compile(
    r"""
    \b(?:agree(?:s|d|ment)?|commit(?:s|ted|ment)?|confirm(?:s|ed|ation)?|decid(?:e|es|ed)|decision
      |nam(?:e|es|ed|ing)|schedule[sd]?|(?:to|and)\ book|books|booked|signs?|signed|approv(?:e|es|ed
      |al)|choos(?:e|es)|chosen?|accept(?:s|ed)?|nominate[sd]?|appoint(?:s|ed)?|picks?|picked
      |select(?:s|ed)?|sets?\ (?:a|the)\ date)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A clear question to be answered is more than an activity: "Understand who signs above $100,000".
_ANSWERABLE = re.compile(
    r"\w+\s+(?:exactly )?(?:who|which|when|whether|how (?:many|much|long|often))\b", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"(?:(?:by|at|before|after|during|within|when|in|on)\b[^,]{0,60},\s*)?"
    r"(?:to\s+)?(?:(?:we|i|the seller|seller|the team)(?:'ll)?\s+)?"
    r"(?:(?:will|shall|must|should|can|want to|need to|are going to)\s+)?",
    re.IGNORECASE,
)
# The seller's own doing, with the customer as its object at most.
_SELLER_DOES = re.compile(
    r"(?:send|e-?mail|give|show|offer|provide|deliver|share|tell|explain|prepare|propose|pitch"
    r"|recommend|sell|convince|persuade|make|keep|help|impress|influence|follow|call|forward)"
    r"(?:s|ing)?\b",
    re.IGNORECASE,
)
# States of mind, right after who is in them: nobody has done anything.
_STATE_OF_MIND = re.compile(
    r"""
    (?:\W+\w+){0,4}?\W+
    (?:understand|know|feel|like|love|see|hear|learn|appreciate|reali[sz]e|recogni[sz]e|believe
      |remember|trust|(?:is|are|be)\ (?:\w+\ )?(?:aware|interested|excited|impressed|convinced
      |satisfied|happy|comfortable|confident|engaged|on\ board|informed|keen))s?\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What can be heard, seen or written down before the call ends.
_JUDGED = re.compile(
    r"""
    \b(?:agree|confirm|nam(?:e|es|ed|ing)\b|decid|decision|accept|book(?:s|ed)?\b|schedul
      |calendar|diary|invit|dates?\b|dated\b|list(?:s|ed)?\b|wr(?:ote|itten|iting|ites?)\b
      |not(?:es|ed)\b|stat(?:es|ed)\b|say|said|tells?\b|told|answer|choos|chose|pick(?:s|ed)\b
      |rank|approv|sign(?:s|ed)?\b|commit(?:s|ted|ment)|yes\b|no\b|owner|give[sn]?\b|gave|handed
      |sen[dt]s?\b|receive|numbers?\b|figures?\b|amount|record|repeat|promise[ds]?\b|ask(?:s|ed)\b
      |identif|specif|introduc|assign|appoint|counted|spoken|aloud|slot|placed|worded|reasons?\b
      |rule[ds]\b|open\ question)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# May stand for the same, unless beside an impression.
_PERHAPS_JUDGED = re.compile(
    r"\b(?:left|leaves?|knows?|known|ha(?:s|ve)|can|clear|set|shares?d?|show[sn]?|put)\b",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\b(?:satisf\w+|happy|feel\w*|felt|comfortable|interest\w*|engag\w+|excite\w*|impress\w*"
    r"|positive|rapport|relationships?|trust|understanding|aware\w*|momentum|confiden\w+|well"
    r"|good|great|productive|progress|better|stronger|valuable|useful|buy-in|enthusias\w+"
    r"|receptive|warm\w*|aligned|alignment|improv\w+)\b",
    re.IGNORECASE,
)
_EMPTY_AGREEMENT = stems(
    "agree agrees agreement commit commits customer client team seller call meeting end possible",
    "potential clear concrete mutual next step steps way path plan follow move moving go going",
    "proceed continue forward ahead work working together sides date day time",
    "January February March April May June July August September October November December",
    "Monday Tuesday Wednesday Thursday Friday",
)
_SAME_AGAIN = 0.9  # share of the fallback's words that are the statement's, and the reverse

_error = partial(Finding, check="objectives", severity="error")


def check_objectives(part: Objectives, evidence: Evidence) -> tuple[Finding, ...]:
    """Find objectives that cannot be judged, are activities, or leave a side without any."""
    each = (
        finding
        for i, objective in enumerate(part.objectives)
        for finding in _one(objective, f"objectives.objectives[{i}]", evidence)
    )
    return tuple(chain(_sides(part), _ids(part), _first(part, evidence), each))


def _sides(part: Objectives) -> Iterator[Finding]:
    for side, whom in (("seller", "ourselves"), ("customer", "the customer")):
        if not any(objective.side == side for objective in part.objectives):
            yield _error(
                where="objectives",
                message=f"there is no objective for {whom}: each side needs at least one",
            )


def _ids(part: Objectives) -> Iterator[Finding]:
    counted = Counter(objective.id for objective in part.objectives)
    for name, times in counted.items():
        if times > 1:
            yield _error(where="objectives", message=f"{times} objectives are called {name}")
    if part.objectives and part.objectives[0].side != "seller":
        yield _error(
            where="objectives.objectives[0]",
            message=f"{part.objectives[0].id} comes first and is the customer's: begin with ours",
        )


# --- the seller's first


def _first(part: Objectives, evidence: Evidence) -> Iterator[Finding]:
    own = [(i, o) for i, o in enumerate(part.objectives) if o.side == "seller"]
    if not own:
        return
    i, objective = own[0]
    where = f"objectives.objectives[{i}]"
    if not _customer_acts(objective.statement, evidence):
        yield _error(
            where=f"{where}.statement",
            message=f"{objective.id} does not say what the customer will do: name who will agree "
            "to, decide or do what",
        )
    elif not _says_what(objective.statement, evidence):
        yield _error(
            where=f"{where}.statement",
            message=f"{objective.id} says that something is agreed, but not what: name the step",
        )
    yield from _fallback(objective, where, evidence)


def _customer_acts(statement: str, evidence: Evidence) -> bool:
    """Tell whether somebody of the customer's does or decides something in this sentence."""
    text = one_line(statement)
    customer = mention(text, customer_names(evidence))
    if not customer:
        return False
    if _DECIDES.search(text):
        return True
    if _STATE_OF_MIND.match(text, customer.end()) or _SELLER_DOES.match(_without_lead_in(text)):
        return False
    return comes_first(text, customer_names(evidence), seller_names(evidence))


def _says_what(statement: str, evidence: Evidence) -> bool:
    told = stems(statement) - stems(*customer_names(evidence)) - _EMPTY_AGREEMENT
    return any(not stem[0].isdigit() for stem in told)


def _fallback(objective: Objective, where: str, evidence: Evidence) -> Iterator[Finding]:
    fallback = one_line(objective.fallback)
    if not fallback:
        message = "has no fallback: name a smaller step that the customer can say yes to"
    elif _same(fallback, objective.statement):
        message = "has itself as its fallback: name a smaller step"
    elif _ACTIVITY.search(fallback) or _is_sellers_doing(fallback, evidence):
        message = (
            f"falls back on {_quoted(fallback)}, which asks nothing of the customer: name a "
            "smaller step that they take"
        )
    else:
        return
    yield _error(where=f"{where}.fallback", message=f"{objective.id} {message}")


def _same(one: str, other: str) -> bool:
    a, b = stems(one), stems(other)
    return len(a & b) >= _SAME_AGAIN * max(len(a), len(b))


def _is_sellers_doing(text: str, evidence: Evidence) -> bool:
    theirs, ours = customer_names(evidence), seller_names(evidence)
    if _DECIDES.search(text) or comes_first(text, theirs, ours):
        return bool(_SELLER_DOES.match(text))
    return bool(mention(text, ours) or _SELLER_DOES.match(_without_lead_in(text)))


# --- every one


def _one(objective: Objective, where: str, evidence: Evidence) -> Iterator[Finding]:
    yield from _statement(objective, f"{where}.statement")
    yield from _measure(objective, f"{where}.measure")
    yield from _due(objective, f"{where}.due", evidence)
    yield from _loose("statement", objective, where)
    yield from _loose("measure", objective, where)


def _loose(
    field: Literal["statement", "measure"], objective: Objective, where: str
) -> Iterator[Finding]:
    """Find hedges in ours and vague times in anyone's: what they hope for is theirs to say."""
    text: str = getattr(objective, field)
    hedged = hedges(text) if objective.side == "seller" else ()
    for words in (*hedged, *vague_times(text)):
        yield _error(
            where=f"{where}.{field}",
            message=f"{objective.id} says {_quoted(words)}: say what will be, and by which day",
        )


def _statement(objective: Objective, where: str) -> Iterator[Finding]:
    if not objective.statement.strip():
        yield _error(where=where, message=f"{objective.id} is empty")
        return
    if words := _activity(objective):
        yield _error(
            where=where,
            message=f"{objective.id} names an activity ({_quoted(words)}), not a result: say what "
            "will be agreed, decided or known when the call ends",
        )


def _activity(objective: Objective) -> str:
    """Return the words that make an objective an activity, or nothing.

    The customer may well want to see or understand something; ours must be more than that.
    """
    text = one_line(without_quotations(objective.statement))
    if found := _ACTIVITY.search(text):
        return found.group()
    if objective.side == "customer":
        return ""
    bare = _without_lead_in(text)
    head = _ACTIVITY_HEAD.match(bare)
    if head and not _DECIDES.search(bare) and not _ANSWERABLE.match(bare):
        return head.group()
    return ""


def _without_lead_in(text: str) -> str:
    found = _LEAD_IN.match(text)
    return text[found.end() :] if found else text


def _measure(objective: Objective, where: str) -> Iterator[Finding]:
    measure = one_line(objective.measure)
    soft = _SOFT.search(measure)
    if _JUDGED.search(measure) or (not soft and _PERHAPS_JUDGED.search(measure)):
        return
    if soft:
        message = f"is measured by an impression ({_quoted(soft.group())})"
    else:
        message = "has no measure that can be judged when the call ends"
    yield _error(
        where=where,
        message=f"{objective.id} {message}: say what will have been agreed, named or decided",
    )


def _due(objective: Objective, where: str, evidence: Evidence) -> Iterator[Finding]:
    meeting = evidence.dossier.meeting.held_on
    if objective.due < evidence.today:
        yield _error(
            where=where,
            message=f"{objective.id} was due on {objective.due.isoformat()}, which is past",
        )
    elif meeting and objective.due < meeting:
        yield _error(
            where=where,
            message=f"{objective.id} is due on {objective.due.isoformat()}, before the meeting",
        )


def _quoted(words: str) -> str:
    return f"“{words}”"

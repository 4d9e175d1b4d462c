"""What a sentence of a call does: accept, put off, hedge, take back, refuse, praise.

English, with the plainest German forms. Each function reads one sentence of one speaker.
"""

from __future__ import annotations

import re

from assistant.checks.wording import hedges
from assistant.outcome.words import pattern
from assistant.text.words import plain

_YES = pattern("phrases.yes")
_NO = pattern("phrases.no")
_BUT = pattern("phrases.but")
_DEFERS = pattern("phrases.defers")
_HEDGES = pattern("phrases.hedges")
_CONDITION = pattern("phrases.condition")
_WHETHER = pattern("phrases.whether")
_POLITE = pattern("phrases.polite")
_OURS_TO_DO = pattern("phrases.ours_to_do")
_OURS_OF_OURS = pattern("phrases.ours_of_ours")
_WITHDRAWS = pattern("phrases.withdraws")
_SOFT_NO = pattern("phrases.soft_no")
_EVERYTHING = pattern("phrases.everything")
_REFUSES = pattern("phrases.refuses")
_NO_REFUSAL = pattern("phrases.no_refusal")
_MISFITS = pattern("phrases.misfits")
_UNSURE = pattern("phrases.unsure")
_STILL = pattern("phrases.still")
_PRAISE = pattern("phrases.praise")
_SENDS_US = pattern("phrases.sends_us")
_INVITE = pattern("phrases.invite")
_CLOSING_QUESTION = pattern("phrases.closing_question", whole=True)
_ASKS_AGAINST = pattern("phrases.asks_against", whole=True)
_NOTHING_LEFT = pattern("phrases.nothing_left")
_SAYS_NO = pattern("phrases.says_no")
_ASKS_FOR_NO = pattern("phrases.asks_for_no")


def accepts(text: str) -> bool:
    """Tell whether a sentence says yes to what was proposed; one that says "but" does not."""
    view = plain(text)
    return bool(_YES.search(view)) and not _NO.search(view) and not _BUT.search(view)


def declines(text: str) -> bool:
    """Tell whether a sentence turns down what was proposed, which is not yet a no to everything."""
    return bool(_NO.search(plain(text)))


def defers(text: str) -> str:
    """Return the words that put a decision off, "" where there are none."""
    return _found(_DEFERS, text)


def hedge(text: str) -> str:
    """Return the words that leave a way out of a promise, "" where there are none."""
    own = _found(_HEDGES, text)
    return own or next(iter(hedges(text)), "")


def condition(text: str) -> str:
    """Return the words of a condition, "" where there is none.

    "See if" asks, and "if you like" is only polite: they are none.
    """
    view = plain(text)
    for match in _CONDITION.finditer(view):
        words = match["words"].strip(" ,")
        if not _WHETHER.search(view[: match.start()]) and not _POLITE.search(words):
            return words
    return ""


def is_ours_to_fulfil(condition_words: str, *, by_us: bool = False) -> bool:
    """Tell whether a condition is something that our own side does: "if you send the terms".

    `by_us` is for a condition that our side has worded: "if I send the terms".
    """
    return bool((_OURS_OF_OURS if by_us else _OURS_TO_DO).search(condition_words))


def withdrawal(text: str) -> tuple[int, int] | None:
    """Return where the words stand that take something back, None where nothing is."""
    match = _WITHDRAWS.search(plain(text))
    return match.span() if match else None


def is_soft_no(text: str) -> bool:
    """Tell whether a sentence begins with "I'd rather not", which answers what was just asked."""
    return bool(_SOFT_NO.search(plain(text)))


def takes_all_back(text: str) -> bool:
    """Tell whether a withdrawal is of everything and not of the last thing said."""
    return bool(_EVERYTHING.search(plain(text)))


def refuses(text: str) -> str:
    """Return the words of a clear no to going on, "" where there are none.

    What may be, was long ago, or is asked is none.
    """
    view = plain(text)
    if view.rstrip().endswith("?") or _NO_REFUSAL.search(view):
        return ""
    return _found(_REFUSES, text)


def misfits(text: str) -> str:
    """Return the words by which a side says that they do not fit, "" where there are none."""
    view = plain(text)
    match = _MISFITS.search(view)
    if not match or view.rstrip().endswith("?") or _UNSURE.search(view):
        return ""
    if _STILL.search(view, match.start()):
        return ""
    return text[match.start() : match.end()].strip()


def praises(text: str) -> str:
    """Return words of praise, "" where there are none."""
    return _found(_PRAISE, text)


def asks_us_to_send(text: str) -> bool:
    """Tell whether a customer's sentence asks our side for something, an invitation left out."""
    return bool(_SENDS_US.search(plain(text))) and not _INVITE.search(text)


def is_about_invitation(text: str) -> bool:
    """Tell whether a sentence speaks of an entry in the calendar: whoever gets one takes part."""
    return bool(_INVITE.search(text))


def asks_to_go_on(text: str) -> bool:
    """Tell whether a sentence asks whether there is any point in going on."""
    asked = text.rstrip().endswith("?") and not _ASKS_AGAINST.search(text)
    return asked and bool(_CLOSING_QUESTION.search(text))


def asks_for_a_way(text: str) -> bool:
    """Tell whether a sentence asks if anything can still be done."""
    return text.rstrip().endswith("?") and bool(_NOTHING_LEFT.search(plain(text)))


def says_no(text: str) -> bool:
    """Tell whether an answer begins with a no."""
    return bool(_SAYS_NO.search(plain(text)))


def asks_whether_no(text: str) -> bool:
    """Tell whether a sentence asks if the answer is no."""
    return text.rstrip().endswith("?") and bool(_ASKS_FOR_NO.search(plain(text)))


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(plain(text))
    return text[match.start() : match.end()].strip() if match else ""

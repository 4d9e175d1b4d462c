"""Whose voice a line has: what they said and how things are, or a remark of ours."""

from __future__ import annotations

import re

from assistant.dossier import FactKind, Voice
from assistant.research import cues
from assistant.research.sayings import Known, Saying
from assistant.text.quantities import quantities
from assistant.text.words import plain

_LEAST_SAID = 7  # words of a line behind a name that may be theirs, though nothing shows it
_SPEAKS = 2.0  # what the words for a company or its systems must weigh
_LOGGED = re.compile(r"^\[?\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?\]?\s+[\w ]{1,16}:\s")
_LABEL = re.compile(r"^\W*(?P<label>[^:=|]{2,24}?)\s?[:=]\s")
_DOUBT = re.compile(r"\?\?|\(\?\)|\w\?(?=[\s,;)]|$)")
_JOINED_NAME = re.compile(r"\b[A-ZÄÖÜ][a-zäöü]+[A-ZÄÖÜ]\w+")  # as products are called
_OF_SOMEBODY = re.compile(r"\b(?:he|she|him|his|her|er|ihn|ihm)\b", re.IGNORECASE)


def voice_of_record(saying: Saying) -> Voice:
    """Tell a field about them, which is no secret, from our pipeline and from what we logged."""
    if saying.manner == "quoted":
        return "customer"
    if _LOGGED.match(saying.passage.text):
        return "internal"
    return "public" if is_field(saying) else "internal"


def voice_of_note(saying: Saying, kind: FactKind, known: Known) -> Voice:
    """Tell what they said and how things are from what we note beside it.

    Theirs are quotations, what is reported of somebody by name, and how things are: the company,
    its systems, and what somebody counted or timed. All else may be a remark of ours, and is one.
    """
    text = cues.without(saying.words, "remark.filler")
    if is_quoted(saying) or (saying.manner == "turned" and _is_said(text)):
        return "customer"
    if is_our_doing(saying) or cues.holds(text, "remark.doubt") or _DOUBT.search(text):
        return "internal"
    if kind in {"logistics", "person"} or _LOGGED.match(text):
        return "internal"
    if saying.manner == "turned":  # "Walt: scared of the data"
        is_of_them = _OF_SOMEBODY.search(text) or len(text.split()) < _LEAST_SAID
        return "internal" if is_of_them else "customer"
    if saying.manner == "reported":
        return "customer"
    is_state = _is_how_things_are(text) and not _is_of_people(text, known)
    return "customer" if is_state else "internal"


def is_quoted(saying: Saying) -> bool:
    """Tell a quotation from a line that is only set off (`> go in at 65`): somebody says it."""
    marked = saying.manner == "quoted"
    return marked and bool(saying.speaker or not saying.passage.quoted)


def _is_how_things_are(text: str) -> bool:
    """Tell what is, was counted or timed from what we think; money may be a price of ours."""
    figures = {quantity.kind for quantity in quantities(text)}
    speaks = max(cues.score(text, "company"), cues.score(text, "technology"))
    return speaks >= _SPEAKS or bool(figures and "money" not in figures)


def _is_of_people(text: str, known: Known) -> bool:
    """Tell what we note of people, or of a rival by its name, from how things are."""
    view = plain(text)
    if _OF_SOMEBODY.search(view) or _JOINED_NAME.search(view) or cues.holds(view, "remark.people"):
        return True
    return any(word[0].isupper() and known.spelled(word) for word in re.findall(r"[^\W\d_]+", view))


def is_our_doing(saying: Saying) -> bool:
    """Tell a line of notes that is about us: an "I", a task, or what we did."""
    text = cues.without(saying.words, "remark.filler").strip()
    begins = cues.begins(text, "remark.todo") or cues.begins(text, "remark.did")
    return not is_quoted(saying) and (begins or cues.holds(text, "remark.first_person"))


def _is_said(text: str) -> bool:
    """Tell words in the first person, with a figure or as a question, from a description."""
    first_person = cues.holds(text, "remark.first_person")
    return first_person or bool(quantities(text)) or text.rstrip().endswith("?")


def is_field(saying: Saying) -> bool:
    """Tell whether a statement is a field of a record or a form that is about them."""
    label = _LABEL.match(saying.words)
    return bool(label and cues.begins(label["label"], "label.theirs"))

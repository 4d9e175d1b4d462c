"""The forms of companies, and the countries whose law has them."""

from __future__ import annotations

import re

_MOST_WORDS = 8  # of a company's name with its form
_GERMAN, _ALPINE = "Germany|Deutschland", ("Austria|Österreich", "Switzerland|Schweiz")
# Forms that only these countries have. "Ltd", "Inc", "LLC", "SA" and the like are everywhere.
_COUNTRIES: dict[str, tuple[str, ...]] = {
    r"g?GmbH": (_GERMAN, *_ALPINE),
    r"g?GmbH & Co\. ?(?:KG|OHG)(?:aA)?": (_GERMAN, *_ALPINE),
    r"e\. ?K(?:fm|fr)?\.": (_GERMAN,),
    r"B\. ?V\.": ("Netherlands",),
    r"S\. ?p\. ?A\.": ("Italy",),
    r"Sp\. ?z ?o\. ?o\.": ("Poland",),
    r"s\. ?r\. ?o\.": ("Czech Republic|Czechia", "Slovakia"),
    r"Kft\.?": ("Hungary",),
    r"Oyj?": ("Finland",),
    r"ApS": ("Denmark",),
    r"A/S": ("Denmark", "Norway"),
}
_WORD = r"(?:[A-ZÀ-Þ\d][\w&'’.+-]*|&|and|und|de|van|der|den|di)"  # "our haulier Huber GmbH" is none
_NAMED = {form: re.compile(rf"{_WORD}(?: {_WORD})* {form}") for form in _COUNTRIES}


def registered_in(line: str) -> tuple[tuple[str, ...], ...]:
    """Return the countries, each by its names, in one of which a company is registered.

    The line is the company's name with its form and nothing else: "Rosenhof Lebensmittelwerke
    GmbH". Empty where it is no such line, or where the form may be of any country.
    """
    name = " ".join(line.split())
    if len(name.split()) > _MOST_WORDS:
        return ()
    found = (form for form, named in _NAMED.items() if named.fullmatch(name))
    form = next(found, "")
    return tuple(tuple(country.split("|")) for country in _COUNTRIES.get(form, ()))

"""Read a pack as a careful editor would: what cannot be read, and what should not be said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.knowledge.approvals import Retirement
from assistant.knowledge.card import Card, CardKind, Insight, Objection, Story, card_text
from assistant.knowledge.card_file import CardFile, read_card_file
from assistant.knowledge.fields import did_you_mean
from assistant.knowledge.names import cores, mentions, squeeze, telling_word
from assistant.knowledge.pack import Entry, Pack
from assistant.knowledge.problem import Problem, Severity
from assistant.knowledge.profile import SellerProfile
from assistant.knowledge.profile_file import read_profile_file
from assistant.text.quantities import Quantity, quantities
from assistant.text.words import is_common, sentences, words

# The product's own thresholds.
_CLAIM_WORDS = 40  # what a listener takes in at once
_SAID_WORDS = 120  # some 45 seconds of speech
_SOURCE_YEARS = 3
_LEAST_VARIANTS = 2  # ways to say a concern; what they say is matched against these

_SAID: dict[CardKind, tuple[str, ...]] = {
    "insight": ("claim", "why_it_matters", "evidence", "ask"),
    "story": ("situation", "complication", "turning_point", "resolution"),
    "objection": ("clarify", "respond", "proof", "check"),
}
_ASKED = {"insight": ("ask",), "story": (), "objection": ("clarify", "check")}

_IMAGE = re.compile(r"!\[[^\]]*\]")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|\bhttps?:|\bwww\.", re.IGNORECASE)
_HTML = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[a-z]{2,}", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX)\b|lorem ipsum|\{\{|\[(?:insert|your|company|name|figure)\b",
    re.IGNORECASE,
)
_COACHING = re.compile(
    r"\b(?:the (?:prospect|buyer|seller|rep|account executive)|upsell|cross-sell|"
    r"(?:do not|don't|never) mention|push(?:es)? back|if they (?:ask|say|object|insist))\b",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"^(?:```|~~~|\|)", re.MULTILINE)
_ARTICLE = re.compile(r"(?:an?|one|the|some)\s", re.IGNORECASE)
_PART_OF = re.compile(r"\s*(?:of|in|out of)\s+(?:every\s+)?[\d\w]", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True)
class _Remark:
    """What a rule has to say about a field of a card."""

    field: str
    message: str
    severity: Severity = "warning"


@dataclass(frozen=True)
class _Context:
    today: date
    profile: SellerProfile | None


_Rule = Callable[[Card, _Context], Iterator[_Remark]]


def lint(pack: Pack) -> tuple[Problem, ...]:
    """Return every finding in the pack's cards, approvals and seller profile, by file and line.

    An error is certain and keeps a card from being approved; a warning is worth a look. A retired
    card is only checked for being readable.
    """
    found = list(pack.problems)
    profile = read_profile_file(pack.folder / "seller.yaml")
    if not isinstance(profile, SellerProfile):
        found += profile
    context = _Context(pack.today, profile if isinstance(profile, SellerProfile) else None)
    entries = [entry for entry in pack.entries.values() if entry.status != "retired"]
    for entry in entries:
        found += _card_problems(entry, context)
    found += _repeated(entries)
    found += _unlike_their_story(entries)
    found += _orphans(pack)
    return tuple(sorted(found, key=lambda p: (str(p.path), p.line, p.message)))


def lint_card(pack: Pack, card_id: str) -> tuple[Problem, ...]:
    """Return the findings in one card, comparisons with other cards left out.

    Raises:
        KnowledgeError: its file cannot be read.
        UsageError: there is no such card.
    """
    entry = pack.entry(card_id)
    profile = read_profile_file(pack.folder / "seller.yaml")
    context = _Context(pack.today, profile if isinstance(profile, SellerProfile) else None)
    told = (problem for problem in pack.problems if problem.card == card_id)
    found = (*told, *_card_problems(entry, context))
    return tuple(sorted(found, key=lambda p: (p.line, p.message)))


def _card_problems(entry: Entry, context: _Context) -> Iterator[Problem]:
    for rule in _RULES:
        for remark in rule(entry.card, context):
            yield _problem(entry, remark)
    yield from _leaks(entry)


def _problem(entry: Entry, remark: _Remark) -> Problem:
    line = entry.lines.get(remark.field) or entry.lines.get(remark.field.partition("[")[0], 0)
    message = f"{_title(remark.field)}: {remark.message}"
    return Problem(entry.path, line, message, remark.severity, card=entry.card.id)


def _title(field: str) -> str:
    """Return a field as its author sees it: `They say[2]`, `review_by`."""
    name, bracket, rest = field.partition("[")
    shown = name.replace("_", " ").capitalize() if name in _BODY else name
    return shown + bracket + rest


_BODY = {name for fields in _SAID.values() for name in fields} | {"they_say", "behind_it"}


# --- the texts of a card


def _said(card: Card) -> Iterator[tuple[str, str]]:
    """Yield the fields that are worded to be said."""
    for field in _SAID[card.kind]:
        yield field, getattr(card, field)


def _body(card: Card) -> Iterator[tuple[str, str]]:
    """Yield every text below the front matter, and the title."""
    yield "title", card.title
    if isinstance(card, Objection):
        for i, variant in enumerate(card.they_say, start=1):
            yield f"they_say[{i}]", variant
        yield "behind_it", card.behind_it
    yield from _said(card)


# --- rules for one card


def _review(card: Card, context: _Context) -> Iterator[_Remark]:
    if context.today > card.review_by:
        message = f"was due on {card.review_by}: review the card and set a later day, or retire it"
        yield _Remark("review_by", message)


def _outside(card: Card, _: _Context) -> Iterator[_Remark]:
    for field, text in _body(card):
        if _IMAGE.search(text):
            yield _Remark(field, "holds an image: take it out", "error")
        elif _LINK.search(text):
            message = "holds a link: take it out; an insight's link belongs in 'sources'"
            yield _Remark(field, message, "error")
        if _HTML.search(text):
            yield _Remark(field, "holds HTML: write plain text", "error")
        if _EMAIL.search(text):
            yield _Remark(field, "holds an e-mail address: take it out", "error")
        if match := _PLACEHOLDER.search(text):
            yield _Remark(field, f"is unfinished: {match[0]!r} is to be filled in", "error")
        if _BLOCK.search(text):
            yield _Remark(field, "holds a table or code, which nobody can say: write sentences")


def _sayable(card: Card, _: _Context) -> Iterator[_Remark]:
    for field, text in _said(card):
        if (count := len(text.split())) > _SAID_WORDS:
            message = f"has {count} words; over {_SAID_WORDS} are not said in one go: shorten it"
            yield _Remark(field, message)
        if card.audience == "customer" and (match := _COACHING.search(text)):
            message = f"{match[0]!r} talks about the customer: say it to them, or make it internal"
            yield _Remark(field, message)
    for field in _ASKED[card.kind]:
        if "?" not in getattr(card, field):
            severity: Severity = "error" if field == "ask" else "warning"
            yield _Remark(field, "asks nothing: end with a question", severity)


def _insight(card: Card, context: _Context) -> Iterator[_Remark]:
    if not isinstance(card, Insight):
        return
    if (count := len(card.claim.split())) > _CLAIM_WORDS:
        yield _Remark("claim", f"has {count} words; the most is {_CLAIM_WORDS}: shorten it")
    for i, source in enumerate(card.sources, start=1):
        field = f"sources[{i}].date"
        if source.date > context.today:
            yield _Remark(field, f"{source.date} is still to come: give its real date", "error")
        elif source.date < _years_before(context.today, _SOURCE_YEARS):
            message = f"{source.date} is over {_SOURCE_YEARS} years ago: find a newer source"
            yield _Remark(field, message)
    for text in _bare_figures(card.evidence):
        yield _Remark("evidence", f"{text!r} has no unit: say of what")
    yield from _products(card, context.profile)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _bare_figures(text: str) -> Iterator[str]:
    for span in sentences(text):
        said = text[span.start : span.end]
        figures = quantities(said)
        if not any(_has_unit(figure, said) for figure in figures):
            yield from (figure.text for figure in figures)


def _has_unit(figure: Quantity, text: str) -> bool:
    counted = figure.nouns or figure.per or _PART_OF.match(text, figure.end)
    return figure.kind != "count" or bool(counted)


def _products(card: Insight, profile: SellerProfile | None) -> Iterator[_Remark]:
    names = profile.product_names if profile and card.audience == "customer" else ()
    for field, text in (("title", card.title), *_said(card)):
        for name in names:
            if _is_named(name, text):
                message = f"names our product {name!r}: an insight teaches, it does not sell"
                yield _Remark(field, message, "error")


def _is_named(product: str, text: str) -> bool:
    """Tell whether a product is named; one called by an everyday word, only as it is spelt."""
    return product in text if is_common(product) else mentions(text, product)


def _story(card: Card, _: _Context) -> Iterator[_Remark]:
    if not isinstance(card, Story):
        return
    told = "\n".join(text for _, text in _said(card))
    for i, metric in enumerate(card.results, start=1):
        for name in ("before", "after", "within"):
            figure = getattr(metric, name)
            if not _is_told(figure, told):
                yield _Remark(f"results[{i}].{name}", f"{figure!r} is not told in the story")
        if squeeze(metric.before) == squeeze(metric.after):
            yield _Remark(f"results[{i}].after", "is the same as before: nothing has changed")
    alias = card.customer.alias
    if card.customer.naming == "anonymous" and not _ARTICLE.match(alias):
        message = f"{alias!r} stands where a name would: begin it with 'a' or 'an'"
        yield _Remark("customer.alias", message)


def _is_told(figure: str, told: str) -> bool:
    if figure.casefold() in told.casefold():
        return True
    wanted = quantities(figure)
    if wanted:
        have = quantities(told)
        return all(any(_same(a, b) for b in have) for a in wanted)
    numbers = set(_NUMBER.findall(told))
    return all(number in numbers for number in _NUMBER.findall(figure) or ["?"])


def _same(a: Quantity, b: Quantity) -> bool:
    return a.kind == b.kind and a.unit == b.unit and not set(a.values).isdisjoint(b.values)


def _objection(card: Card, _: _Context) -> Iterator[_Remark]:
    if isinstance(card, Objection) and len(card.they_say) < _LEAST_VARIANTS:
        message = "has one way to say it: add others, a concern is recognised by these"
        yield _Remark("they_say", message)


def _not_meant(card: Card, _: _Context) -> Iterator[_Remark]:
    """Find what a card is for and not for at the same time."""
    said = card.they_say if isinstance(card, Objection) else ()
    meant = {tuple(words(text)) for text in (*said, *card.heard_as)}
    for i, text in enumerate(card.not_meant, start=1):
        if tuple(words(text)) in meant:
            message = f"{text!r} also stands among what the card is for: keep one"
            yield _Remark(f"not_meant[{i}]", message, "error")


def _tags(card: Card, context: _Context) -> Iterator[_Remark]:
    if card.audience == "internal" and not (card.roles or card.industries or card.challenges):
        message = "an internal card needs roles, industries or challenges to show up for"
        yield _Remark("audience", message)
    if context.profile is None:
        return
    known = {c.casefold(): c for does in context.profile.capabilities for c in does.challenges}
    for i, challenge in enumerate(card.challenges, start=1):
        if challenge.casefold() not in known:
            hint = did_you_mean(challenge, known.values())
            message = f"{challenge!r} is no challenge of a capability in seller.yaml; {hint}"
            yield _Remark(f"challenges[{i}]", message)


_RULES: tuple[_Rule, ...] = (
    _review,
    _outside,
    _sayable,
    _insight,
    _story,
    _objection,
    _not_meant,
    _tags,
)


# --- rules that need more than the card


def _leaks(entry: Entry) -> Iterator[Problem]:
    """Find a part of an anonymous customer's name that the alias has not replaced."""
    if not isinstance(entry.card, Story) or entry.card.customer.naming != "anonymous":
        return
    file = read_card_file(entry.path, kind="story")
    if not isinstance(file, CardFile) or not isinstance(file.card, Story):
        return
    word = telling_word(file.card.customer.name)
    for field, text in _body(entry.card):
        if word and squeeze(word) in squeeze(text):
            message = f"{word!r} gives the anonymous customer away: take it out"
            yield _problem(entry, _Remark(field, message, "error"))


def _unlike_their_story(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Find figures beside a customer's name that the customer's own story does not hold."""
    stories = [entry.card for entry in entries if isinstance(entry.card, Story)]
    by_core = [(core, story) for story in stories for core in cores(story.customer.spoken_name)]
    for entry in entries:
        if isinstance(entry.card, Story):
            continue
        for field, text in _said(entry.card):
            squeezed = squeeze(text)
            named = [story for core, story in by_core if core in squeezed]
            for remark in _unlike(field, text, named):
                yield _problem(entry, remark)


def _unlike(field: str, text: str, stories: Sequence[Story]) -> Iterator[_Remark]:
    named = [story for story in stories if mentions(text, story.customer.spoken_name)]
    known = quantities("\n".join(card_text(story) for story in named))
    ids = " or ".join(dict.fromkeys(story.id for story in named))
    for figure in quantities(text) if named else ():
        if not any(_same(figure, other) for other in known):
            yield _Remark(field, f"{figure.text!r} is not in {ids}: make the two agree")


def _repeated(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Find titles, proofs, and ways in which they put it, that stand in two places."""
    seen: dict[tuple[str, str], str] = {}
    for entry in entries:
        for field, text in _matched(entry.card):
            key = (field.partition("[")[0], " ".join(words(text)))
            if key in seen:
                remark = _Remark(field, f"{text!r} also stands in {seen[key]}: keep one")
                yield _problem(entry, remark)
            seen.setdefault(key, entry.card.id)


def _matched(card: Card) -> Iterator[tuple[str, str]]:
    told = _body(card)
    yield from ((f, t) for f, t in told if f in {"title", "proof"} or f.startswith("they_say"))
    yield from ((f"heard_as[{i}]", text) for i, text in enumerate(card.heard_as, start=1))


def _orphans(pack: Pack) -> Iterator[Problem]:
    approvals = pack.approvals
    unread = {problem.card for problem in pack.problems}
    for card_id, entry in approvals.by_card.items():
        if card_id not in pack.entries and card_id not in unread:
            verb = "retires" if isinstance(entry, Retirement) else "approves"
            message = f"{card_id}: {verb} a card that is not in the pack: take the entry out"
            line = approvals.lines.get(card_id, 0)
            yield Problem(approvals.path, line, message, "warning", card=card_id)

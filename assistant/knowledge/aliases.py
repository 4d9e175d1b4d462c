"""Keep customers who may not be named out of every card of a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.knowledge.card import Card, Story
from assistant.knowledge.card_file import CardFile
from assistant.knowledge.fields import spell
from assistant.knowledge.names import cores, mentions, replace_name, squeeze
from assistant.knowledge.problem import Problem
from assistant.knowledge.strict_yaml import Loc


@dataclass(frozen=True)
class _Alias:
    name: str
    alias: str
    story: str  # the card's id


def with_aliases(files: Sequence[CardFile]) -> tuple[list[CardFile], list[Problem]]:
    """Return the files with aliases in place of anonymous customers, in every card of the pack.

    A card in which a name would still stand is left out. A card that names another story's
    anonymous customer is mended and reported, so that its author mends the file.
    """
    aliases = [
        _Alias(file.card.customer.name, file.card.customer.alias, file.card.id)
        for file in files
        if isinstance(file.card, Story) and file.card.customer.naming == "anonymous"
    ]
    if not aliases:
        return list(files), []
    by_core = [(core, alias) for alias in aliases for core in cores(alias.name)]
    spoken: list[CardFile] = []
    problems: list[Problem] = []
    for file in files:
        squeezed = squeeze(file.text)
        meant = list(dict.fromkeys(alias for core, alias in by_core if core in squeezed))
        card = _anonymous(file.card, meant)
        if message := _still_named(card, meant):
            problems.append(Problem(file.path, 0, message, card=card.id))
        else:
            spoken.append(replace(file, card=card))
            problems += _foreign_names(file, meant)
    return spoken, problems


def _anonymous(card: Card, aliases: Iterable[_Alias]) -> Card:
    for alias in aliases:
        own = card.id == alias.story
        if own or any(mentions(text, alias.name) for _, text in _texts(card.model_dump())):
            card = _renamed(card, alias, own=own)
    return card


def _renamed(card: Card, alias: _Alias, *, own: bool) -> Card:
    values = {key: _replaced(value, alias) for key, value in card.model_dump().items()}
    values["id"] = card.id
    renamed = type(card).model_validate(values)
    if own and isinstance(renamed, Story):
        customer = renamed.customer.model_copy(update={"name": alias.alias, "alias": alias.alias})
        return renamed.model_copy(update={"customer": customer})
    return renamed


def _replaced(value: object, alias: _Alias) -> object:
    match value:
        case str():
            return replace_name(value, name=alias.name, alias=alias.alias)
        case dict():
            return {key: _replaced(inner, alias) for key, inner in value.items()}
        case list() | tuple():
            return [_replaced(inner, alias) for inner in value]
        case _:
            return value


def _texts(value: object, at: Loc = ()) -> Iterator[tuple[Loc, str]]:
    match value:
        case str():
            yield at, value
        case dict():
            for key, inner in value.items():
                yield from _texts(inner, (*at, key))
        case list() | tuple():
            for i, inner in enumerate(value):
                yield from _texts(inner, (*at, i))


def _still_named(card: Card, aliases: Iterable[_Alias]) -> str:
    for alias in aliases:
        if mentions(card.id, alias.name):
            return "id: holds the name of an anonymous customer: rename the file and the id"
        if any(mentions(text, alias.name) for _, text in _texts(card.model_dump())):
            return "customer.alias: holds the name it stands for: choose another alias"
    return ""


def _foreign_names(file: CardFile, aliases: Iterable[_Alias]) -> Iterator[Problem]:
    for alias in aliases:
        if file.card.id != alias.story:
            what = f"names the anonymous customer of {alias.story!r}: write its alias"
            yield from _problems_at(file, alias.name, what)


def _problems_at(file: CardFile, name: str, what: str) -> Iterator[Problem]:
    for loc, text in _texts(file.card.model_dump()):
        if mentions(text, name):
            field = spell(loc)
            line = file.lines.get(field, 0)
            yield Problem(file.path, line, f"{field}: {what}", card=file.card.id)


def withdrawn_names(files: Iterable[CardFile], retired: Iterable[str]) -> tuple[str, ...]:
    """Return the customers who are named in retired stories only: nobody may name them now."""
    gone = set(retired)
    stories = [
        file.card
        for file in files
        if isinstance(file.card, Story) and file.card.customer.naming == "named"
    ]
    kept = {squeeze(story.customer.name) for story in stories if story.id not in gone}
    names = {story.customer.name for story in stories if story.id in gone}
    return tuple(sorted(name for name in names if squeeze(name) not in kept))


def withdrawn_problems(file: CardFile, names: Sequence[str]) -> tuple[Problem, ...]:
    """Return where a card names a customer whose only story has been retired."""
    if not names:
        return ()
    squeezed = squeeze(file.text)
    what = "names {}, whose story has been retired: take the name out"
    return tuple(
        problem
        for name in names
        if any(core in squeezed for core in cores(name))
        for problem in _problems_at(file, name, what.format(name))
    )

"""An e-mail to the customer: worded from rows that were captured, checked, and never sent. Types.

Its JSON is the contract; plain text and `.eml` are views of it. Whatever is worded is reached
through `statements()`, which is what the checks read: all of it leaves the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.brief import Claim, Finding, Part, Statement, Writer
from assistant.dossier import Side

SCHEMA_VERSION: Literal[1] = 1
Kind = Literal["confirm", "follow-up"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Address(_Frozen):
    """Somebody the e-mail is from or to; `email` is "" where no source gives it."""

    name: str
    email: str = ""


class Promise(_Frozen):
    """A row that an e-mail may promise or ask by: who does what by when."""

    task: str  # as it follows "will"
    owner: str
    side: Side
    due: date
    evidence: tuple[str, ...] = ()


class Paragraph(_Frozen):
    """A sentence or two, and under it what it lists, if anything."""

    lead: Claim
    items: tuple[Claim, ...] = ()


class Email(Part):
    """A draft to the customer, ready to be read over and sent by the seller."""

    schema_version: Literal[1] = SCHEMA_VERSION
    kind: Kind
    created_at: datetime
    written_by: Writer
    sender: Address
    to: tuple[Address, ...]
    subject: str
    greeting: str
    paragraphs: tuple[Paragraph, ...]
    ask: Claim  # the one thing that they are asked for
    sign_off: str
    promises: tuple[Promise, ...] = ()  # the rows that its promises stand on
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The whole body as plain text, a paragraph's items as a list."""
        return "\n\n".join([self.greeting, *map(_plain, self.paragraphs), self.ask.text, self._end])

    @property
    def _end(self) -> str:
        return f"{self.sign_off}\n{self.sender.name}"

    def _statements(self) -> Iterator[Statement]:
        own = tuple(dict.fromkeys(e for p in self.paragraphs for e in p.lead.evidence))
        yield Statement("subject", self.subject, own, spoken=True)
        for i, paragraph in enumerate(self.paragraphs):
            yield _sent(f"paragraphs[{i}].lead", paragraph.lead)
            for j, item in enumerate(paragraph.items):
                yield _sent(f"paragraphs[{i}].items[{j}]", item)
        yield _sent("ask", self.ask)


def _sent(where: str, claim: Claim) -> Statement:
    return Statement(where, claim.text, claim.evidence, spoken=True)


def _plain(paragraph: Paragraph) -> str:
    return "\n".join([paragraph.lead.text, *(f"- {item.text}" for item in paragraph.items)])

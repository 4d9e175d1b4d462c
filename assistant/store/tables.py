"""The tables. A document's JSON is the truth; the other columns and rows are derived from it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment with its zone; kept in UTC, since SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring it to UTC; one without a zone is taken for UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return it in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Table(DeclarativeBase):
    """What all tables share."""

    type_annotation_map = {str: Text, datetime: Moment}  # noqa: RUF012 - SQLAlchemy reads it so


class Account(Table):
    """A company that briefs and debriefs are of."""

    __tablename__ = "groundwork_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # the name, folded
    name: Mapped[str]  # as it was first given
    documents: Mapped[list[Document]] = relationship(
        back_populates="account", order_by="Document.id"
    )


class Document(Table):
    """A brief or a debrief, whole, with what is often asked of it in columns."""

    __tablename__ = "groundwork_document"
    __table_args__ = (Index("groundwork_document_of", "account_id", "kind", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    kind: Mapped[str]  # brief | debrief
    occasion: Mapped[str]  # which meeting or call of the account it is of
    superseded: Mapped[bool] = mapped_column(default=False)  # a newer one of the same occasion is
    made_at: Mapped[datetime]
    held_on: Mapped[date | None]
    seller: Mapped[str]
    stage: Mapped[str]
    schema_version: Mapped[int]
    text: Mapped[str] = mapped_column(deferred=True)  # its JSON; read where it is asked for
    speakers: Mapped[str] = mapped_column(default="{}")  # JSON: who said what stands at a place
    title: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str | None]
    proposed_early: Mapped[bool | None]
    reconfirmed: Mapped[bool | None]
    next_step: Mapped[str] = mapped_column(default="")
    next_step_on: Mapped[date | None]
    account: Mapped[Account] = relationship(back_populates="documents")
    actions: Mapped[list[Action]] = relationship(
        back_populates="document", cascade="all, delete-orphan", order_by="Action.place"
    )
    objections: Mapped[list[Objection]] = relationship(
        back_populates="document", cascade="all, delete-orphan", order_by="Objection.id"
    )


class Action(Table):
    """A task that somebody undertook in a call. What a brief proposes is not one."""

    __tablename__ = "groundwork_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey(Document.id), index=True)
    place: Mapped[int]  # within its document, from 0
    task: Mapped[str]
    owner: Mapped[str]
    side: Mapped[str]
    due: Mapped[date | None]
    quote: Mapped[str]
    hedged: Mapped[bool]
    done_on: Mapped[date | None]
    document: Mapped[Document] = relationship(back_populates="actions")


class Objection(Table):
    """An objection that was raised in a call; without a card it is a gap."""

    __tablename__ = "groundwork_objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey(Document.id), index=True)
    said: Mapped[str]
    card: Mapped[str]
    answered: Mapped[str]
    document: Mapped[Document] = relationship(back_populates="objections")

"""The sample accounts as tests use them: each read and made ready once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from assistant.brief import Anticipate, Brief, Learn, Part, PartName, Share, Statement, Teach
from assistant.embedding import MiniLm
from assistant.index import Index, memory_index
from assistant.knowledge.pack import Pack, read_pack, read_profile
from assistant.knowledge.profile import SellerProfile
from assistant.models import Writer
from assistant.parts.all import RECIPES
from assistant.pipeline import prepare, research
from assistant.plan import Plan, make_plan
from assistant.research.meeting import Wish
from assistant.sources import read_sources
from assistant.sources.source import Source
from assistant.tools import Tools

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 23)  # the day the sample accounts were written for
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACCOUNTS = tuple(sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_dir()))
MISFIT, THIN = "brightdesk", "caldera-pharma"


@cache
def sources(account: str) -> tuple[Source, ...]:
    """Return what the seller hands in for an account."""
    files = sorted((ROOT / "examples" / account / "sources").iterdir())
    return tuple(read_sources([str(file) for file in files]))


@cache
def pack() -> Pack:
    """Return the sample pack on TODAY."""
    return read_pack(ROOT / "knowledge", today=TODAY)


@cache
def profile() -> SellerProfile:
    """Return the sample seller."""
    return read_profile(ROOT / "knowledge" / "seller.yaml")


@cache
def index() -> Index:
    """Return the sample pack's index; the bundled embedder makes it once a run."""
    return memory_index(pack(), MiniLm(), today=TODAY)


def tools(model: Writer | None = None) -> Tools:
    """Return what the flows need to prepare a sample account."""
    return Tools(profile=profile(), pack=pack(), index=index(), model=model, now=NOW)


@cache
def plan(account: str) -> Plan:
    """Return what the brief of an account stands on."""
    known = research(sources(account), tools(), Wish())
    return make_plan(
        known.dossier, profile=profile(), fit=known.fit, found=known.found, today=TODAY
    )


@cache
def asked_parts(account: str) -> frozenset[PartName]:
    """Return the parts that a capable model is asked for; code decides the others."""
    return frozenset(recipe.name for recipe in RECIPES if recipe.asks(plan(account)))


@cache
def composed(account: str) -> Brief:
    """Return the brief of an account without a model."""
    return prepare(sources(account), tools())


def parts_of(brief: Brief) -> tuple[Part, ...]:
    """Return the parts of a brief that hold something to be said."""
    core = brief.core
    return (
        brief.opening,
        Teach(points=core.teach),
        Learn(questions=core.learn),
        Share(stories=core.share),
        Anticipate(concerns=core.anticipate),
        core.give_get,
        brief.closing,
        brief.after,
    )


def statements(brief: Brief) -> tuple[Statement, ...]:
    """Return every worded piece of those parts."""
    return tuple(told for part in parts_of(brief) for told in part.statements())


def spoken(brief: Brief) -> str:
    """Return all that is worded to be said or sent, a piece a line."""
    return "\n".join(told.text for told in statements(brief) if told.spoken)

"""The composition root: settings become the real adapters; nothing else chooses them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from platformdirs import user_cache_path

from assistant.errors import UsageError

_OPENAI = "https://api.openai.com/v1"

if TYPE_CHECKING:
    from assistant.brief import Gap
    from assistant.embedding import Embedder
    from assistant.index import Index
    from assistant.knowledge.pack import Pack
    from assistant.knowledge.profile import SellerProfile
    from assistant.models import ModelSettings, Writer
    from assistant.parts.ladder import Made
    from assistant.settings import Settings
    from assistant.store.database import Database
    from assistant.tools import Tools


def now(settings: Settings) -> datetime:
    """Return the moment of this run: the clock's, on the day of the setting where there is one."""
    zone = ZoneInfo(settings.zone) if settings.zone else UTC
    moment = datetime.now(zone) if settings.zone else datetime.now(zone).astimezone()
    if settings.today is None:
        return moment
    return datetime.combine(settings.today, moment.timetz())


def today(settings: Settings) -> date:
    """Return the day of this run, in the seller's zone; without one, where the machine stands."""
    return now(settings).date()


def state_folder(settings: Settings) -> Path:
    """Return the workspace's folder for what the product keeps there: index, gaps, database."""
    return settings.workspace / ".groundwork"


def cache_folder(settings: Settings) -> Path:
    """Return the folder, shared by all workspaces, for the joined model and answers."""
    return settings.cache or user_cache_path("groundwork")


def knowledge_folder(settings: Settings) -> Path:
    """Return the workspace's knowledge folder.

    Raises:
        UsageError: there is none, here or in any folder above.
    """
    folder = settings.workspace / "knowledge"
    if not folder.is_dir():
        raise UsageError(
            f"{settings.workspace}: there is no knowledge/ here or above; "
            "run 'groundwork init' to start a workspace, or name one with --workspace"
        )
    return folder


def open_pack(settings: Settings) -> Pack:
    """Read the workspace's cards and approvals."""
    from assistant.knowledge.pack import read_pack

    return read_pack(knowledge_folder(settings), today=today(settings))


def open_profile(settings: Settings) -> SellerProfile:
    """Read the workspace's seller profile."""
    from assistant.knowledge.pack import read_profile

    return read_profile(knowledge_folder(settings) / "seller.yaml")


def open_embedder(settings: Settings) -> Embedder:
    """Return the embedder: the bundled one, which begins to load, or an endpoint's."""
    from assistant.embedding import EndpointEmbedder, MiniLm

    provider, _, name = settings.embedder.partition(":")
    if provider == "minilm":
        bundled = MiniLm()
        bundled.prepare()
        return bundled
    if provider == "openai" and name:
        return EndpointEmbedder(
            base_url=settings.embeddings_base_url or settings.base_url or _OPENAI,
            model=name,
            api_key=settings.api_key.get_secret_value(),
        )
    raise UsageError(f"embedder: expected minilm or openai:NAME, got {settings.embedder!r}")


def open_index(
    settings: Settings,
    pack: Pack,
    *,
    embedder: Embedder | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Index:
    """Return the index of the pack, brought up to date first where it is behind the cards.

    `tell` hears what was mended, and why lookups go past the folder where it cannot be written.
    """
    from assistant.index import ready_index

    ready = ready_index(
        state_folder(settings) / "index",
        pack,
        embedder or open_embedder(settings),
        today=today(settings),
    )
    if ready.notice:
        tell(ready.notice)
    return ready.index


def open_store(settings: Settings) -> Database:
    """Return the database of briefs and debriefs, with what has waited to be kept.

    It is not touched before its first use, unless something waits.
    """
    from assistant.store.database import open_database
    from assistant.store.inbox import take_in
    from assistant.store.place import find_place

    place = find_place(
        settings.database.get_secret_value(),
        workspace=settings.workspace,
        default=state_folder(settings) / "groundwork.db",
    )
    database = open_database(place)
    take_in(database, inbox(settings))
    return database


def inbox(settings: Settings) -> Path:
    """Return the folder in which briefs wait to be kept."""
    return state_folder(settings) / "waiting"


def model_settings(settings: Settings, *, fresh: bool = False) -> ModelSettings:
    """Return what the model adapter needs to know."""
    from assistant.models import ModelSettings

    return ModelSettings(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key,
        capability=settings.capability,
        timeout_s=settings.timeout_s,
        retries=settings.retries,
        parallel=settings.parallel,
        local_model_file=settings.local_model_file,
        context_tokens=settings.context_tokens,
        cache_folder=cache_folder(settings),
        fresh=fresh,
    )


def open_model(
    settings: Settings,
    *,
    fresh: bool = False,
    only_capable: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Writer | None:
    """Return the model to write with, None where the composers write everything.

    The embedded model begins to load at once. With `only_capable` one that can only be asked for
    clauses is None too. `tell` hears how its first joining goes.
    """
    if settings.model == "none":
        return None
    from assistant.models import build_writer, capability_of

    if only_capable and capability_of(model_settings(settings)) != "full":
        return None

    shown: set[int] = set()

    def joining(done: int, total: int) -> None:
        tenth = 10 * done // total
        if tenth not in shown:
            shown.add(tenth)
            tell(f"joining the embedded model, once: {10 * tenth} %")

    writer = build_writer(model_settings(settings, fresh=fresh), progress=joining)
    if writer is not None:
        writer.start()
    return writer


def open_tools(
    settings: Settings,
    *,
    embedder: Embedder | None = None,
    fresh: bool = False,
    only_capable: bool = False,
    on_part: Callable[[Made[Any]], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Tools:
    """Return everything that the flows need; for `only_capable` see `open_model`."""
    from assistant.tools import Tools

    model = open_model(settings, fresh=fresh, only_capable=only_capable, tell=tell)
    embedder = embedder or open_embedder(settings)
    pack = open_pack(settings)
    return Tools(
        profile=open_profile(settings),
        pack=pack,
        index=open_index(settings, pack, embedder=embedder, tell=tell),
        model=model,
        now=now(settings),
        on_part=on_part,
    )


def keep_gaps(
    settings: Settings,
    gaps: Sequence[Gap],
    *,
    account: str,
    people: Sequence[str],
    cards: Pack,
    tell: Callable[[str], None],
) -> None:
    """Hand gaps on to enablement; where that cannot be done only they are lost, and `tell` hears.

    `account` is "" where it is not known. A name that approved cards say aloud is no secret.
    """
    if not gaps:
        return
    from assistant.errors import StoreError
    from assistant.gaps import record_gaps
    from assistant.knowledge.card import card_text
    from assistant.text import words

    said_openly = cards.approved(audience="customer")
    try:
        record_gaps(
            state_folder(settings),
            gaps,
            account=account,
            people=people,
            known=frozenset(word for card in said_openly for word in words(card_text(card))),
            today=today(settings),
        )
    except StoreError as error:
        tell(f"the gaps were not recorded: {error}")

"""The peers: what LangChain and Chroma do without us, each a process of its own.

    python -m benchmarks.plain lookup COLLECTION TEXT          the cards nearest to a text
    python -m benchmarks.plain page COLLECTION SOURCE...       the prompt of the chain, unanswered
    python -m benchmarks.plain chain COLLECTION SOURCE...      retrieve cards, one prompt
    python -m benchmarks.plain single CARDS.json SOURCE...     one prompt with all notes, all cards

Same embedder, same model, same words on what a brief is; nothing else of the product. `chain` and
`single` print JSON: the answer as it came, the tokens and how it ended.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from assistant.brief import (
    After,
    Anticipate,
    Closing,
    GiveGet,
    Learn,
    Objectives,
    Opening,
    Share,
    Snapshot,
    Teach,
)
from assistant.embedding import Embedder, MiniLm
from assistant.knowledge.card import Insight, Objection, Story, card_text

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection
    from langchain_core.language_models import BaseChatModel

_NAME = "cards"
_RETRIEVED = 8  # cards for the notes, about as many as a brief cites
_MOST_WRITTEN = 3000  # tokens; a brief that passes its checks has about as many
_CONTEXT = 32_768  # what the embedded model was trained on
_PATIENCE_S = 3600.0
_TEMPLATE = """{tasks}

The notes, each line under its id:
{notes}

The approved cards, each under its id:
{cards}

Write the brief as one JSON object of the ten parts. Cite notes and cards by their ids."""
_SYSTEM = (
    "You prepare a seller for a conversation with a customer. Say only what the notes and the cards"
    " say, and answer with JSON alone."
)


class WholeBrief(BaseModel):
    """The parts of a brief in one answer."""

    model_config = ConfigDict(extra="forbid")

    objectives: Objectives
    opening: Opening
    snapshot: Snapshot
    teach: Teach
    learn: Learn
    share: Share
    anticipate: Anticipate
    give_get: GiveGet
    closing: Closing
    after: After


# --- a plain collection


def build(
    folder: Path, cards: Sequence[Insight | Story | Objection], embedder: Embedder
) -> Collection:
    """Make a collection of cards, one text and one vector a card, whatever was there before."""
    client = _client(folder)
    if _NAME in {known.name for known in client.list_collections()}:
        client.delete_collection(_NAME)
    collection: Collection = client.create_collection(_NAME, embedding_function=None)
    texts = [card_text(card) for card in cards]
    collection.add(
        ids=[card.id for card in cards],
        documents=texts,
        metadatas=[{"kind": card.kind} for card in cards],
        embeddings=embedder.embed(texts),
    )
    return collection


def nearest(
    collection: Collection, text: str, embedder: Embedder, *, k: int = 5, kind: str = ""
) -> dict[str, str]:
    """Return the texts of the nearest cards by id, best first."""
    found = collection.query(
        query_embeddings=embedder.embed([text]),
        n_results=k,
        where={"kind": kind} if kind else None,
    )
    return dict(zip(found["ids"][0], (found["documents"] or [[]])[0], strict=True))


def open_collection(folder: Path) -> Collection:
    """Open a collection that is there."""
    collection: Collection = _client(folder).get_collection(_NAME, embedding_function=None)
    return collection


def _client(folder: Path) -> Any:  # noqa: ANN401 - its type needs chromadb imported
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


# --- a prompt


def numbered(names: Sequence[str]) -> str:
    """Return the lines of all sources, each under an id, from F1 on."""
    lines = [line.strip() for name in names for line in Path(name).read_text().splitlines()]
    return "\n".join(f"F{n}: {line}" for n, line in enumerate(filter(None, lines), start=1))


def tasks(folder: Path) -> str:
    """Return what the product's prompts say that each part is."""
    files = sorted(folder.glob("draft_*.md"))
    said = ((path.stem, path.read_text().partition("## Task\n")[2].strip()) for path in files)
    return "\n\n".join(f"# {name.removeprefix('draft_')}\n{task}" for name, task in said)


def prompt(notes: str, cards: Mapping[str, str]) -> Any:  # noqa: ANN401 - a LangChain prompt value
    """Return the one prompt that is asked."""
    from langchain_core.prompts import ChatPromptTemplate

    template = ChatPromptTemplate.from_messages([("system", _SYSTEM), ("user", _TEMPLATE)])
    shown = "\n\n".join(f"## {card_id}\n{text}" for card_id, text in cards.items())
    here = Path(__file__).parents[1] / "prompts"
    return template.invoke({"tasks": tasks(here), "notes": notes, "cards": shown})


def ask(asked: Any, model: BaseChatModel) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Ask once for a whole brief and return what came, unread."""
    from assistant.models.schema import bounded_schema

    wanted = {"name": "WholeBrief", "schema": bounded_schema(WholeBrief)}
    answer = model.invoke(asked, response_format={"type": "json_schema", "json_schema": wanted})
    usage = dict(answer.usage_metadata or {})
    return {
        "answer": str(answer.text),
        "read": usage.get("input_tokens", 0),
        "written": usage.get("output_tokens", 0),
        "finish": answer.response_metadata.get("finish_reason", ""),
    }


def open_model(base_url: str, cache: Path) -> BaseChatModel:
    """Return the model at an endpoint, the embedded one where there is no endpoint."""
    if base_url:
        from langchain_openai import ChatOpenAI

        return ChatOpenAI(model="any", base_url=base_url, api_key="none", max_retries=0)
    from assistant.local_model.chat import LocalChatModel

    return LocalChatModel(
        cache_folder=cache,
        context_tokens=_CONTEXT,
        timeout_s=_PATIENCE_S,
        max_tokens=_MOST_WRITTEN,
    )


# --- a process


def main(arguments: Sequence[str]) -> None:
    """Do one thing and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.plain")
    parser.add_argument("what", choices=("lookup", "page", "chain", "single"))
    parser.add_argument("cards", type=Path)
    parser.add_argument("rest", nargs="+")
    parser.add_argument("--base-url", default="")
    parser.add_argument("--cache", type=Path, default=Path())
    given = parser.parse_args(arguments)
    if given.what == "lookup":
        found = nearest(open_collection(given.cards), given.rest[0], MiniLm(), kind="objection")
        print(json.dumps(list(found)))
        return
    notes = numbered(given.rest)
    if given.what == "single":
        cards = json.loads(given.cards.read_text())
    else:
        cards = nearest(open_collection(given.cards), notes, MiniLm(), k=_RETRIEVED)
    asked = prompt(notes, cards)
    if given.what == "page":
        print(asked.to_string())
    else:
        print(json.dumps(ask(asked, open_model(given.base_url, given.cache))))


if __name__ == "__main__":
    main(sys.argv[1:])

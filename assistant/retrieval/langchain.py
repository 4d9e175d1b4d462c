"""Our embedder and our search as LangChain knows them, for chains of yours.

Nothing in the product goes through them; importing this module imports langchain_core.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.embedding import Embedder, MiniLm
from assistant.knowledge.card import Audience, CardKind, card_text
from assistant.retrieval.search import Hit, search


class GroundworkEmbeddings(Embeddings):
    """An embedder as LangChain's `Embeddings`: the bundled one, or the one handed in."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        """Take the embedder."""
        self._embedder = embedder or MiniLm()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector of length 1 a text.

        Raises:
            ModelError: the embedder fails.
        """
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a text; questions and documents are embedded alike.

        Raises:
            ModelError: the embedder fails.
        """
        return self.embed_documents([text])[0]


class ApprovedCardsRetriever(BaseRetriever):
    """Approved cards that answer a text, best first; no documents where none fits.

    A document holds the words of a card that may be said, and its id, kind, title, score and
    reasons as metadata. `k` is how many at most; `invoke(text, k=3)` sets it for one call.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any  # an `Index` or a `ChromaIndex`
    pack: Any  # a `Pack`
    today: date
    kind: CardKind | None = None
    audience: Audience = "customer"
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        """Search, without reporting steps."""
        del run_manager
        hits = search(
            query,
            index=self.index,
            pack=self.pack,
            kind=self.kind,
            audience=self.audience,
            today=self.today,
            k=self.k if k is None else k,
        )
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> Document:
    card = hit.card
    return Document(
        id=card.id,
        page_content=card_text(card),
        metadata={
            "card": card.id,
            "kind": card.kind,
            "title": card.title,
            "score": hit.score,
            "reasons": list(hit.reasons),
        },
    )

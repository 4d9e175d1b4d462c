"""The adapters pass LangChain's own suites."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import EmbeddingsIntegrationTests, RetrieversIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests

from assistant.embedding import MiniLm
from assistant.index import memory_index
from assistant.knowledge.card import Objection
from assistant.retrieval.langchain import ApprovedCardsRetriever, GroundworkEmbeddings
from assistant.testing import TODAY, an_objection

pytestmark = [  # the suites mix coroutines with plain functions
    pytest.mark.asyncio,
    pytest.mark.filterwarnings("ignore:The test .* is marked with '@pytest.mark.asyncio'"),
]

CARDS = tuple(
    an_objection(f"price-{n}", said)
    for n, said in enumerate(
        [
            "You are too expensive for us.",
            "That price is too high.",
            "We cannot afford what you charge.",
            "Why does it cost so much?",
        ]
    )
)


class Pack:
    """A pack of four responses about the price."""

    def approved(self) -> tuple[Objection, ...]:
        """Return them."""
        return CARDS


class TestEmbeddingsUnit(EmbeddingsUnitTests):
    """LangChain's unit tests of embeddings."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        """The class under test."""
        return GroundworkEmbeddings


class TestEmbeddingsIntegration(EmbeddingsIntegrationTests):
    """LangChain's integration tests of embeddings, with the bundled model."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        """The class under test."""
        return GroundworkEmbeddings


class TestRetriever(RetrieversIntegrationTests):
    """LangChain's integration tests of retrievers, on an index in memory."""

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        """The class under test."""
        return ApprovedCardsRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        """What it takes."""
        pack = Pack()
        return {
            "index": memory_index(pack, MiniLm(), today=TODAY),
            "pack": pack,
            "today": TODAY,
        }

    @property
    def retriever_query_example(self) -> str:
        """A question that all four cards answer."""
        return "this is too expensive"


@pytest.fixture
def retriever() -> ApprovedCardsRetriever:
    pack = Pack()
    index = memory_index(pack, MiniLm(), today=TODAY)
    return ApprovedCardsRetriever(index=index, pack=pack, today=TODAY, k=1)


def test_a_document_holds_what_may_be_said_and_why(retriever: ApprovedCardsRetriever) -> None:
    """Owner and review date are not said, so they are not in it."""
    (document,) = retriever.invoke("you are too expensive")

    assert document.id == document.metadata["card"] == "price-0"
    assert "You are too expensive for us." in document.page_content
    assert "enablement@" not in document.page_content
    assert document.metadata["reasons"][0] == "close to “You are too expensive for us.”"


def test_a_question_without_an_approved_answer_gets_no_document(
    retriever: ApprovedCardsRetriever,
) -> None:
    """A chain has nothing to make an answer from."""
    documents = retriever.invoke("which insurance covers damaged pallets in Turkey?")

    assert documents == []

"""A workspace of a thousand approved cards, made from the sample pack, and its index."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import yaml

from assistant.embedding import MiniLm, Vectors
from assistant.knowledge.card_file import FOLDERS, CardFile, read_card_file
from assistant.knowledge.pack import Pack, read_pack

TODAY = date(2026, 11, 23)
_WORD = re.compile(r"\b[a-z]{5,9}\b")
_SWAPPED = 0.1  # of the words of a copy, so that no two cards are alike
_SAMPLE = Path(__file__).parents[1] / "knowledge"


@dataclass(frozen=True)
class QuickEmbedder:
    """Vectors in the time of a hash, under MiniLM's name: what is measured does not depend on them.

    Embedding a thousand cards takes minutes and is done once; it is not what is measured here.
    """

    fingerprint: str = field(default=MiniLm().fingerprint, init=False)
    dimension: int = 384
    asked: list[int] = field(default_factory=list)  # texts a call

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, the same for the same text."""
        self.asked.append(len(texts))
        rows = [np.random.default_rng(_seed(text)).normal(size=self.dimension) for text in texts]
        vectors = np.stack(rows).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def write_cards(folder: Path, count: int) -> Pack:
    """Write `count` cards with their approvals to `folder`, and return them as a pack."""
    approvals = {}
    for card_id, kind_folder, text in _cards(count):
        path = folder / kind_folder / f"{card_id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        card = read_card_file(path, kind=FOLDERS[kind_folder])
        assert isinstance(card, CardFile), card
        approvals[card_id] = {
            "fingerprint": card.fingerprint,
            "approver": "benchmark@harbourline.example",
            "date": date(2026, 1, 5),
            "note": "a copy of a sample card",
        }
    content = yaml.safe_dump(approvals, allow_unicode=True)
    (folder / "approvals.yaml").write_text(content, encoding="utf-8")
    pack = read_pack(folder, today=TODAY)
    assert len(pack.approved()) == count
    return pack


def _cards(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield id, folder and text of copies of the sample's approved cards, some words swapped."""
    approved = {card.id for card in read_pack(_SAMPLE, today=TODAY).approved()}
    files = [p for name in FOLDERS for p in sorted((_SAMPLE / name).glob("*.md"))]
    files = [path for path in files if path.stem in approved]
    chance = random.Random(0)  # noqa: S311  # the same cards in every run
    vocabulary = _WORD.findall("\n".join(path.read_text("utf-8") for path in files))

    def swapped(word: re.Match[str]) -> str:
        return chance.choice(vocabulary) if chance.random() < _SWAPPED else word[0]

    for number in range(count):
        path = files[number % len(files)]
        card_id = f"{path.stem[:60]}-{number}"
        front, body = path.read_text("utf-8").split("\n---\n", 1)
        front = front.replace(f"id: {path.stem}", f"id: {card_id}")
        body = "\n".join(
            line if line.startswith("#") else _WORD.sub(swapped, line) for line in body.split("\n")
        )
        yield card_id, path.parent.name, f"{front}\n---\n{body}"

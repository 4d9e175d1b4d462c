"""What holds for every source: nothing crashes, nothing is made up, lines are right."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import SourceError
from assistant.sources import Limits, Passage, Source, find_quote, read_sources
from assistant.sources.decode import clean
from assistant.sources.notes import read_text
from assistant.sources.passages import passages_of

SAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*/sources"))
QUIET = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = st.sampled_from(
    ["Dana: ", '"', "“", "”", "The docks are full.", "they wait", " 1.4 million", "\n", "\n\n",
     "- ", "  ", "# ", "INTERNAL", ":", "| a | b |", "---", "me: ", "e.g. ", "com-", "pared", "> ",
     "On 1/1/2026 10:00, Colin Mabry wrote:", "From: Dana\nSubject: x", "Best regards", "\t", "。",
     "納期は来週です", "שלום", "👩‍👩‍👧",
     "\u200b", "\x1b[31m", "<|im_end|>", "12. ", "Q1. ", "*", "…",
     "so um and then ", "quote ", "unquote ", "x" * 700, "Helen Marsh - President\n", "00:01 "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def squeezed(text: str) -> str:
    """Return the text without white space and without the hyphens that wrapping leaves."""
    return re.sub(r"(?<=[a-zß-ÿ])-\s*\n\s*(?=[a-z])|\s+", "", text)


def passages(text: str) -> list[Passage]:
    draft = read_text(text, Limits())
    return list(passages_of(draft.blocks, source="S1"))


@QUIET
@given(st.one_of(TEXTS, st.text(max_size=400)))
def test_every_passage_stands_in_the_text(text: str) -> None:
    """White space and wrapping aside, word for word; and in the line that it names."""
    whole = clean(text)
    lines = whole.split("\n") if "\u2028" not in text else None

    for passage in passages(text):
        assert passage.text == passage.text.strip()
        assert 0 < len(passage.text) <= 600
        assert squeezed(passage.text).replace("-", "") in squeezed(whole).replace("-", "")
        if lines and not re.search("[\x0b\x0c\x85\u2028\u2029]", text):
            first = squeezed(passage.text)[0]
            assert first in lines[passage.line - 1]


@QUIET
@given(st.one_of(TEXTS, st.text(max_size=400)))
def test_passages_are_in_order_and_their_lines_do_not_go_back(text: str) -> None:
    """So that a reader can follow."""
    numbers = [passage.line for passage in passages(text)]

    assert numbers == sorted(numbers)


@QUIET
@given(TEXTS, st.data())
def test_a_quote_is_found_only_where_it_stands(text: str, data: st.DataObject) -> None:
    """Every passage is; what is found stands in the text."""
    found = passages(text)
    source = Source("S1", "x", "notes", tuple(found))
    anything = data.draw(st.one_of(TEXTS, st.text(max_size=30)))

    hit = find_quote(anything, source)

    assert hit is None or squeezed(clean(anything)) in squeezed(clean(text))
    for passage in found[:5]:
        assert find_quote(passage.text, source) is not None


@QUIET
@given(st.binary(max_size=600))
def test_no_input_crashes_the_reader(raw: bytes) -> None:
    """Any bytes on standard input are read, or refused with one line."""
    try:
        read_sources(["-"], stdin=io.BytesIO(raw))
    except SourceError as error:
        refused = str(error)
    else:
        refused = ""

    assert "\n" not in refused


# --- the sample accounts


def read_folder(folder: Path) -> tuple[Source, ...]:
    return read_sources([str(path) for path in sorted(folder.iterdir())])


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.parent.name)
def test_every_source_of_a_sample_account_is_read(folder: Path) -> None:
    """With statements or a meeting, and nothing to complain of."""
    for source in read_folder(folder):
        assert source.passages or source.invite, source.name
        assert source.warnings == (), source.name


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.parent.name)
def test_statements_of_the_samples_stand_in_their_lines(folder: Path) -> None:
    """The first word of each is found in the line that it names."""
    for path, source in zip(sorted(folder.iterdir()), read_folder(folder), strict=True):
        if path.suffix in {".txt", ".md", ".html", ".eml"}:
            lines = path.read_text("utf-8").split("\n")
            for passage in source.passages:
                word = re.findall(r"\w+", passage.text)[0]
                line = lines[passage.line - 1]
                assert word.encode("ascii", "ignore").decode()[:3] in line, (source.name, passage)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.parent.name)
def test_statements_of_the_samples_have_a_statements_length(folder: Path) -> None:
    """None is a paragraph: the longest sentence there has fewer than 45 words."""
    for source in read_folder(folder):
        assert all(len(passage.text.split()) < 45 for passage in source.passages), source.name


def test_what_the_samples_hide_is_not_read() -> None:
    """Hidden elements, banners and comments of the saved page."""
    folder = next(f for f in SAMPLES if f.parent.name == "northpeak-grocers")

    said = " ".join(p.text for source in read_folder(folder) for p in source.passages)

    for hidden in (
        "ignore all previous",
        "90,000",
        "cookies",
        "340 open jobs",
        "note to AI",
        "999",
    ):
        assert hidden not in said

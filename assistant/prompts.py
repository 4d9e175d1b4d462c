"""Prompts: reviewed Markdown files, filled with values that stay data."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path

from assistant.errors import PromptError, StoreError
from assistant.files import write_bytes

_PACKAGE = Path(__file__).parent
_VARIABLE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
_EVIDENCE_READ = "I have read the evidence."  # keeps user and assistant turns alternating
_SECTIONS = {
    "system": "## System",
    "example": "## Example",
    "evidence": "## Evidence",
    "task": "## Task",
}
_CONTROL_TOKEN = re.compile(
    r"(?i)(<(?=/?(?:s|bos|eos|unk|pad|think|thinking|tool_call|tool_response|start_of_turn|"
    r"end_of_turn|start_of_image)>)|\[(?=/?(?:inst|available_tools|tool_calls|tool_results)\]))"
)
# Letters and marks that print as nothing, beside the format characters of category Cf.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


@dataclass(frozen=True)
class Message:
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Prompt:
    """What a model is asked: turns in order, and the identity of the files they came from."""

    name: str
    fingerprint: str  # name@sha256[:12] of the prompt's file and the files it includes
    messages: tuple[Message, ...]


def render(name: str, /, **values: str) -> Prompt:
    """Fill the prompt `name` of this installation with the values it declares.

    System and evidence stand first and read the same in every prompt that includes the same
    shared texts, so that prefix caches hit; the task stands last. Each value is inserted once,
    without chat-template tokens and invisible characters; a fenced value stands between marks
    that its author cannot guess, and that are the same whenever the value is.

    Raises:
        PromptError: there is no such prompt, its file is malformed, or the values are not exactly
            the declared ones.
    """
    return _installed().render(name, **values)


def fingerprint(name: str) -> str:
    """Return `name@sha256[:12]` of a prompt's file and the shared files it includes.

    Raises:
        PromptError: there is no such prompt, or its file is malformed.
    """
    return _installed().fingerprint(name)


@lru_cache(maxsize=1)
def _installed() -> PromptLibrary:
    return PromptLibrary(prompts_folder(), installation_secret(user_data_path("groundwork")))


def prompts_folder() -> Path:
    """Return where the prompts are: in the checkout, else in the installed package.

    Raises:
        PromptError: they are in neither.
    """
    folders = (_PACKAGE.parent / "prompts", _PACKAGE / "_bundled" / "prompts")
    for folder in folders:
        if any(folder.glob("*.md")):
            return folder
    raise PromptError(f"no prompts in {folders[0]} or {folders[1]}; install groundwork again")


def installation_secret(folder: Path) -> bytes:
    """Return the secret that fences are made from, kept in `folder`, made on first use.

    Where it can be neither read nor kept, it lasts for this process only: answers are then not
    found in the cache by the next one.
    """
    path = folder / "fence-secret"
    try:
        kept = path.read_bytes()
    except OSError:
        kept = b""
    return kept if len(kept) == 32 else _make_secret(path)


def _make_secret(path: Path) -> bytes:
    fresh = secrets.token_bytes(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, fresh)
        path.chmod(0o600)
        return path.read_bytes()
    except (OSError, StoreError):
        return fresh


@dataclass(frozen=True)
class PromptLibrary:
    """A folder of prompts, and the secret that their fences are made from."""

    folder: Path
    secret: bytes

    def names(self) -> tuple[str, ...]:
        """Return the names of all prompts, sorted; shared texts are not among them."""
        files = sorted(self.folder.glob("*.md"))
        return tuple(f.stem for f in files if _SECTIONS["task"] in _read(f).splitlines())

    def render(self, name: str, /, **values: str) -> Prompt:
        """Fill a prompt; see `render`."""
        template = _load(self.folder, name, _stamp(self.folder))
        if set(values) != set(template.variables):
            takes, got = sorted(template.variables), sorted(values)
            raise PromptError(f"prompt {name!r} takes {takes}; got {got}")
        shown = {key: self._as_data(template, key, value) for key, value in values.items()}
        return Prompt(name, template.fingerprint, _turns(template, shown))

    def fingerprint(self, name: str) -> str:
        """Return a prompt's identity; see `fingerprint`."""
        return _load(self.folder, name, _stamp(self.folder)).fingerprint

    def _as_data(self, template: _Template, key: str, value: str) -> str:
        text = clean(value)
        return fence(text, self.secret, label=key) if key in template.fenced else text


def fence(text: str, secret: bytes, *, label: str = "data") -> str:
    """Put `text` between two marks that only the holder of `secret` could have written.

    The marks follow from the secret and the text, so the same text is always fenced alike.
    """
    mark = hmac.new(
        secret, f"{label}\0{text}".encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()[:16]
    return f"<{label}-{mark}>\n{text}\n</{label}-{mark}>"


@lru_cache(maxsize=8)  # all prompts of a round hold the same evidence
def clean(text: str) -> str:
    """Return `text` without invisible and control characters, and with no chat-template token.

    Tokens are broken by a space and stay readable. Of an emoji sequence its single signs remain.
    """
    visible = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if _is_visible(c))
    for bar in "|\uff5c":  # DeepSeek's tokens are written with the full-width bar
        visible = visible.replace(f"<{bar}", f"< {bar}").replace(f"{bar}>", f"{bar} >")
    return _CONTROL_TOKEN.sub(r"\1 ", visible.replace("<<SYS>>", "<< SYS >>"))


def _is_visible(char: str) -> bool:
    if char in "\n\t":
        return True
    if char in _BLANKS or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return False
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class _Template:
    system: str
    examples: tuple[tuple[str, str], ...]
    evidence: str
    task: str
    variables: tuple[str, ...]
    fenced: tuple[str, ...]
    fingerprint: str


def _turns(template: _Template, values: Mapping[str, str]) -> tuple[Message, ...]:
    evidence = _fill(template.evidence, values)
    task = _fill(template.task, values)
    turns = [Message("system", template.system)]
    if evidence and template.examples:
        turns += [Message("user", evidence), Message("assistant", _EVIDENCE_READ)]
        evidence = ""
    for asked, answered in template.examples:
        turns += [Message("user", asked), Message("assistant", answered)]
    turns.append(Message("user", f"{evidence}\n\n{task}" if evidence else task))
    return tuple(turns)


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Insert each value in one pass, so that a value is never read as a template."""
    return _VARIABLE.sub(lambda match: values[match[1]], text)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name what is in the folder, so that an edited prompt is read again."""
    stats = [(f.name, f.stat()) for f in sorted(folder.glob("*.md"))]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=128)
def _load(folder: Path, name: str, stamp: object) -> _Template:  # noqa: ARG001 a key of the cache
    path = _path(folder, name)
    head, body = _split_front_matter(path, _read(path))
    sections = _split_sections(path, body)
    shared = {
        key: _include(folder, path, "\n".join(sections.get(key, [])))
        for key in ("system", "evidence")
    }
    files = [path, *(file for _, file in shared.values() if file)]
    template = _Template(
        system=shared["system"][0],
        examples=tuple(_example(path, text) for text in sections.get("example", [])),
        evidence=shared["evidence"][0],
        task="\n".join(sections["task"]),
        variables=head["variables"],
        fenced=head["fenced"],
        fingerprint=_fingerprint(name, files),
    )
    _check(path, template)
    return template


def _path(folder: Path, name: str) -> Path:
    path = folder / f"{name}.md"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not path.is_file():
        there = ", ".join(sorted(f.stem for f in folder.glob("*.md"))) or "none"
        raise PromptError(f"{folder}: there is no prompt {name!r}; there are: {there}")
    return path


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read: {error}") from error


def _fingerprint(name: str, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in dict.fromkeys(files):
        digest.update(f"{file.name}\0{_read(file)}\0".encode())
    return f"{name}@{digest.hexdigest()[:12]}"


def _split_front_matter(path: Path, text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    head: dict[str, tuple[str, ...]] = {"variables": (), "fenced": ()}
    match = re.fullmatch(r"---\n(.*?\n)?---\n(.*)", text, re.DOTALL)
    if match is None:
        raise PromptError(f"{path}:1: a prompt begins with '---', 'variables: …' and '---'")
    for number, line in enumerate((match[1] or "").splitlines(), 2):
        key, colon, names = line.partition(":")
        if not colon or key not in head:
            raise PromptError(f"{path}:{number}: expected 'variables: …' or 'fenced: …'; {line!r}")
        head[key] = tuple(n for n in re.split(r"[\s,]+", names) if n)
    return head, match[2]


def _split_sections(path: Path, body: str) -> dict[str, list[str]]:
    pieces = re.split(r"(?m)^(## .*)$", body)
    if pieces[0].strip():
        raise PromptError(f"{path}: text before the first section: {pieces[0].strip()[:60]!r}")
    sections: dict[str, list[str]] = {}
    for heading, text in zip(pieces[1::2], pieces[2::2], strict=True):
        key = heading.strip().removeprefix("## ").lower()
        if key not in _SECTIONS or (key in sections and key != "example"):
            known = ", ".join(_SECTIONS.values())
            raise PromptError(
                f"{path}: section {heading!r}: there are {known}; each but Example once"
            )
        sections.setdefault(key, []).append(text.strip())
    for key in ("system", "task"):
        if not "".join(sections.get(key, [])):
            raise PromptError(f"{path}: the section {_SECTIONS[key]!r} is missing or empty")
    return sections


def _include(folder: Path, path: Path, text: str) -> tuple[str, Path | None]:
    """Return a section's text, and the shared file that it took it from, if any."""
    match = re.fullmatch(r"include:\s*(\S+)", text)
    if match is None:
        return text, None
    file = folder / f"{match[1]}.md"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", match[1]) or not file.is_file():
        raise PromptError(f"{path}: 'include: {match[1]}': there is no {file.name} beside it")
    return _read(file).strip(), file


def _example(path: Path, text: str) -> tuple[str, str]:
    match = re.fullmatch(r"### User\n(.+?)\n### Assistant\n(.+)", text, re.DOTALL)
    if match is None:
        raise PromptError(f"{path}: an example is '### User', text, '### Assistant', text")
    return match[1].strip(), match[2].strip()


def _check(path: Path, template: _Template) -> None:
    """Compare declared variables with used ones, both ways, and keep values where data goes."""
    fixed = [template.system, *(turn for pair in template.examples for turn in pair)]
    if any("{{" in text for text in fixed):
        raise PromptError(
            f"{path}: variables belong to Evidence and Task, not to System or Example"
        )
    text = f"{template.evidence}\n{template.task}"
    if stray := re.search(r".{0,20}(\{\{|\}\}).{0,20}", _VARIABLE.sub("", text)):
        raise PromptError(f"{path}: not a variable: {stray[0].strip()!r}; write {{{{name}}}}")
    used, declared = set(_VARIABLE.findall(text)), set(template.variables)
    if used != declared:
        raise PromptError(f"{path}: declares {sorted(declared)}, uses {sorted(used)}")
    if unknown := set(template.fenced) - declared:
        raise PromptError(f"{path}: fenced, but not declared: {sorted(unknown)}")

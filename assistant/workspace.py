"""Start a workspace from the samples that the package brings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import StoreError, UsageError

_PACKAGE = Path(__file__).parent
_SETTINGS = """\
# Settings of this workspace. Every one can also be given as GROUNDWORK_NAME or by a flag.
# model = "auto"            # auto, local, none, or provider:name such as openai:gpt-5-mini
# base_url = ""             # an OpenAI-compatible endpoint
# zone = "Europe/Berlin"    # your time zone
"""


def bundled(name: str) -> Path:
    """Return a folder that comes with the product: knowledge or examples.

    Raises:
        StoreError: the installation lacks it.
    """
    for folder in (_PACKAGE / "_bundled" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise StoreError(f"{_PACKAGE}: the samples are missing; install groundwork again")


def start_workspace(folder: Path) -> Iterator[str]:
    """Copy the sample knowledge and accounts into `folder`, and yield what was made.

    Raises:
        UsageError: there is knowledge already; nothing is touched.
        StoreError: the folder cannot be written to; what was copied until then is named.
    """
    if (folder / "knowledge").exists():
        raise UsageError(f"{folder / 'knowledge'}: is there already; nothing was changed")
    made: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("knowledge", "examples"):
            if not (folder / name).exists():
                shutil.copytree(bundled(name), folder / name)
                made.append(name)
                yield f"{folder / name}: copied"
        settings = folder / "groundwork.toml"
        if not settings.exists():
            settings.write_text(_SETTINGS, encoding="utf-8")
            yield f"{settings}: written"
    except OSError as error:
        kept = f"; made so far: {', '.join(made)}" if made else ""
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}{kept}") from error
    yield "Next: groundwork brief examples/tidewater/sources/*"

"""Where the benchmarks run: workspaces in a temporary folder, and a clean environment."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant import app as root
from assistant.embedding import MiniLm
from assistant.index import Index, ready_index
from assistant.knowledge.pack import Pack, read_pack
from assistant.settings import Settings, read_settings
from assistant.workspace import bundled
from benchmarks.cards import write_pack
from benchmarks.measure import Ran, run

TODAY = date(2026, 11, 23)
CHECKOUT = Path(__file__).parents[1]
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "XDG_CACHE_HOME")


@dataclass(frozen=True)
class Workspace:
    """A folder with knowledge/ in it, and the commands that run there."""

    folder: Path
    env: dict[str, str]

    @cached_property
    def embedder(self) -> MiniLm:
        """Return the bundled embedder."""
        return MiniLm()

    @property
    def settings(self) -> Settings:
        """Return the workspace's settings, with no model and on the day of the samples."""
        flags = {"workspace": self.folder, "model": "none", "today": TODAY}
        return read_settings(flags, environ={})

    @property
    def index_folder(self) -> Path:
        """Return where its index is."""
        return root.state_folder(self.settings) / "index"

    def pack(self) -> Pack:
        """Read its cards."""
        return read_pack(self.folder / "knowledge", today=TODAY)

    def index(self, pack: Pack) -> Index:
        """Return its index, built where it is not."""
        return ready_index(self.index_folder, pack, self.embedder, today=TODAY).index

    def groundwork(self, *arguments: str | Path, **more: str) -> Ran:
        """Run the command as a user does; `more` is added to the environment."""
        command = Path(sys.executable).with_name("groundwork")
        return run([command, *arguments], folder=self.folder, env=self.env | more)

    def python(self, *arguments: str | Path, **more: str) -> Ran:
        """Run Python with this folder's modules at hand."""
        env = self.env | {"PYTHONPATH": str(CHECKOUT)} | more
        return run([sys.executable, *arguments], folder=self.folder, env=env)


@dataclass(frozen=True)
class Scene:
    """What the benchmarks share. Each workspace is made when it is first asked for."""

    folder: Path
    repeat: int
    cards: int
    say: object = field(default=print)

    @cached_property
    def env(self) -> dict[str, str]:
        """Return the environment of every measured process, ours and the peers'.

        No key, no setting and no address reaches them, and compiled modules are kept, as they are
        wherever packages are installed.
        """
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "GROUNDWORK_CACHE": str(self.folder / "cache"),
            "COLUMNS": "100",
        }
        return kept | own

    @cached_property
    def sample(self) -> Workspace:
        """Return a workspace with the sample pack and the sample accounts, its index built."""
        folder = self.folder / "sample"
        for name in ("knowledge", "examples"):
            shutil.copytree(bundled(name), folder / name)
        made = Workspace(folder, self.env)
        made.index(made.pack())
        return made

    @cached_property
    def many(self) -> Workspace:
        """Return a workspace with as many approved cards as asked for, its index not built."""
        folder = self.folder / "many"
        write_pack(folder / "knowledge", count=self.cards, today=TODAY)
        return Workspace(folder, self.env)


def sample_sources(folder: Path) -> list[str]:
    """Return the sources of the sample account, as a user names them in its workspace."""
    found = sorted((folder / "examples" / "tidewater" / "sources").iterdir())
    return [str(path.relative_to(folder)) for path in found]

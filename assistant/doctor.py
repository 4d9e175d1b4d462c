"""Look at everything a brief needs, and say what to mend."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from assistant import app
from assistant.errors import GroundworkError
from assistant.settings import Settings


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was looked at."""

    what: str
    passed: bool
    found: str  # what is there, or what is wrong and how to mend it

    def as_line(self) -> str:
        """Return it as a line to read."""
        return f"{'ok  ' if self.passed else 'MEND'}  {self.what:<10} {self.found}"


def examine(settings: Settings) -> tuple[Diagnosis, ...]:
    """Look at each thing on its own, so that one fault does not hide the next."""
    looked_at: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("python", _python),
        ("workspace", lambda s: f"{s.workspace}"),
        ("knowledge", _knowledge),
        ("profile", _profile),
        ("index", _index),
        ("database", _database),
        ("model", _model),
    )
    return tuple(_diagnoses(settings, looked_at))


def _diagnoses(
    settings: Settings, looked_at: tuple[tuple[str, Callable[[Settings], str]], ...]
) -> Iterator[Diagnosis]:
    for what, look in looked_at:
        try:
            yield Diagnosis(what, passed=True, found=look(settings))
        except GroundworkError as error:
            yield Diagnosis(what, passed=False, found=str(error))


def _python(settings: Settings) -> str:
    del settings
    return f"{sys.version.split()[0]}, groundwork {version('groundwork')}"


def _knowledge(settings: Settings) -> str:
    pack = app.open_pack(settings)
    for problem in pack.problems:
        if problem.severity == "error":
            raise problem.as_error()
    counted: dict[str, int] = {}
    for entry in pack.entries.values():
        counted[entry.status] = counted.get(entry.status, 0) + 1
    return ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))


def _profile(settings: Settings) -> str:
    profile = app.open_profile(settings)
    stages = ", ".join(stage.stage for stage in profile.next_steps)
    return f"{profile.company}; stages: {stages}"


def _index(settings: Settings) -> str:
    app.open_index(settings, app.open_pack(settings))
    return f"{app.state_folder(settings) / 'index'}: whole and up to date"


def _database(settings: Settings) -> str:
    store = app.open_store(settings)
    state = "can be read" if store.exists() else "not there yet; the first brief makes it"
    return f"{store.place.shown}: {state}"


def _model(settings: Settings) -> str:
    from assistant.models import choose_model

    choice = choose_model(app.model_settings(settings))
    return f"{choice.model} ({choice.why})"

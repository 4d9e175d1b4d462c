"""Every setting with its default; the only reader of the environment and of groundwork.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from assistant.errors import SettingsError

FILE = "groundwork.toml"
_PREFIX = "GROUNDWORK_"
_SECRET = {"api_key", "database"}  # not repeated in an error: an address may hold a password


class Settings(BaseModel):
    """What may be set, in groundwork.toml, as GROUNDWORK_NAME, or by a flag; later ones win."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    workspace: Path = Field(description="The folder that holds knowledge/.")
    model: str = Field(
        "auto",
        description="auto, local, none, or provider:name such as openai:gpt-5-mini.",
    )
    base_url: str = Field("", description="An OpenAI-compatible endpoint.")
    api_key: SecretStr = Field(SecretStr(""), description="Its key.")
    capability: Literal["", "clauses", "full"] = Field(
        "", description="What the model is asked for; by default clauses for local, else full."
    )
    timeout_s: float = Field(60.0, gt=0, description="Total time for one model call, in seconds.")
    retries: int = Field(2, ge=0, le=5, description="Tries again after a passing fault.")
    parallel: int = Field(12, ge=1, le=64, description="Calls to an endpoint at the same time.")
    context_tokens: int = Field(
        0, ge=0, description="The model's context; 0 where it is not known."
    )
    local_model_file: Path | None = Field(
        None, description="A GGUF file to use instead of the embedded model's own."
    )
    embedder: str = Field(
        "minilm", description="minilm (bundled), or openai:name of an embeddings endpoint."
    )
    embeddings_base_url: str = Field("", description="The embeddings endpoint, if another one.")
    cache: Path | None = Field(None, description="Where answers and the joined model are kept.")
    database: SecretStr = Field(
        SecretStr(""),
        description="Where briefs and debriefs are kept: sqlite:///FILE or postgresql://…; "
        "by default a file in the workspace's .groundwork/.",
    )
    today: date | None = Field(None, description="Replaces the system's date everywhere.")
    zone: str = Field("", description="The seller's time zone, an IANA name.")

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone:
            try:
                ZoneInfo(zone)
            except (KeyError, ValueError, OSError) as error:
                message = f"no such time zone: {zone!r}; use an IANA name such as Europe/Berlin"
                raise ValueError(message) from error
        return zone


def read_settings(
    flags: Mapping[str, Any] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Read groundwork.toml, then the environment, then `flags` (None means: not given).

    The workspace is the nearest folder with `knowledge/`, upwards from `folder`; without one it is
    `folder` itself. OPENAI_API_KEY and OPENAI_BASE_URL are honoured where no setting says other.

    Raises:
        SettingsError: an unknown setting, or a value of the wrong type; names it and its place.
    """
    environ = os.environ if environ is None else environ
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    workspace = Path(given.pop("workspace", None) or environ.get(f"{_PREFIX}WORKSPACE") or "")
    if workspace == Path():
        workspace = find_workspace(folder or Path.cwd())
    values: dict[str, Any] = {"workspace": workspace.resolve()}
    places = dict.fromkeys(values, "--workspace")
    for place, layer in (
        ("the environment", _openai(environ)),
        (str(workspace / FILE), _file(workspace / FILE)),
        ("the environment", _environment(environ)),
        ("the command line", given),
    ):
        values |= layer
        places |= dict.fromkeys(layer, place)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(error, places)) from error


def find_workspace(folder: Path) -> Path:
    """Return the nearest folder that holds `knowledge/`, from `folder` upwards, else `folder`."""
    for candidate in (folder, *folder.parents):
        if (candidate / "knowledge").is_dir():
            return candidate
    return folder


def _openai(environ: Mapping[str, str]) -> dict[str, Any]:
    names = {"api_key": "OPENAI_API_KEY", "base_url": "OPENAI_BASE_URL"}
    return {name: environ[source] for name, source in names.items() if environ.get(source)}


def _environment(environ: Mapping[str, str]) -> dict[str, Any]:
    return {
        name.removeprefix(_PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(_PREFIX) and value and name != f"{_PREFIX}WORKSPACE"
    }


def _file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from error


def _explain(error: ValidationError, places: Mapping[str, str]) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted(Settings.model_fields))
        return f"{places.get(name, '')}: no setting is called {name!r}; there are: {known}"
    message = first["msg"].removeprefix("Value error, ")
    shown = "" if name in _SECRET else f"; got {first['input']!r}"
    return f"{places.get(name, '')}: {name}: {message}{shown}"

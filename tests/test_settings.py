"""Settings: where they come from, which wins, and what a wrong one is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import find_workspace, read_settings


def test_a_flag_wins_over_the_environment_and_the_environment_over_the_file(tmp_path: Path) -> None:
    """Three layers name the same setting; the one nearest to the person stands."""
    (tmp_path / "groundwork.toml").write_text('model = "none"\nzone = "Europe/Berlin"\nretries = 1')
    environ = {"GROUNDWORK_MODEL": "local", "GROUNDWORK_RETRIES": "3"}

    settings = read_settings({"retries": 4}, environ=environ, folder=tmp_path)

    assert (settings.model, settings.zone, settings.retries) == ("local", "Europe/Berlin", 4)


def test_openai_variables_are_honoured_where_nothing_else_is_set(tmp_path: Path) -> None:
    """A key that other tools use works here too; our own setting wins over it."""
    environ = {
        "OPENAI_API_KEY": "sk-shared",
        "OPENAI_BASE_URL": "https://one.example/v1",
        "GROUNDWORK_BASE_URL": "https://two.example/v1",
    }

    settings = read_settings(environ=environ, folder=tmp_path)

    assert settings.api_key.get_secret_value() == "sk-shared"
    assert settings.base_url == "https://two.example/v1"
    assert "sk-shared" not in repr(settings)


@pytest.mark.parametrize(
    ("environ", "toml", "told"),
    [
        pytest.param({"GROUNDWORK_TIMEOUT_S": "soon"}, "", "timeout_s", id="wrong type"),
        pytest.param({}, "modle = 'none'", "no setting is called 'modle'", id="unknown name"),
        pytest.param({}, "zone = 'Mars/Olympus'", "no such time zone", id="unknown zone"),
        pytest.param({}, "model = ", "cannot be read as TOML", id="broken file"),
        pytest.param({"GROUNDWORK_TODAY": "tomorrow"}, "", "today", id="no date"),
    ],
)
def test_a_wrong_setting_is_named_with_its_place(
    environ: dict[str, str], toml: str, told: str, tmp_path: Path
) -> None:
    """The message says which setting, where it was set, and what is wrong with it."""
    (tmp_path / "groundwork.toml").write_text(toml)

    with pytest.raises(SettingsError) as raised:
        read_settings(environ=environ, folder=tmp_path)

    assert told in str(raised.value)
    assert ("environment" in str(raised.value)) == bool(environ)


def test_a_wrong_key_is_never_shown(tmp_path: Path) -> None:
    """An error about the key does not print the key."""
    (tmp_path / "groundwork.toml").write_text("api_key = [1234567]")

    with pytest.raises(SettingsError) as raised:
        read_settings(environ={}, folder=tmp_path)

    assert "1234567" not in str(raised.value)


def test_the_workspace_is_found_upwards(tmp_path: Path) -> None:
    """A seller stands in a folder of an account; the knowledge is above."""
    (tmp_path / "knowledge").mkdir()
    deep = tmp_path / "accounts" / "tidewater"
    deep.mkdir(parents=True)

    settings = read_settings({"today": date(2026, 1, 2)}, environ={}, folder=deep)

    assert settings.workspace == tmp_path.resolve()
    assert find_workspace(tmp_path) == tmp_path


def test_a_database_address_is_shown_nowhere(tmp_path: Path) -> None:
    """It may hold a password: neither the settings nor a complaint about one repeat it."""
    (tmp_path / "groundwork.toml").write_text('database = ["postgresql://me:s3cret-7x@db/sales"]')

    with pytest.raises(SettingsError) as raised:
        read_settings(environ={}, folder=tmp_path)
    settings = read_settings(
        environ={"GROUNDWORK_DATABASE": "postgresql://me:s3cret-7x@db/sales"},
        folder=tmp_path / "elsewhere",
    )

    assert "s3cret-7x" not in str(raised.value)
    assert "s3cret-7x" not in repr(settings)

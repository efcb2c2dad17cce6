from __future__ import annotations

import pytest

from aisync_desktop.core.settings import SettingRefusedError, Settings, load_settings, parse_value, variable


def test_defaults_need_nothing() -> None:
    assert load_settings({}, {}) == Settings()


def test_the_environment_wins_over_what_is_stored() -> None:
    settings = load_settings({"port": 1, "language": "ko"}, {"AISYNC_PORT": "2", "AISYNC_API": "false"})
    assert (settings.port, settings.language, settings.api) == (2, "ko", False)


def test_a_setting_of_a_newer_program_is_left_alone() -> None:
    assert load_settings({"from_the_future": 1}, {}) == Settings()


@pytest.mark.parametrize(
    ("stored", "environ", "named"),
    [
        ({"port": -1}, {}, "port"),
        ({"language": "tlh"}, {}, "language"),
        ({}, {"AISYNC_RESCAN_IDLE_SECONDS": "soon"}, "rescan_idle_seconds"),
    ],
)
def test_a_bad_value_names_the_setting_and_its_variable(
    stored: dict[str, object], environ: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingRefusedError) as caught:
        load_settings(stored, environ)
    assert named in str(caught.value)
    assert variable(named) in str(caught.value)


@pytest.mark.parametrize(("raw", "value"), [("1", 1), ("true", True), ("ko", "ko"), ('"1"', "1"), ("", "")])
def test_values_are_read_as_a_user_types_them(raw: str, value: object) -> None:
    assert parse_value(raw) == value


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []

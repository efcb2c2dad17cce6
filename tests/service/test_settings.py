from __future__ import annotations

import pytest

from aisync_desktop.kernel.settings import SettingRefusedError, load, parse_value, variable
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.service.settings import NAMES, SECTIONS, UnknownSettingError, require_sound


def test_defaults_need_nothing() -> None:
    assert load(ProgramSettings, {}, {}) == ProgramSettings()


def test_the_environment_wins_over_what_is_stored() -> None:
    settings = load(ProgramSettings, {"port": 1, "language": "ko"}, {"AISYNC_PORT": "2", "AISYNC_API": "false"})
    assert (settings.port, settings.language, settings.api) == (2, "ko", False)


def test_a_setting_of_a_newer_program_is_left_alone() -> None:
    assert load(ProgramSettings, {"from_the_future": 1}, {}) == ProgramSettings()


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
        load(ProgramSettings, stored, environ)
    assert named in str(caught.value)
    assert variable(named) in str(caught.value)


@pytest.mark.parametrize(("raw", "value"), [("1", 1), ("true", True), ("ko", "ko"), ('"1"', "1"), ("", "")])
def test_values_are_read_as_a_user_types_them(raw: str, value: object) -> None:
    assert parse_value(raw) == value


def test_every_setting_is_described() -> None:
    assert [name for one in SECTIONS for name, field in one.model_fields.items() if not field.description] == []


def test_no_two_sections_have_a_setting_of_one_name() -> None:
    assert len(NAMES) == sum(len(section.model_fields) for section in SECTIONS)


def test_a_bad_value_of_one_section_does_not_stop_another() -> None:
    stored: dict[str, object] = {"port": -1}
    assert load(SECTIONS[1], stored, {}) == SECTIONS[1]()


@pytest.mark.parametrize(("name", "value"), [("port", -1), ("policy_mcp", "guess")])
def test_what_is_not_sound_is_refused_before_it_is_kept(name: str, value: object) -> None:
    with pytest.raises(SettingRefusedError, match=name):
        require_sound(name, value)


def test_a_name_that_is_no_settings_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownSettingError, match=r"There is no “no_such_setting”. Known are: .*, port, "):
        require_sound("no_such_setting", None)


def test_no_value_at_all_is_the_default() -> None:
    require_sound("port", None)

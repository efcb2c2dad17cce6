"""All settings, whichever part of the program they are of."""

from __future__ import annotations

from collections.abc import Mapping

from aisync_desktop.kernel.errors import NotThereError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.settings import check, load
from aisync_desktop.kernel.values import Value
from aisync_desktop.program.settings import ProgramSettings, sections
from aisync_desktop.program.store.reads import stored_settings
from aisync_desktop.program.world import World

SECTIONS = sections()
NAMES = frozenset(name for section in SECTIONS for name in section.model_fields)


def in_force(stored: Mapping[str, object], environ: Mapping[str, str]) -> dict[str, Value]:
    """Return every setting with its value: the default, what is stored, or what the environment says."""
    found: dict[str, Value] = {}
    for section in SECTIONS:
        found |= load(section, stored, environ).model_dump(mode="json")
    return found


class UnknownSettingError(NotThereError):
    """No setting has that name."""

    def __init__(self, name: str) -> None:
        message = text("setting.unknown.message", name=name, known=", ".join(sorted(NAMES)))
        super().__init__(text("setting.unknown"), message, text("setting.unknown.next"))


def program_in_force(world: World) -> ProgramSettings:
    """Return the settings of the program as a whole, whoever wants them."""
    return stored_settings(world, ProgramSettings)


def language_in_force(world: World) -> str:
    """Return the language that the program is to speak; "system" is that of whoever asks."""
    return program_in_force(world).language


def require_known(name: str) -> None:
    """Refuse a name that is no setting's."""
    if name not in NAMES:
        raise UnknownSettingError(name)


def require_sound(name: str, value: object) -> None:
    """Refuse a value that the setting cannot have, and a name that is no setting's; None is always the default."""
    require_known(name)
    if value is not None:
        check(next(section for section in SECTIONS if name in section.model_fields), {name: value})

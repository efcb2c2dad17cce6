"""Rescue: a database of the program's that SQLite cannot make sense of is set aside, never thrown away.

What can still be read of its settings is for the new one, if it is what it should be. The trail of who did what stays
in the old file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aisync_desktop.database.readable_rows import readable_values
from aisync_desktop.kernel.settings import Section, SettingRefusedError, check
from aisync_desktop.kernel.values import Value


def readable_settings(path: Path, sections: Sequence[type[Section]]) -> dict[str, Value]:
    """Return the settings up to the first that cannot be read, but for values that no section allows."""
    return {name: value for name, value in readable_values(path, "setting") if _is_sound(name, value, sections)}


def _is_sound(name: str, value: Value, sections: Sequence[type[Section]]) -> bool:
    try:
        return any(name in section.model_fields and check(section, {name: value}) for section in sections)
    except SettingRefusedError:
        return False

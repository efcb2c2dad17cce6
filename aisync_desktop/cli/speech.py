"""The language that a command speaks: the setting's, else the terminal's."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

from aisync_desktop.database.errors import StoreError
from aisync_desktop.observe.catalogue import catalogue, language
from aisync_desktop.program.world import World
from aisync_desktop.service.settings import language_in_force


def translator_of(world: World) -> Callable[[str], str]:
    """Return what maps an English template to the user's language."""
    wanted = "system"
    with suppress(StoreError):  # settings that cannot be read hinder no command that does not ask for them
        wanted = language_in_force(world)
    return catalogue(language(wanted, os.environ))

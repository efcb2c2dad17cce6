"""What is stored, for who needs a little of it and nothing else."""

from __future__ import annotations

from contextlib import closing

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.kernel.settings import AnySection, SettingRefusedError, load
from aisync_desktop.program.world import World
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.rescue import SECTIONS


def stored_projects(world: World) -> tuple[str, ...]:
    """Return the root folders of the projects that are kept in step."""
    with closing(Reader.of(world)) as reader:
        return reader.memory().projects


def stored_settings(world: World, section: type[AnySection]) -> AnySection:
    """Return some settings: defaults, what is stored, what the environment says."""
    with closing(Reader.of(world)) as reader:
        return load(section, sound_settings(reader), world.environ)


def sound_settings(reads: Reads) -> dict[str, object]:
    """Return what is stored of the settings; only checked ones are, so what is refused now is damage."""
    stored = reads.settings()
    try:
        for section in SECTIONS:
            load(section, stored, {})
    except SettingRefusedError as error:
        raise DamagedDatabaseError(reads.path) from error
    return stored

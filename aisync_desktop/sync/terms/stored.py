"""What is stored, for who needs a little of it and nothing else."""

from __future__ import annotations

from contextlib import closing

from aisync_desktop.kernel.settings import AnySection, load
from aisync_desktop.program.world import World
from aisync_desktop.sync.store.reader import Reader


def stored_projects(world: World) -> tuple[str, ...]:
    """Return the root folders of the projects that are kept in step."""
    with closing(Reader.of(world)) as reader:
        return reader.memory().projects


def stored_settings(world: World, section: type[AnySection]) -> AnySection:
    """Return some settings: defaults, what is stored, what the environment says."""
    with closing(Reader.of(world)) as reader:
        return load(section, reader.settings(), world.environ)

"""What is stored, for who needs a little of it and nothing else."""

from __future__ import annotations

from contextlib import closing

from aisync_desktop.program.world import World
from aisync_desktop.sync.store.reader import Reader


def stored_projects(world: World) -> tuple[str, ...]:
    """Return the root folders of the projects that are kept in step."""
    with closing(Reader.of(world)) as reader:
        return reader.memory().projects

"""The status of the whole: that of sync, and a section of each other wing that has something to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path

from pydantic import Field, SerializeAsAny

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.kernel.status import StatusSection
from aisync_desktop.program.world import World
from aisync_desktop.sync.model.status import Status
from aisync_desktop.sync.reports.metrics import ClientFigures, client_figures
from aisync_desktop.sync.store.reader import Reader

# By wing: where its section is made, as `module:function`, looked up when a status is asked for. The function takes
# the world and returns a StatusSection, or None where there is nothing to say; it only reads, from whatever thread.
SECTIONS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """Published on the bus when things stand otherwise than before; who wants to know how asks."""


class WholeStatus(Status):
    """How everything stands. A wing that has nothing to say takes no room, as if it were not there."""

    synced: Mapping[str, ClientFigures] = Field(
        {}, exclude_if=lambda synced: not synced, description="By client, how it was synced in the last day."
    )
    wings: Mapping[str, SerializeAsAny[StatusSection]] = Field({}, exclude_if=lambda wings: not wings)


def whole_status(status: Status, world: World) -> WholeStatus:
    """Join the status of sync with what the other wings say."""
    return WholeStatus(**dict(status), synced=_synced(world), wings=dict(_sections(world)))


class _Figures:
    """Those that were told last, of which database as of when: they take longer than all else, and are asked for often.

    One slot, put in place at once: whichever threads ask, each has what belongs together.
    """

    latest: tuple[tuple[Path, object, object, int], Mapping[str, ClientFigures]] | None = None


def _synced(world: World) -> Mapping[str, ClientFigures]:
    """Return how each client was synced in the last day, to the minute: anew where the database was written to."""
    now, log = world.clock.now(), world.database.with_name(f"{world.database.name}-wal")
    as_of = world.database, _written(world.database), _written(log), int(now.timestamp()) // 60
    latest = _Figures.latest
    if latest is None or latest[0] != as_of:
        latest = _Figures.latest = as_of, _looked_up(world, now)
    return latest[1]


def _written(path: Path) -> object:
    """Return what changes when a file is written to; SQLite touches what else there is to a file by reading alone."""
    with suppress(OSError):
        found = path.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns
    return None


def _looked_up(world: World, now: dt.datetime) -> Mapping[str, ClientFigures]:
    """Look them up; what is wrong with a database that does not tell, the status says itself."""
    with suppress(WorldError), closing(Reader.of(world)) as reader:
        return client_figures(reader, now)
    return {}


def _sections(world: World) -> Iterator[tuple[str, StatusSection]]:
    """Yield what each wing says; one that cannot say how it stands says why instead."""
    for wing, found_at in SECTIONS.items():
        module, _, function = found_at.partition(":")
        try:
            section: StatusSection | None = getattr(import_module(module), function)(world)
        except WorldError as error:
            section = StatusSection(headline=error.title, problems=(problem_of(error),))
        if section is not None:
            yield wing, section

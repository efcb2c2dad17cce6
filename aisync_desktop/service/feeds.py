"""All feeds as one stream, for whoever follows what happens: where it has come to is one text, for all of them.

A follower that is too late for a feed, or knows another one, is told so (`Missed`) and goes on at its end:
how things stand by then it asks for, instead of playing it all again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from importlib import import_module
from pathlib import Path
from typing import Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict, JsonValue

from aisync_desktop.database.feed import Batch, Cursor, Entry, Gap
from aisync_desktop.program.world import World

# By feed: what reads it, as `module:class`; it has `of(world)`, and is looked up when somebody follows.
FEEDS: dict[str, str] = {
    "sync": "aisync_desktop.sync.store.reader:Reader",
    "program": "aisync_desktop.program.store.reads:ProgramReader",
}
_BATCH = 100
Cursors: TypeAlias = Mapping[str, Cursor]


class FeedReader(Protocol):
    """A store that is open to be read."""

    @property
    def path(self) -> Path:
        """Where its file is."""
        ...

    def happened(self, after: Cursor | None, limit: int) -> Batch:
        """Return what happened after a cursor."""
        ...

    def latest_cursor(self) -> Cursor:
        """Return the cursor of who has seen everything."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class Told(BaseModel):
    """Something that happened: in which feed, what it is about, who asked for it, when, and what more there is."""

    model_config = ConfigDict(frozen=True)
    feed: str
    type: str
    target: str
    actor: str
    at: dt.datetime
    detail: Mapping[str, JsonValue]


class Missed(BaseModel):
    """Something may have happened in a feed that is not told; `why` is a Gap."""

    model_config = ConfigDict(frozen=True)
    feed: str
    why: Gap


class Follower:
    """Follows all feeds; `where` is where it has come to, from which another one can go on."""

    def __init__(self, world: World, where: str | None = None) -> None:
        self._world = world
        self._cursors: dict[str, Cursor] = {} if where is None else _cursors(where)
        self._unknown: list[str] = []
        with ExitStack() as opened:
            for name, reader in _opened(world, opened):
                if name not in self._cursors:
                    self._cursors[name] = reader.latest_cursor()
                    self._unknown += [] if where is None else [name]

    @property
    def where(self) -> str:
        """Where it has come to: what was told until now lies before. A feed that something is missed of is left out."""
        told = {name: cursor for name, cursor in self._cursors.items() if name not in self._unknown}
        return ",".join(f"{name}={cursor}" for name, cursor in told.items())

    def follow(self) -> Iterator[tuple[str, Told | Missed]]:
        """Yield what is new, each with where one is after it; some at a time, until there is nothing."""
        while self._unknown:
            name = self._unknown.pop()
            yield self.where, Missed(feed=name, why=Gap.ANEW)
        with ExitStack() as opened:
            for name, reader in _opened(self._world, opened):
                yield from self._read(name, reader)

    def _read(self, name: str, reader: FeedReader) -> Iterator[tuple[str, Told | Missed]]:
        batch = reader.happened(self._cursors.get(name), _BATCH)
        if batch.gap:
            self._cursors[name] = reader.latest_cursor()
            yield self.where, Missed(feed=name, why=batch.gap)
            return
        for entry in batch.entries:
            self._cursors[name] = Cursor(batch.cursor.epoch, entry.number)
            yield self.where, _told(name, entry)


def _told(feed: str, entry: Entry) -> Told:
    return Told.model_validate(
        {
            "feed": feed,
            "type": entry.type,
            "target": entry.target,
            "actor": entry.actor,
            "at": entry.at,
            "detail": entry.detail,
        }
    )


def _cursors(where: str) -> dict[str, Cursor]:
    """Read what `where` said; what makes no sense is left out."""
    pairs = (part.partition("=") for part in where.split(","))
    return {name: cursor for name, _, shown in pairs if name in FEEDS and (cursor := Cursor.parse(shown))}


def _opened(world: World, opened: ExitStack) -> Iterator[tuple[str, FeedReader]]:
    """Yield the feeds, open until the stack ends: nobody holds a descriptor while it waits.

    One whose file is not there, for a moment or not yet, has nothing to tell.
    """
    for name, found_at in FEEDS.items():
        module, _, kind = found_at.partition(":")
        reader: FeedReader = getattr(import_module(module), kind).of(world)
        if reader.path.exists():
            yield name, opened.enter_context(closing(reader))

"""Writing a feed: events become rows in the transaction of what they tell of, and readers are woken after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from peewee import SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.feed import FeedRow, begin_epoch
from aisync_desktop.database.rows import insert_row
from aisync_desktop.database.writer import Writer
from aisync_desktop.kernel.actors import USER
from aisync_desktop.kernel.event import Event
from aisync_desktop.kernel.ports import Clock


def _nobody() -> None:
    """Nobody listens."""


class FeedWriter:
    """Tells what happens in a store, of the store's own thread.

    Attributes: `actor` (who asks for what happens now, unless the program does something by itself), `on_told` (called
    when rows are on the disk).
    """

    def __init__(self, writer: Writer, clock: Clock) -> None:
        self.actor = USER
        self.on_told: Callable[[], object] = _nobody
        self._writer = writer
        self._clock = clock
        self._waiting: tuple[Event, ...] = ()
        self._told = 0  # in the transaction that runs

    @contextmanager
    def changing(self) -> Iterator[SqliteDatabase]:
        """Give the connection for one transaction that changes something: what waits to be told goes with it."""
        self._told = 0
        with self._writer.writing() as db:
            for event in self._waiting:
                self.tell(db, event)
            yield db
        self._waiting = ()
        if self._told:
            self.on_told()

    def tell(self, db: SqliteDatabase, event: Event, by: str = "") -> None:
        """Tell what happens in the transaction that runs; `by` whom, where that is not who asks now."""
        self._told += 1
        row = {"type": event.type, "target": event.target, "actor": by or self.actor, "detail": event.detail()}
        insert_row(db, FeedRow, {**row, "at": self._clock.now()})

    @contextmanager
    def telling(self, *events: Event) -> Iterator[None]:
        """Have events told in the first transaction of the block that changes something, or after it if none does.

        Where the block fails before that, they have not happened.
        """
        self._waiting = (*self._waiting, *events)
        try:
            yield
        except BaseException:
            self._waiting = tuple(one for one in self._waiting if not _is_one_of(one, events))
            raise
        if any(_is_one_of(one, events) for one in self._waiting):
            with self.changing():
                pass

    @contextmanager
    def asked_by(self, actor: str) -> Iterator[None]:
        """Have what happens in the block be told as asked for by somebody."""
        before, self.actor = self.actor, actor
        try:
            yield
        finally:
            self.actor = before

    def begin_epoch(self) -> None:
        """Begin a new epoch, where a reader has seen more than there is: an earlier state of the file was put back."""
        with self._writer.writing() as db:
            begin_epoch(raw(db))


def _is_one_of(event: Event, events: Iterable[Event]) -> bool:
    """Whether it is the very same: another one may say the same."""
    return any(event is one for one in events)

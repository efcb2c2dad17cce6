"""The program's store: the one write connection, owned by the thread that opened it.

That is the thread that owns sync's: settings are written by request there, or by a command that holds the instance
lock. Every method that writes is one transaction that is on the disk when it returns, or did not happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Self, cast

from peewee import SqliteDatabase
from pydantic import JsonValue

from aisync_desktop.database.asides import Kind, aside_name, move_aside, thin_out, with_side
from aisync_desktop.database.connection import raw
from aisync_desktop.database.feed import Batch, drop_oldest
from aisync_desktop.database.feed_writer import FeedWriter
from aisync_desktop.database.in_place import RESCUED, clear_away, put_in_place
from aisync_desktop.database.rows import insert_row, insert_rows, put_rows
from aisync_desktop.database.writer import Writer, WritingStore, opened
from aisync_desktop.files.errors import file_problems
from aisync_desktop.kernel.actors import PROGRAM
from aisync_desktop.kernel.event import Event
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.program.events import SettingChanged
from aisync_desktop.program.store.carried import Carried
from aisync_desktop.program.store.migrations import KNOWN, migrations
from aisync_desktop.program.store.models import Audit, Fact, FeedCursor, Setting
from aisync_desktop.program.store.reads import BEGUN_ANEW, GAP, ProgramReader, ProgramReads
from aisync_desktop.program.store.token_table import TokenTable


class ProgramStore(WritingStore, ProgramReads):
    """The database with its only write connection. Made by `open`, and used by, one thread."""

    def __init__(self, path: Path, sync_database: Path, clock: Clock, db: SqliteDatabase) -> None:
        super().__init__(path)
        self._sync_database = sync_database
        self._clock = clock
        self._writer = Writer(path, clock, migrations(sync_database), db)
        self.feed = FeedWriter(self._writer, clock)
        self.token_table = TokenTable(self.feed, self._tell, self.tokens)

    @classmethod
    def open(cls, path: Path, sync_database: Path, clock: Clock) -> Self:
        """Open or make the database, with what sync's carries for it; StoreError when that cannot be."""
        return cls(path, sync_database, clock, opened(path, clock, migrations(sync_database)))

    def require_readable(self) -> None:
        """Refuse a file that whoever opens it now cannot read: our own connection may go on for long from memory."""
        self._writer.require_filled()
        with closing(ProgramReader(self.path, self._sync_database)) as reader:
            reader.settings()

    def require_filled(self) -> None:
        """Refuse a file that was emptied under us."""
        self._writer.require_filled()

    def set_setting(self, name: str, value: object) -> None:
        """Store a setting; None goes back to the default."""
        with self.feed.changing() as db:
            if value is None:
                Setting.delete().where(Setting.name == name).execute(db)
            else:
                put_rows(db, Setting, [{"name": name, "value": value}], key=("name",), update=("value",))
            self._tell(db, SettingChanged(target=name, value=cast("JsonValue", value)))
            drop_oldest(raw(db))

    def _tell(self, db: SqliteDatabase, event: Event) -> None:
        """Tell of what happens here, and have it in the audit trail at once: that is in the same file."""
        self.feed.tell(db, event)
        row = {"actor": self.feed.actor, "action": event.type, "target": event.target, "detail": event.detail()}
        insert_row(db, Audit, {**row, "created_at": self._clock.now()})

    @classmethod
    def begin_anew(cls, path: Path, clock: Clock, settings: Mapping[str, object]) -> None:
        """Put a new database with these settings in its place; a damaged one that is there is set aside.

        The new one is whole before the old one is moved: whoever is cut off anywhere loses nothing of it.
        """
        fresh, aside = with_side(path, RESCUED), aside_name(path, Kind.DAMAGED, clock.now())
        clear_away(fresh)
        with closing(cls.open(fresh, with_side(fresh, ".nothing"), clock)) as store:
            store.take_over(settings, aside.name if path.exists() else None)
        with file_problems(path):
            move_aside(path, aside)
            put_in_place(fresh, path)
        thin_out(path, Kind.DAMAGED, KNOWN, aside)

    def told_of_anew(self) -> None:
        """Have it told no more that this database was begun anew."""
        with self._writing() as db:
            Fact.delete().where(Fact.name == BEGUN_ANEW).execute(db)

    def take_over(self, settings: Mapping[str, object], aside: str | None = None) -> None:
        """Store settings that were rescued, or are remembered; `aside` is what the damaged database is called now.

        All of it is in the one file when this returns: that alone takes the place of the damaged one.
        """
        rows = [{"name": name, "value": value} for name, value in settings.items()]
        with self._writing() as db:
            put_rows(db, Setting, rows, key=("name",), update=("value",))
            if aside is not None:
                put_rows(db, Fact, [{"name": BEGUN_ANEW, "value": aside}], key=("name",), update=("value",))
        self._writer.fold()

    def take_in(self, feed: str, batch: Batch) -> None:
        """Take what happened into the audit trail, and remember how far that goes, as one."""
        rows = [
            {"actor": one.actor, "action": one.type, "target": one.target, "detail": one.detail, "created_at": one.at}
            for one in batch.entries
        ]
        with self._writing() as db:
            if batch.gap:
                gap = {"actor": PROGRAM, "action": GAP, "target": feed, "detail": {"why": batch.gap.value}}
                insert_row(db, Audit, {**gap, "created_at": self._clock.now()})
            insert_rows(db, Audit, rows)
            reached = {"feed": feed, "epoch": batch.cursor.epoch, "number": batch.cursor.number}
            put_rows(db, FeedCursor, [reached], key=("feed",), update=("epoch", "number"))

    def take_carried(self, carried: Carried) -> None:
        """Take over what sync's database carries: it may be another one than when this store came to be."""
        with self._writing() as db:
            carried.put_into(raw(db))

"""What can be read, by the writer and by readers alike; where the connection comes from is theirs."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from peewee import SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import DamagedDatabaseError, MisreadError
from aisync_desktop.database.feed import FeedReads
from aisync_desktop.database.fields import read_moment
from aisync_desktop.database.migrating import back_up
from aisync_desktop.database.prepared_queries import read_all
from aisync_desktop.files.protocol import ABSENT
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.keys import DataKeys, KeyRef, Place, key_file
from aisync_desktop.secrets.safe import Kept
from aisync_desktop.sync.store import kept_secrets, logs, metrics, small_tables, snapshots, syncs, versions
from aisync_desktop.sync.store.blobs import Blobs, name_of
from aisync_desktop.sync.store.metrics import Figures
from aisync_desktop.sync.store.models import TABLES
from aisync_desktop.sync.store.records import (
    ClientRecord,
    DecisionRecord,
    Endpoint,
    JournalEntry,
    LogEntry,
    LogQuery,
    Memory,
    Snapshot,
    SnapshotInfo,
    SyncRecord,
    VersionRecord,
    WayTo,
)

ADOPTED_AT = "adopted_at"
PROJECTS = "projects"
REACH, CONSENTS, RENAMES, PAUSE, PROPOSALS = "reach", "consents", "renames", "pause", "proposals"
LOST_TEXTS = "lost_texts"
PROBLEMS = "problems"
DATA_KEY = "data_key"
BEGUN_ANEW = "begun_anew"
_PAGE = 100


class Reads(FeedReads, ABC):
    """The reading methods. Each sees one state of the database; all raise StoreError only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def _data_keys(self) -> DataKeys:
        """Find the keys, asking the keyring at the first call only."""

    def memory(self) -> Memory:
        """Return what the engine knew when it last ran."""
        with self._reading() as db:
            adopted, projects = small_tables.fact(db, ADOPTED_AT), small_tables.fact(db, PROJECTS)
            return Memory(
                adopted_at=None if adopted is None else _moment(adopted),
                projects=_roots(projects),
                snapshots=snapshots.newest_of_each(db, self.path),
                bases=syncs.bases(db),
                present=syncs.present(db),
                reach=small_tables.fact(db, REACH),
                consents=small_tables.fact(db, CONSENTS),
                renames=small_tables.fact(db, RENAMES),
                questions=small_tables.open_decisions(db),
            )

    def pause(self) -> Value:
        """Return what was remembered of a pause, None for none."""
        with self._reading() as db:
            return small_tables.fact(db, PAUSE)

    def proposals(self) -> Value:
        """Return what was remembered of proposals, None for none."""
        with self._reading() as db:
            return small_tables.fact(db, PROPOSALS)

    def snapshots(
        self, limit: int = _PAGE, before: int | None = None, scope: str | None = None
    ) -> tuple[SnapshotInfo, ...]:
        """Return snapshots without payload, newest first."""
        with self._reading() as db:
            return snapshots.page(db, limit, before, scope)

    def latest(self, scope: str) -> int:
        """Return the number of a scope's latest snapshot; 0 where there is none."""
        with self._reading() as db:
            newest = snapshots.latest(db, scope)
            return newest.id if newest else 0

    def snapshot(self, number: int) -> Snapshot | None:
        """Return one snapshot with payload and diff, None if there is no such."""
        with self._reading() as db:
            return snapshots.read(db, number, self.path)

    def diffs(self, numbers: Sequence[int]) -> dict[int, Value]:
        """Return, by snapshot, what it changed in its parent."""
        with self._reading() as db:
            return snapshots.diffs(db, numbers)

    def targets_of(self, numbers: Sequence[int]) -> dict[int, tuple[JournalEntry, ...]]:
        """Return, by snapshot, the targets of every sync that brought files to it."""
        with self._reading() as db:
            return syncs.targets_of(db, numbers)

    def ways_to(self, numbers: Sequence[int]) -> dict[int, WayTo]:
        """Return, by snapshot, how it came to be."""
        with self._reading() as db:
            return syncs.ways_to(db, numbers)

    def figures(self, since: dt.datetime, until: dt.datetime) -> Figures:
        """Return what was counted in the hours that begin between two moments, and what ever was."""
        with self._reading() as db:
            return metrics.figures(db, since, until)

    def sync_events(self, limit: int = _PAGE, before: int | None = None) -> tuple[SyncRecord, ...]:
        """Return syncs, newest first."""
        with self._reading() as db:
            return syncs.page(db, limit, before)

    def targets(self, sync_id: int) -> tuple[JournalEntry, ...]:
        """Return what a sync meant to replace, with what became of it."""
        with self._reading() as db:
            return syncs.targets(db, sync_id)

    def unfinished(self) -> tuple[JournalEntry, ...]:
        """Return the targets whose end is not known: after a crash, what to look at first."""
        with self._reading() as db:
            return syncs.targets(db)

    def unfinished_syncs(self) -> tuple[int, ...]:
        """Return the syncs whose end is not known."""
        with self._reading() as db:
            return syncs.running(db)

    def versions(self, path: str, limit: int = _PAGE, before: int | None = None) -> tuple[VersionRecord, ...]:
        """Return the versions of a path, newest first."""
        with self._reading() as db:
            return versions.page(db, path, limit, before)

    def files_as_of(self, snapshot: int) -> dict[str, str]:
        """Return the names of what files held when a snapshot was the latest, as far as they were seen."""
        with self._reading() as db:
            sync_id = syncs.last_with(db, snapshot)
            return versions.as_of(db, sync_id) if sync_id is not None else {}

    def files_at_first_sight(self) -> dict[str, str]:
        """Return the names of what the files that we wrote to held at first sight."""
        with self._reading() as db:
            return versions.at_first_sight(db)

    def version(self, number: int) -> VersionRecord | None:
        """Return one version of a file, None if there is no such."""
        with self._reading() as db:
            return versions.read(db, number)

    def lost_texts(self) -> dict[str, str]:
        """Return the files that lack text of an earlier version, with that version's name."""
        with self._reading() as db:
            found = small_tables.fact(db, LOST_TEXTS)
            return {path: str(name) for path, name in found.items()} if isinstance(found, dict) else {}

    def version_paths(self) -> tuple[str, ...]:
        """Return every path that has versions."""
        with self._reading() as db:
            return versions.paths(db)

    def blob(self, name: str) -> bytes:
        """Return the bytes that a version's hash names."""
        keys = self._data_keys()
        with self._reading() as db:
            return Blobs(db, keys, self.path).get(name)

    def name(self, hashed: str) -> str:
        """Return the form in which the database knows a content hash."""
        return name_of(self._data_keys(), hashed) if hashed != ABSENT else ABSENT

    def fingerprint_key(self) -> bytes:
        """Return the key that names secrets in sealed items; ask for it only when one was found."""
        return self._data_keys().fingerprints

    def key_file(self) -> Path | None:
        """Return where the data key lies in the open; None where a keyring has it, or where there is none yet."""
        with self._reading() as db:
            ref = key_ref(db)
        return key_file(self.path.parent, ref.id) if ref and ref.place is Place.FILE else None

    def value_key(self) -> bytes:
        """Return the key that encrypts the values of secrets; ask for it only when there is one."""
        return self._data_keys().values

    def kept_secrets(self) -> tuple[Kept, ...]:
        """Return what the safe keeps, and where."""
        with self._reading() as db:
            return kept_secrets.entries(db)

    def clients(self) -> tuple[ClientRecord, ...]:
        """Return the registered clients by priority."""
        with self._reading() as db:
            return small_tables.clients(db)

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return every endpoint as last seen."""
        with self._reading() as db:
            return syncs.endpoints(db)

    def open_decisions(self) -> tuple[DecisionRecord, ...]:
        """Return what waits for the user, oldest question first."""
        with self._reading() as db:
            return small_tables.open_decisions(db)

    def logs(self, query: LogQuery | None = None) -> tuple[LogEntry, ...]:
        """Return log lines, newest first."""
        with self._reading() as db:
            return logs.page(db, query or LogQuery())

    def log_ids(self, query: LogQuery | None = None) -> array[int]:
        """Return the ids of all lines that match, newest first (`limit` is not heeded)."""
        with self._reading() as db:
            return logs.ids(db, query or LogQuery())

    def logs_by_id(self, wanted: list[int]) -> dict[int, LogEntry]:
        """Return lines by id."""
        with self._reading() as db:
            return logs.by_ids(db, wanted)

    def back_up(self, target: Path) -> None:
        """Copy the database as it is now into one private file; the data key is not in it."""
        with self._reading() as db:
            back_up(raw(db), target)

    def begun_anew(self) -> str | None:
        """Return where the damaged database is that this one came for, "" for nowhere, None if that was told."""
        with self._reading() as db:
            stored = small_tables.fact(db, BEGUN_ANEW)
        return str(stored["aside"]) if isinstance(stored, dict) else None

    def key_ref(self) -> KeyRef | None:
        """Return which key the database was made with, None while it needed none."""
        with self._reading() as db:
            return key_ref(db)

    def require_sound(self) -> None:
        """Refuse to go on with a broken file, or with rows that we never wrote so; reads all of it."""
        if not self.is_sound():
            raise DamagedDatabaseError(self.path)
        with self._reading() as db:
            for table in TABLES:
                read_all(db, table)
            snapshots.require_all(db, self.path)

    def is_sound(self) -> bool:
        """Say whether SQLite finds its file whole; reads all of it."""
        with self._reading() as db:
            return bool(raw(db).execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def key_ref(db: SqliteDatabase) -> KeyRef | None:
    """Return which key the database was made with, None while it needed none."""
    match small_tables.fact(db, DATA_KEY):
        case None:
            return None
        case {"id": str() as name, "place": str() as place} if place in list(Place):
            return KeyRef(name, Place(place))
        case _:  # another key in its stead would read nothing that this one wrote
            raise MisreadError(DATA_KEY)


def _moment(stored: Value) -> dt.datetime:
    if not isinstance(stored, str):
        raise MisreadError(ADOPTED_AT)
    return read_moment(stored)


def is_root(stored: Value) -> bool:
    """Whether a value can be the root folder of a project."""
    return isinstance(stored, str) and "\0" not in stored and Path(stored).is_absolute()


def _roots(stored: Value) -> tuple[str, ...]:
    if stored is None:
        return ()
    if not isinstance(stored, list) or not all(map(is_root, stored)):
        raise MisreadError(PROJECTS)
    return tuple(cast("list[str]", stored))


def put_key_ref(db: SqliteDatabase, ref: KeyRef) -> None:
    """Remember which key the database is made with."""
    small_tables.put_fact(db, DATA_KEY, {"id": ref.id, "place": ref.place.value})

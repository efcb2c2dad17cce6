"""The store: the one write connection, owned by the thread that opened it (the engine's).

Every method that writes is one transaction that is on the disk when it returns, or did not happen. Methods take and
give plain values (records.py). What a sync is about to destroy is durable before `begin_sync` returns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

from peewee import SqliteDatabase

from aisync_desktop.database.asides import Kind, aside_name, move_aside, thin_out, with_side
from aisync_desktop.database.connection import raw
from aisync_desktop.database.feed import drop_oldest
from aisync_desktop.database.feed_writer import FeedWriter
from aisync_desktop.database.in_place import RESCUED, clear_away, put_in_place
from aisync_desktop.database.migrating import pending, transaction
from aisync_desktop.database.writer import Writer, WritingStore, opened
from aisync_desktop.files.errors import file_problems
from aisync_desktop.files.places import PROGRAM_DATABASE
from aisync_desktop.kernel.actors import PROGRAM, USER
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.values import Value
from aisync_desktop.program.store.carried import Carried, carries, hand_over
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.errors import SecretsError
from aisync_desktop.secrets.keys import DataKeys, KeyRef, KeyRing, Place, ReadyKey
from aisync_desktop.secrets.references import SEALED
from aisync_desktop.secrets.safe import Kept
from aisync_desktop.sync.model.events import (
    BY_ITSELF,
    Exported,
    ProblemBegan,
    ProblemEnded,
    ProjectAdded,
    ProjectRemoved,
)
from aisync_desktop.sync.store import kept_secrets, lived_time, logs, metrics, small_tables, snapshots, syncs, versions
from aisync_desktop.sync.store.blobs import Blobs
from aisync_desktop.sync.store.lived_time import Border
from aisync_desktop.sync.store.migrations import KNOWN, MIGRATIONS
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.reads import (
    ADOPTED_AT,
    BEGUN_ANEW,
    CONSENTS,
    LOST_TEXTS,
    PAUSE,
    PROBLEMS,
    PROJECTS,
    PROPOSALS,
    REACH,
    RENAMES,
    Reads,
    put_key_ref,
)
from aisync_desktop.sync.store.records import (
    BaseUpdate,
    ClientRecord,
    NewDecision,
    NewVersion,
    Payload,
    SyncEnd,
    SyncStart,
    TargetEnd,
    TargetState,
)
from aisync_desktop.sync.store.rescue import Rescued
from aisync_desktop.sync.store.retention import Pruned, prune


class Store(WritingStore, Reads):
    """The database with its only write connection. Made by `open`, and used by, one thread."""

    def __init__(self, path: Path, clock: Clock, ring: KeyRing, db: SqliteDatabase) -> None:
        super().__init__(path)
        self._clock = clock
        self._ring = ring
        self._writer = Writer(path, clock, MIGRATIONS, db)
        self._writer.on_moved = self._moved
        self.feed = FeedWriter(self._writer, clock)
        self._keys: DataKeys | None = None
        self._ready: ReadyKey | None = None  # names secrets while nothing is written with it
        self._kept: Blobs | None = None

    @classmethod
    def open(cls, path: Path, clock: Clock, keys: KeyRing) -> Self:
        """Open or make the database and bring it up to date; StoreError when that cannot be."""
        store = cls(path, clock, keys, opened(path, clock, MIGRATIONS, partial(_give_program_its_own, path, clock)))
        store._hold_key()
        return store

    def _hold_key(self) -> None:
        """Have a key in memory that is in a file beside the database: who takes the folder away takes both."""
        ref = self.key_ref()
        if ref and ref.place is Place.FILE:
            with suppress(SecretsError):  # told when it is needed
                self._data_keys()

    @property
    def key(self) -> KeyRef | None:
        """The key in use, if any was needed yet."""
        return self._keys.ref if self._keys else None

    def use_keyring(self, *, wanted: bool) -> None:
        """Have a key that is made from now on kept in the keyring, or never."""
        self._ring.uses_vault = wanted

    def require_readable(self) -> None:
        """Refuse a file that whoever opens it now cannot read: our own connection may go on for long from memory."""
        self._writer.require_filled()
        with closing(Reader(self.path, self._ring)) as reader:
            reader.pause()

    def _moved(self, db: SqliteDatabase) -> None:
        """Have all that knows the connection, or lies beside the file, follow it."""
        if self._kept:
            self._kept.moved(db)
        if self._keys:
            self._ring.keep_file(self._keys.ref)

    def begin_sync(self, start: SyncStart) -> int:
        """Write down, as one, all that a sync is about to do and to destroy; return its id."""
        blobs = self._blobs()
        now = self._clock.now()
        if start.triggered_by == USER:
            start = replace(start, triggered_by=self.feed.actor)
        with self.feed.changing() as db:
            sync_id = syncs.begin(db, start, self._snapshot(db, start, now), now)
            versions.insert(db, blobs, start.versions, sync_id, now)
            syncs.add_targets(db, sync_id, start.targets, self.name)
            syncs.put_bases(db, start.bases, now)
            syncs.put_endpoints(db, start.endpoints, self.name, now)
        return sync_id

    def finish_target(
        self, sync_id: int, path: str, outcome: TargetState, bases: Sequence[BaseUpdate] = (), detail: str = ""
    ) -> None:
        """Write down what became of a file, with what endpoints now agree on."""
        with self._writing() as db:
            self._end_targets(db, sync_id, [TargetEnd(path, outcome, tuple(bases), detail)])

    def finish_sync(self, sync_id: int, end: SyncEnd) -> None:
        """Write down, as one, how a sync ended, what it wrote, and what is told of it."""
        blobs, now = self._blobs() if end.written else None, self._clock.now()
        with self.feed.changing() as db:
            if not syncs.finish(db, sync_id, end.status, now, end.took):
                raise BugError("no such sync")
            self._end_targets(db, sync_id, end.targets)
            if blobs is not None:
                versions.insert(db, blobs, end.written, sync_id, now)
            for line in end.lines:
                logs.insert(db, line.level, line.message, line.context, sync_id, now)
            synced = syncs.told(db, sync_id)
            self.feed.tell(db, synced, by=PROGRAM if synced.asked in BY_ITSELF else synced.asked)

    def _end_targets(self, db: SqliteDatabase, sync_id: int, targets: Iterable[TargetEnd]) -> None:
        for target in targets:
            if not syncs.finish_target(db, sync_id, target.path, target.state, target.detail):
                raise BugError("no such target")
            syncs.put_bases(db, target.bases, self._clock.now())

    def keep_version(self, path: str, data: bytes | None, reason: str, actor: str, sync_id: int | None = None) -> None:
        """Keep what a path holds or held; on the disk when this returns."""
        self.keep_versions([NewVersion(path, data, reason, actor)], sync_id)

    def keep_versions(self, new: Sequence[NewVersion], sync_id: int | None = None) -> None:
        """Keep what several paths hold or held, as one."""
        if not new:  # and no key is made for nothing
            return
        blobs = self._blobs()
        with self._writing() as db:
            versions.insert(db, blobs, new, sync_id, self._clock.now())

    def set_adopted(self, at: dt.datetime | None) -> None:
        """Remember since when we may write to the clients' files; None is: not (any more)."""
        with self.feed.changing() as db:
            small_tables.put_fact(db, ADOPTED_AT, at.isoformat() if at else None)

    def set_projects(self, roots: Sequence[str]) -> None:
        """Remember the root folders of the projects that are kept in step."""
        with self.feed.changing() as db:
            before = set(map(str, kept)) if isinstance(kept := small_tables.fact(db, PROJECTS), list) else set()
            small_tables.put_fact(db, PROJECTS, list(roots))
            for root in sorted(before.symmetric_difference(roots)):
                self.feed.tell(db, ProjectRemoved(target=root) if root in before else ProjectAdded(target=root))

    def set_reach(self, reach: Payload) -> None:
        """Remember what is kept in step where."""
        with self.feed.changing() as db:
            small_tables.put_fact(db, REACH, dict(reach))

    def set_consents(self, consents: Payload) -> None:
        """Remember which secrets may go where."""
        self._keep_key_for(consents)
        with self.feed.changing() as db:
            small_tables.put_fact(db, CONSENTS, dict(consents))

    def set_renames(self, renames: Payload) -> None:
        """Remember the new names that have not come everywhere yet."""
        with self.feed.changing() as db:
            small_tables.put_fact(db, RENAMES, dict(renames))

    def put_secrets(self, entries: Iterable[Kept]) -> None:
        """Write down what the safe keeps where."""
        self._keep_key_for(entries := tuple(entries))
        with self.feed.changing() as db:
            kept_secrets.put(db, entries)

    def forget_secret(self, reference: str) -> None:
        """Take a secret out of the safe."""
        with self.feed.changing() as db:
            kept_secrets.forget(db, reference)

    def set_pause(self, value: Value) -> None:
        """Remember a pause; None ends it."""
        with self.feed.changing() as db:
            small_tables.put_fact(db, PAUSE, value)

    def set_proposals(self, proposals: Sequence[Payload]) -> None:
        """Remember what assistants asked for and only a person settles."""
        self._keep_key_for(proposals)
        with self.feed.changing() as db:
            small_tables.put_fact(db, PROPOSALS, [dict(one) for one in proposals])

    def put_problems(self, found: AbstractSet[tuple[str, str]], *, lasting: bool) -> None:
        """Tell what is wrong by code and place: what is new where it is `lasting`, and what is not found any more.

        What was told is remembered, over a restart, too: it began once, and ends once.
        """
        with self._reading() as db:
            known = small_tables.pairs(db, PROBLEMS)
        now = found if lasting else found & known
        if now == known:
            return
        with self.feed.changing() as db:
            small_tables.put_fact(db, PROBLEMS, [[*one] for one in sorted(now)])
            for code, path in sorted(now - known):
                logs.insert(db, "error", code, {"path": path}, None, self._clock.now())
                self.feed.tell(db, ProblemBegan(target=path, code=code), by=PROGRAM)
            for code, path in sorted(known - now):
                self.feed.tell(db, ProblemEnded(target=path, code=code), by=PROGRAM)

    def set_lost_texts(self, names: Mapping[str, str]) -> None:
        """Remember which files lack text of which earlier version."""
        with self._writing() as db:
            small_tables.put_fact(db, LOST_TEXTS, dict(names))

    def register_clients(self, clients: Sequence[ClientRecord]) -> None:
        """Add or update clients; endpoints can only be of registered ones."""
        with self._writing() as db:
            small_tables.put_clients(db, clients, self._clock.now())

    def put_decisions(self, decisions: Sequence[NewDecision]) -> None:
        """Make exactly these the open decisions; the same question has the same id for ever."""
        self._keep_key_for(decisions)
        with self.feed.changing() as db:
            for turned in small_tables.put_decisions(db, decisions, self._clock.now()):
                self.feed.tell(db, turned, by=PROGRAM)

    def log(self, level: str, message: str, context: Payload | None = None, sync_id: int | None = None) -> None:
        """Add a log line for people; the context's `client` is what lines can be filtered by."""
        with self._writing() as db:
            logs.insert(db, level, message, context or {}, sync_id, self._clock.now())

    def beat(self) -> dt.timedelta | None:
        """Note that we live, which is what ages are counted by; return by how much the clock jumped, if it did."""
        with self._writing() as db:
            return lived_time.beat(db, self._clock.now())

    def border(self, history: dt.timedelta, log: dt.timedelta) -> Border:
        """Return which rows are older than that, in lived time."""
        with self._reading() as db:
            return lived_time.border(db, history, log)

    def prune(self, border: Border) -> Pruned:
        """Drop what is older, but for what must never go (retention.py)."""
        blobs = self._blobs() if self._has_key() else None  # without a key there are none, and none is made for it
        with self._writing() as db:
            drop_oldest(raw(db))
            pruned = prune(db, blobs, border)
            metrics.drop_old(db)
            return pruned

    def roll_up(self, at_least: int = 1) -> None:
        """Add what has happened to the figures of its hours, where that is at least so many rows."""
        with self._reading() as db:
            left = metrics.unread(db) >= at_least
        while left:
            with self._writing() as db:
                left = metrics.roll_up(db)

    @classmethod
    def begin_anew(cls, path: Path, clock: Clock, keys: KeyRing, rescued: Rescued) -> None:
        """Put a new database with all that was rescued in the place of the damaged one, which is set aside.

        The new one is whole before the old one is moved: whoever is cut off anywhere loses nothing of it.
        """
        fresh, aside = with_side(path, RESCUED), aside_name(path, Kind.DAMAGED, clock.now())
        clear_away(fresh)
        with closing(cls.open(fresh, clock, keys)) as store:
            store.take_over(rescued, aside.name if path.exists() else "")
        with file_problems(path):
            move_aside(path, aside)
            put_in_place(fresh, path)
        thin_out(path, Kind.DAMAGED, KNOWN, aside)

    def told_of_anew(self) -> None:
        """Have it told no more that this database was begun anew."""
        with self._writing() as db:
            small_tables.put_fact(db, BEGUN_ANEW, None)

    def take_over(self, rescued: Rescued, aside: str = "") -> None:
        """Take over what could be read of a damaged database, into this new one; `aside` is its name now.

        All of it is in the one file when this returns: that alone takes the place of the damaged one.
        """
        with self._writing() as db:
            small_tables.put_fact(db, BEGUN_ANEW, {"aside": aside})
            for name, value in rescued.facts.items():
                small_tables.put_fact(db, name, value)
            kept_secrets.put(db, rescued.secrets)
        self._writer.fold()

    def record_export(self, kind: str, file_format: str, path: str, row_count: int, created_by: str) -> None:
        """Write down that something left the database."""
        with self.feed.changing() as db:
            small_tables.add_export(db, kind, file_format, path, row_count, created_by, self._clock.now())
            made = Exported(target=path, kind=kind, format=file_format, rows=row_count)
            self.feed.tell(db, made, by="" if created_by == USER else created_by)

    def _snapshot(self, db: SqliteDatabase, start: SyncStart, now: dt.datetime) -> int | None:
        """Return the snapshot that a sync brings about, adding it if the unified config changed, or it is marked."""
        latest = snapshots.latest(db, start.scope)
        new = start.snapshot
        if new and (latest is None or new.marked or latest.unified_hash != new.unified_hash):
            return snapshots.insert(db, start.scope, new, now)
        return latest.id if latest else None

    def _blobs(self) -> Blobs:
        if self._kept is None:
            self._kept = Blobs(self._writer.db, self._data_keys(), self.path)
        return self._kept

    def fingerprint_key(self) -> bytes:
        """Return the key that names secrets in sealed items.

        Files are looked at before the user has agreed to anything: that alone has no key put into the keyring.
        """
        self._writer.check_thread()
        if self._has_key():
            return super().fingerprint_key()
        self._ready = self._ready or ReadyKey()
        return self._ready.fingerprints

    def _keep_key_for(self, written: object) -> None:
        """Keep the key that secrets were named with so far, before such a name is written down."""
        if self._ready is not None and SEALED.search(repr(written)):
            self._data_keys()

    def _has_key(self) -> bool:
        return self._keys is not None or self.key_ref() is not None

    def _data_keys(self) -> DataKeys:
        self._writer.check_thread()
        if self._keys is None:
            ref = self.key_ref()
            keys = self._ring.open(ref) if ref else self._ring.keep(self._ready or ReadyKey())
            if ref is None:
                with self._writing() as db:
                    put_key_ref(db, keys.ref)
            self._keys, self._ready = keys, None
        return self._keys


def _give_program_its_own(path: Path, clock: Clock, db: SqliteDatabase) -> None:
    """See to it that the program's store has what sync's database carries of it, on the disk, before it is dropped.

    A database of an older version drops it in its next step; one of a backup that was restored has had that.
    """
    connection = raw(db)
    if not carries(connection):
        return
    carried = Carried.of(connection)  # where it cannot be read, nothing is begun
    with closing(ProgramStore.open(path.with_name(PROGRAM_DATABASE), path, clock)) as program:
        program.take_carried(carried)
    if not pending(connection, MIGRATIONS):
        with transaction(connection):
            hand_over(connection)

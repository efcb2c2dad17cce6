"""What can be read, by the writer and by readers alike; where the connection comes from is theirs."""

from __future__ import annotations

import datetime as dt
from abc import ABC
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TypeAlias

from peewee import SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import DamagedDatabaseError, MisreadError
from aisync_desktop.database.feed import Cursor, FeedReads, has_feed
from aisync_desktop.database.prepared_queries import Prepared, read_all
from aisync_desktop.database.reader import ReadConnection
from aisync_desktop.kernel.access import Access
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.settings import AnySection, Section, SettingRefusedError, load
from aisync_desktop.kernel.values import Value
from aisync_desktop.program.store.carried import Carried
from aisync_desktop.program.store.migrations import migrations
from aisync_desktop.program.store.models import TABLES, AccessToken, Audit, Fact, FeedCursor, Setting
from aisync_desktop.program.tokens import Token
from aisync_desktop.program.world import World

Detail: TypeAlias = Mapping[str, Value]
BEGUN_ANEW = "begun_anew"
PASSWORD = "admin_password"  # noqa: S105 - the fact that there is one: the keyring has it
GAP = "gap"  # what the audit trail says where a feed could not be followed without one
_PAGE = 100
_FACT = Prepared(lambda name: Fact.select(Fact.value).where(Fact.name == name))
_CURSORS = Prepared(lambda: FeedCursor.select(FeedCursor.feed, FeedCursor.epoch, FeedCursor.number))
_TOKENS = Prepared(
    lambda: AccessToken.select(
        AccessToken.id,
        AccessToken.name,
        AccessToken.digest,
        AccessToken.access,
        AccessToken.made_by,
        AccessToken.parent,
        AccessToken.login,
        AccessToken.made_at,
        AccessToken.expires_at,
    ).order_by(AccessToken.made_at, AccessToken.name)
)
_HAS_TOKENS = "SELECT 1 FROM sqlite_master WHERE name = 'access_token'"
_SETTINGS = Prepared(lambda: Setting.select(Setting.name, Setting.value))


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what."""

    id: int
    actor: str
    action: str
    target: str
    detail: Detail
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AuditMark:
    """How far the audit trail goes: its last number, and by feed up to where it has what happened."""

    last: int
    cursors: Mapping[str, Cursor]


class ProgramReads(FeedReads, ABC):
    """The reading methods. Each sees one state of the database; all raise StoreError only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def settings(self) -> dict[str, object]:
        """Return the stored settings."""
        with self._reading() as db:
            return dict(_SETTINGS.rows(db))

    def sound_settings(self, sections: Sequence[type[Section]]) -> dict[str, object]:
        """Return the stored settings; only checked ones are, so what these sections refuse now is damage."""
        stored = self.settings()
        try:
            for section in sections:
                load(section, stored, {})
        except SettingRefusedError as error:
            raise DamagedDatabaseError(self.path) from error
        return stored

    def begun_anew(self) -> str | None:
        """Return the name of the damaged database that this one came for; None for none, or if that was told."""
        with self._reading() as db:
            row = _FACT.first(db, BEGUN_ANEW)
        return row[0] if row and isinstance(row[0], str) else None

    def tokens(self) -> tuple[Token, ...]:
        """Return every token, the oldest first; an older program's database has none."""
        with self._reading() as db:
            if not raw(db).execute(_HAS_TOKENS).fetchone():
                return ()
            return tuple(_token(*row) for row in _TOKENS.rows(db))

    def has_password(self) -> bool:
        """Whether there is a password by which tokens are given out; the keyring is not asked."""
        return bool(self.password())

    def password(self) -> str:
        """Return a name for the password that there is, another one each time it is set; "" where there is none."""
        with self._reading() as db:
            found = _FACT.first(db, PASSWORD)
            return str(found[0]) if found else ""

    def audit_trail(self, limit: int = _PAGE, before: int | None = None) -> tuple[AuditEntry, ...]:
        """Return who did what, newest first."""
        columns = (Audit.id, Audit.actor, Audit.action, Audit.target, Audit.detail, Audit.created_at)
        query = Audit.select(*columns).order_by(Audit.id.desc()).limit(limit)
        if before is not None:
            query = query.where(Audit.id < before)
        with self._reading() as db:
            return tuple(AuditEntry(*row) for row in query.tuples().execute(db))

    def audit_mark(self) -> AuditMark:
        """Return how far the audit trail goes."""
        with self._reading() as db:
            (last,) = raw(db).execute("SELECT ifnull(max(id), 0) FROM audit").fetchone()
            rows = _CURSORS.rows(db) if has_feed(raw(db)) else ()
            return AuditMark(last, {feed: Cursor(epoch, number) for feed, epoch, number in rows})

    def require_sound(self) -> None:
        """Refuse to go on with a broken file, or with rows that we never wrote so; reads all of it."""
        with self._reading() as db:
            if raw(db).execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise DamagedDatabaseError(self.path)
            for table in TABLES:
                read_all(db, table)

    def carried(self) -> Carried:
        """Return all of it, for a backup of sync's database to carry."""
        with self._reading() as db:
            return Carried.of(raw(db))


def _token(
    id_: str,
    name: str,
    digest: str,
    access: object,
    made_by: str,
    parent: str,
    login: int,
    made_at: dt.datetime,
    expires_at: dt.datetime | None,
) -> Token:
    if not isinstance(access, list):
        raise MisreadError("access")
    try:
        allowed = frozenset(map(Access, access))
    except ValueError as error:
        raise MisreadError("access") from error
    return Token(id_, name, digest, allowed, made_by, parent, bool(login), made_at, expires_at)


class ProgramReader(ProgramReads):
    """The reading methods for any thread, also while the writer writes; there need not be a file yet."""

    def __init__(self, path: Path, sync_database: Path) -> None:
        super().__init__(path)
        self._connection = ReadConnection(path, migrations(sync_database))

    @classmethod
    def of(cls, world: World) -> ProgramReader:
        """Return a read-only connection, also while the app writes."""
        return cls(world.program_database, world.database)

    def close(self) -> None:
        """Close what is open; a later call opens it again."""
        self._connection.close()

    def _reading(self) -> AbstractContextManager[SqliteDatabase]:
        return self._connection.reading()


def stored_settings(world: World, section: type[AnySection]) -> AnySection:
    """Return some settings: defaults, what is stored, what the environment says."""
    with closing(ProgramReader.of(world)) as reader:
        return load(section, reader.sound_settings([section]), world.environ)

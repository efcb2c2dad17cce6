"""Backups for another machine: with the data key, wrapped by a passphrase, and the values that only the keyring has.

What goes along is gathered before the copy is made: where the keyring does not answer, or the passphrase will not do,
nothing is written. Values travel as the database keeps them where there is no keyring, encrypted under the data key;
on the other machine they move to its keyring by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import field, replace
from pathlib import Path

from peewee import SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import converted
from aisync_desktop.database.migrating import transaction
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.secrets.envelope import enclosed
from aisync_desktop.secrets.keys import KeyRef, KeyRing
from aisync_desktop.secrets.safe import Kept, OpenSafe, Where
from aisync_desktop.secrets.wrapped import WrappedKey, parse_wrapped
from aisync_desktop.sync.store import kept_secrets, small_tables
from aisync_desktop.sync.store.reads import Reads, put_key_ref

_WRAPPED_KEY = "wrapped_key"


@dataclass(frozen=True)
class Luggage:
    """What a backup needs on another machine."""

    key: WrappedKey = field(repr=False)
    secrets: tuple[Kept, ...] = field(default=(), repr=False)


def luggage_of(store: Reads, safe: OpenSafe, keys: KeyRing, passphrase: str) -> Luggage | None:
    """Gather it; None where nothing was ever encrypted, so that nothing is needed."""
    ref = store.key_ref()
    if ref is None:
        return None
    wrapped = keys.wrap(ref, passphrase)
    return Luggage(wrapped, tuple(_enclosed(store, safe)))


def _enclosed(store: Reads, safe: OpenSafe) -> Iterator[Kept]:
    for entry in store.kept_secrets():
        literal = safe.get(entry.reference) if entry.where is Where.KEYRING else None
        if literal is not None:
            data = enclosed(store.value_key(), entry.reference, literal)
            yield replace(entry, where=Where.DATABASE, enclosed=data)


def put_into(backup: Path, luggage: Luggage) -> None:
    """Put it into a copy of the database."""
    with changing(backup) as db:
        small_tables.put_fact(db, _WRAPPED_KEY, luggage.key.stored())
        kept_secrets.put(db, luggage.secrets)


def wrapped_key(db: SqliteDatabase) -> WrappedKey | None:
    """Return the key that came with a backup; None for one that is for its own machine."""
    return parse_wrapped(small_tables.fact(db, _WRAPPED_KEY))


def settle(db: SqliteDatabase, ref: KeyRef) -> None:
    """Have a restored database know where its key is on this machine; the wrapped one stays in the backup alone."""
    small_tables.put_fact(db, _WRAPPED_KEY, None)
    put_key_ref(db, ref)


@contextmanager
def changing(copy: Path) -> Iterator[SqliteDatabase]:
    """Give a copy of the database for one transaction; what it takes out leaves no trace."""
    db = SqliteDatabase(str(copy), autoconnect=False, pragmas={"secure_delete": "on"})
    with converted(copy):
        db.connect()
        with closing(db), transaction(raw(db)):
            yield db

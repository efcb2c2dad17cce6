"""The safe's index, and the encrypted values that no keyring has."""

from __future__ import annotations

from collections.abc import Iterable

from peewee import SqliteDatabase

from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.database.rows import put_rows
from aisync_desktop.secrets.safe import Kept, Use
from aisync_desktop.sync.store.models import KeptSecret

_ALL = Prepared(
    lambda: KeptSecret.select(
        KeptSecret.reference, KeptSecret.place, KeptSecret.since, KeptSecret.seen, KeptSecret.enclosed
    ).order_by(KeptSecret.reference)
)


def entries(db: SqliteDatabase) -> tuple[Kept, ...]:
    """Return what is kept, by reference."""
    return tuple(
        Kept(reference, place, since, tuple(Use(*use) for use in seen), enclosed)
        for reference, place, since, seen, enclosed in _ALL.rows(db)
    )


def put(db: SqliteDatabase, kept: Iterable[Kept]) -> None:
    """Add entries, or replace those of the same reference; a value stays known since when it first was."""
    rows = [
        {
            "reference": each.reference,
            "place": each.where.value,
            "since": each.since,
            "seen": [[*use] for use in each.seen],
            "enclosed": each.enclosed,
        }
        for each in kept
    ]
    put_rows(db, KeptSecret, rows, key=("reference",), update=("place", "seen", "enclosed"))


def forget(db: SqliteDatabase, reference: str) -> None:
    """Take an entry out."""
    KeptSecret.delete().where(KeptSecret.reference == reference).execute(db)

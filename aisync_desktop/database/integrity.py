"""Integrity: whether a file is a whole database of ours, of a version that is `known`; all of it is read for that."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from aisync_desktop.database.connection import UserVersion, check_identity, connect_reader, raw
from aisync_desktop.database.errors import DamagedDatabaseError, StoreError, converted


def require_whole(path: Path, known: UserVersion) -> None:
    """Refuse what is broken, empty, somebody else's or of a newer program."""
    with converted(path), closing(connect_reader(path)) as db:
        check_identity(raw(db), path, known)
        if raw(db).execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DamagedDatabaseError(path)
        if not raw(db).execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise DamagedDatabaseError(path)  # an empty file is a sound database to SQLite


def is_whole(path: Path, known: UserVersion) -> bool:
    """Say whether nothing is wrong with it."""
    try:
        require_whole(path, known)
    except StoreError:
        return False
    return True

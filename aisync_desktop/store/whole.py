"""Whether a file is a whole database of ours; all of it is read for that."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from aisync_desktop.store.connection import check_identity, connect_reader, raw
from aisync_desktop.store.errors import DamagedDatabaseError, StoreError, converted
from aisync_desktop.store.migrations import MIGRATIONS, version_after


def require_whole(path: Path) -> None:
    """Refuse what is broken, empty, somebody else's or of a newer program."""
    with converted(path), closing(connect_reader(path)) as db:
        check_identity(raw(db), path, version_after(MIGRATIONS))
        if raw(db).execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DamagedDatabaseError(path)
        if not raw(db).execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise DamagedDatabaseError(path)  # an empty file is a sound database to SQLite


def is_whole(path: Path) -> bool:
    """Say whether nothing is wrong with it."""
    try:
        require_whole(path)
    except StoreError:
        return False
    return True

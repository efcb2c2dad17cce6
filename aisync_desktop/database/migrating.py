"""From every older database of a kind to today's: named steps, each one transaction, after a backup.

Each store has a list of steps. A step is a function with frozen SQL (never today's models: they will have moved on).
Its name is recorded in the transaction that does it, so a crash or an error leaves the database at the step before; a
new database takes all steps in one, so that it is whole or nothing, and waits for the disk once. `user_version` follows
from the list: a step that older programs can live with raises the minor number, one that `breaks` them the major one.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.database.connection import APPLICATION_ID, UserVersion
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import BugError

Step: TypeAlias = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True)
class Migration:
    """One step.

    `breaks`: programs without it must refuse the database from here on. `unread`: who only reads can go by a database
    that has not had it yet.
    """

    name: str
    apply: Step
    breaks: bool
    unread: bool = False


def migration(*, breaks: bool, unread: bool = False, into: list[Migration]) -> Callable[[Step], Step]:
    """Register a step under its function's name, in the order of definition."""

    def register(step: Step) -> Step:
        into.append(Migration(step.__name__, step, breaks, unread))
        return step

    return register


def version_after(migrations: Sequence[Migration]) -> UserVersion:
    """Return the version of a database that has had these steps."""
    version = UserVersion(0, 0)
    for step in migrations:
        version = UserVersion(version.major + 1, 0) if step.breaks else UserVersion(version.major, version.minor + 1)
    return version


def version_read(migrations: Sequence[Migration]) -> UserVersion:
    """Return the lowest version of a database that today's readers can go by."""
    needed = [number for number, step in enumerate(migrations, 1) if not step.unread]
    return version_after(migrations[: max(needed, default=0)])


def pending(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> list[Migration]:
    """Return the steps that this database has not had."""
    has_table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone()
    done = {name for (name,) in connection.execute("SELECT name FROM migration")} if has_table else set()
    return [step for step in migrations if step.name not in done]


def migrate(connection: sqlite3.Connection, path: Path, now: dt.datetime, migrations: Sequence[Migration]) -> None:
    """Bring an open database up to date; an existing one is backed up beside itself first."""
    steps = pending(connection, migrations)
    if not steps:
        return
    is_new = len(steps) == len(migrations)
    if not is_new:
        back_up(connection, path.with_name(f"{path.name}.before-{steps[0].name}"))
    connection.execute("PRAGMA foreign_keys = OFF")  # a step may rebuild a table; the check below makes up for it
    try:
        for together in [steps] if is_new else [[step] for step in steps]:
            _apply(connection, together, now, migrations)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _apply(
    connection: sqlite3.Connection, steps: Sequence[Migration], now: dt.datetime, migrations: Sequence[Migration]
) -> None:
    """Take some steps in one transaction, but for those that another process was faster with."""
    with transaction(connection):
        connection.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
        left = {step.name for step in pending(connection, migrations)}
        for step in [step for step in steps if step.name in left]:
            step.apply(connection)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BugError(step.name)
            connection.execute("INSERT INTO migration VALUES (?, ?)", (step.name, now.isoformat()))
            reached = version_after(migrations[: migrations.index(step) + 1])
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {reached.packed()}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all or nothing; the write lock is taken at once, so that no later statement can find it taken."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open database, whoever writes to it meanwhile, into a private file that appears when it is whole."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")  # one file, no side files to forget
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)

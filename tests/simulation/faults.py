"""What can go wrong at a step of the engine: an error of the system, the end of the process, somebody else's write."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.simulation.sim_disk import Crash

CODES = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS, errno.ENOENT)


@dataclass
class Fault:
    """Strikes once, after so many steps; on the disk and in the database."""

    after: int
    act: Callable[[str, Path], None]
    fired: bool = False

    def __call__(self, step: str, path: Path) -> None:
        if self.is_due():
            self.act(step, path)

    def is_due(self) -> bool:
        """Count a step, and say whether the fault strikes at it."""
        self.after -= 1
        due = self.after < 0 and not self.fired
        self.fired = self.fired or due
        return due


def crash(step: str, path: Path) -> None:
    """End the process."""
    raise Crash(step, path)


def failing(code: int) -> Callable[[str, Path], None]:
    """Return what makes a step fail; the database has only one way to say it."""

    def act(step: str, _path: Path) -> None:
        if not step.startswith("db-"):
            raise OSError(code, os.strerror(code))
        if step != "db-committed":
            full = sqlite3.OperationalError()
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise full

    return act

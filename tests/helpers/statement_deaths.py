"""Death at every statement of what is done to a database: at the first, the second, ... until one gets through.

As a module this is the process whose children die, as only one without threads may fork.
"""

from __future__ import annotations

import importlib
import itertools
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.helpers.project import ROOT


class Mortal:
    """A life that ends with a number of statements, on whichever connection."""

    def __init__(self, statements: int) -> None:
        self._left = statements

    def lives_by(self, connection: sqlite3.Connection) -> None:
        """Count what this connection is told from now on."""
        connection.set_trace_callback(self._count)

    def _count(self, _statement: str) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


Life = Callable[[Path, Mortal], None]  # what is done below a folder that is not there yet


def die_at_every_statement(life: Life, top: Path) -> list[Path]:
    """Live that life again and again, each time one statement longer; return the folder of each, the whole one last."""
    command = [sys.executable, "-m", __name__, life.__module__, life.__name__, str(top)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [top / str(statements) for statements in range(1, int(done.stdout) + 1)]


def _die(life: Life, top: Path) -> int:
    """Return how many statements the one that got through would have died of."""
    for statements in itertools.count(1):
        child = os.fork()
        if child == 0:
            life(top / str(statements), Mortal(statements))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != -signal.SIGKILL:
            return statements if status == 0 else sys.exit("failed")
    return 0


if __name__ == "__main__":
    module, name, folder = sys.argv[1:]
    print(_die(getattr(importlib.import_module(module), name), Path(folder)))  # noqa: T201 - its answer

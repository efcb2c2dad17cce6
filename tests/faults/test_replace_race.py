"""Real clients write while we replace, in the three ways in which clients write: no version is lost by us."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import Busy
from aisync_desktop.files.protocol import Outcome, Reading
from tests.files.breaking import names
from tests.files.racing import STYLES, Seen, encode, running_client


class _Engine:
    """Adds a number of its own to every version that it reads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._disk = RealDisk(SystemClock())
        self._next = 0
        self.seen = Seen()
        self.written = 0

    def turn(self) -> None:
        with suppress(Busy):
            self._step(self._disk.read(self._path))
        for late in self._disk.late_writes():
            self.seen.note(late.data)

    def finish(self) -> None:
        for late in self._disk.late_writes(closing=True):
            self.seen.note(late.data)
        self.seen.note(self._disk.read(self._path).data)

    def _step(self, reading: Reading) -> None:
        lines = self.seen.note(reading.data)
        if lines is None:
            return
        self._next += 1
        done = self._disk.replace(reading, encode([*lines, b"e%d" % self._next]), keep=self._keep)
        self.written += done.outcome is Outcome.WRITTEN

    def _keep(self, _path: Path, data: bytes) -> None:
        self.seen.note(data)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "count", [200, pytest.param(100_000, marks=[pytest.mark.deep, pytest.mark.timeout(1800)])], ids=["short", "long"]
)
def test_no_version_of_a_client_is_lost(tmp_path: Path, style: str, count: int) -> None:
    path = tmp_path / "settings.json"
    engine = _Engine(path)

    with running_client(style, path, count) as runs:
        while runs():
            engine.turn()
    engine.finish()

    assert engine.seen.lost(count) == 0
    assert engine.written > 0
    assert names(tmp_path) == {"settings.json"}

"""Noticing that another program fights us over a file: whatever we write there, it puts back.

A fight is the same change made in the same file again and again. New changes are no fight, however fast they come: they
are somebody's work. Where there is a fight we stop writing that file until the user asks for a sync.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from pathlib import Path

from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.ports import Clock

_MOST = 5  # times the same change
_WITHIN = 10.0  # seconds


class FoughtOverError(WorldError):
    """Another program undoes what we write; we have stopped."""

    actions = (Remedy.TRY_AGAIN,)

    def __init__(self, path: Path) -> None:
        super().__init__(
            text("engine.fought-over"), text("engine.fought-over.message"), text("engine.fought-over.next"), path
        )


class Fights:
    """The changes made of late, by file, and the files that are left alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: dict[Path, deque[tuple[float, Hashable]]] = {}
        self._left_alone: set[Path] = set()

    def note(self, path: Path, change: Hashable) -> bool:
        """Take note of a change that was written; return whether that makes it a fight."""
        now = self._clock.monotonic()
        made = self._made.setdefault(path, deque())
        made.append((now, change))
        while made[0][0] < now - _WITHIN:
            made.popleft()
        fought = sum(one == change for _, one in made) > _MOST
        if fought:
            self._left_alone.add(path)
        return fought

    def left_alone(self, path: Path) -> bool:
        """Whether a file is not written any more."""
        return path in self._left_alone

    def forgive(self) -> None:
        """Begin anew: the user has asked for it."""
        self._made.clear()
        self._left_alone.clear()

"""One file, one scope: a file that is the user's own, or another project's, takes no part in a project.

Links out of a project are refused by the door to the disk. What is left are files that are the same without any link
of the project's: the user's own file may be a link into it, a folder may be mounted twice or spelled in two ways. Else
an edit in one scope would silently be one in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import is_
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.lens import View
from aisync_desktop.files.errors import SharedFile
from aisync_desktop.files.protocol import Reading
from aisync_desktop.sync.terms.endpoints import EndpointState

_Mark: TypeAlias = "Path | tuple[int, int]"


class KeptApart:
    """Keeps the endpoints of each look apart; while all are the same objects as at the last one, so is the answer."""

    def __init__(self) -> None:
        self._seen: tuple[EndpointState, ...] = ()
        self._kept: tuple[EndpointState, ...] = ()

    def of(self, states: Iterable[EndpointState]) -> tuple[EndpointState, ...]:
        """Return the endpoints; those of a project that have a file of another scope have that for a problem."""
        seen = tuple(states)
        if len(seen) != len(self._seen) or not all(map(is_, seen, self._seen)):
            self._seen, self._kept = seen, _kept_apart(seen)
        return self._kept


def _kept_apart(seen: tuple[EndpointState, ...]) -> tuple[EndpointState, ...]:
    if not any(state.scope.root for state in seen):
        return seen
    owners: dict[_Mark, tuple[Scope, Path]] = {}
    for state in sorted(seen, key=_claim):
        for reading in _readings(state):
            for mark in _marks(reading):
                owners.setdefault(mark, (state.scope, reading.path))
    return tuple(_apart(state, owners) for state in seen)


def _claim(state: EndpointState) -> tuple[bool, bool]:
    """Return how good a claim to its files is, the best first: the user's, then that of who has them in place."""
    return bool(state.scope.root), any(one.path != one.real_path for one in _readings(state))


def _readings(state: EndpointState) -> Iterator[Reading]:
    """Yield the files of the scope itself: what a client notes of a project among the user's files is not its own."""
    root = state.scope.root
    readings = (file.reading for file in state.files.values() if file.reading is not None)
    return (one for one in readings if not root or one.path.is_relative_to(root))


def _marks(reading: Reading) -> Iterator[_Mark]:
    yield reading.real_path
    if reading.identity is not None:
        yield reading.identity


def _apart(state: EndpointState, owners: dict[_Mark, tuple[Scope, Path]]) -> EndpointState:
    for reading in _readings(state):
        for mark in _marks(reading):
            scope, path = owners[mark]
            if scope != state.scope:
                return replace(state, view=View(), problem=SharedFile(reading.path, other=str(path)))
    return state

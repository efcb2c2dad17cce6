"""A disk in memory that keeps the promises of `files.protocol.Disk`, and breaks at any step if told to.

Names lead to nodes, as on a real disk: a program that opened a file before a swap writes into the node that was
displaced. Each step of an operation is announced to `hook`, which may raise an OSError, end the world (Crash), or play
another program. A crash runs no clean-up: what was displaced stays beside its path until `recover`.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from aisync_desktop.files.displaced import FIRST_LOOK, LET_GO
from aisync_desktop.files.errors import file_problems
from aisync_desktop.files.protocol import (
    ABSENT,
    ClientLock,
    Copy,
    Keep,
    LateWrite,
    Outcome,
    Reading,
    Replaced,
    Rights,
    content_hash,
)
from tests.helpers.one_by_one import OneByOne
from tests.simulation.sim_clock import SimClock

Hook = Callable[[str, Path], None]


class Crash(BaseException):
    """The process ends here."""


@dataclass(eq=False)
class Node:
    """The content behind a name."""

    data: bytes
    mtime_ns: int = 0
    mode: int = 0o600

    @property
    def hash(self) -> str:
        return content_hash(self.data)


@dataclass
class _Held:
    path: Path
    node: Node
    hash: str
    since: float


@dataclass
class SimDisk(OneByOne):
    """The files of one machine. `nodes`, `folders` and `left` outlive a crash, the rest belongs to the process."""

    clock: SimClock
    nodes: dict[Path, Node] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)
    left: dict[Path, list[Node]] = field(default_factory=dict)
    trace: list[tuple[str, ...]] = field(default_factory=list)
    hook: Hook = lambda _step, _path: None
    on_write: Callable[[Path, bytes | None, bytes | None], None] = lambda _path, _old, _new: None
    displaced: list[tuple[Path, bytes]] = field(default_factory=list)  # versions whose last name we took
    reported: list[tuple[Path, bytes]] = field(default_factory=list)  # versions that only the process knows of
    _held: list[_Held] = field(default_factory=list)
    _found: list[LateWrite] = field(default_factory=list)

    # What other programs do.

    def put(self, path: Path, data: bytes) -> None:
        """Save as most programs do: a new file under the old name."""
        self.nodes[path] = Node(data, self.clock.tick())
        self._make_folders(path)

    def write_into(self, node: Node, data: bytes) -> None:
        """Write in place, through a handle that may be older than the last swap."""
        node.data, node.mtime_ns = data, self.clock.tick()

    def delete(self, path: Path) -> None:
        self.nodes.pop(path, None)

    def data(self, path: Path) -> bytes | None:
        node = self.nodes.get(path)
        return None if node is None else node.data

    def crash(self) -> None:
        """Let the process go: its handles close, its memory is gone."""
        self._held, self._found, self.reported = [], [], []

    # The protocol.

    def confine(self, roots: Iterable[Path]) -> None:
        """Do nothing: this disk has no links."""

    def apart(self) -> SimDisk:
        return self

    def exists(self, path: Path) -> bool:
        return path in self.nodes or path in self.folders

    def copies(self, globs: Iterable[Path], most: int) -> Iterable[Copy]:
        """Find none: nobody keeps copies in this world."""
        return ()

    def names(self, folder: Path, pattern: str) -> tuple[str, ...]:
        with file_problems(folder):
            self._step("names", folder)
            if folder not in self.folders:
                return ()
            below = (path.relative_to(folder) for path in self.nodes if folder in path.parents)
            last = pattern.removeprefix("**/")
            deep = last != pattern
            return tuple(
                sorted(
                    name.as_posix()
                    for name in below
                    if fnmatch.fnmatchcase(name.name, last) and (deep or len(name.parts) == 1)
                )
            )

    def read(self, path: Path) -> Reading:
        with file_problems(path):
            self._step("read", path)
            node = self.nodes.get(path)
            if node is None:
                return Reading(path, path, None, ABSENT)
            return Reading(path, path, node.data, node.hash, node.mtime_ns, len(node.data), node.mode)

    def look(self, path: Path) -> Reading:
        return self.read(path)

    def read_settled(self, path: Path, wait: float) -> Reading:
        reading = self.read(path)
        if not reading.data:
            self.clock.sleep(wait)
            reading = self.read(path)
        return reading

    def replace(
        self,
        expected: Reading,
        data: bytes,
        *,
        keep: Keep,
        lock: ClientLock | None = None,
        new_mode: int = 0o600,
        private: bool = False,
    ) -> Replaced:
        path = expected.path
        with file_problems(path):
            self._step("compare", path)
            now = self._hash(path)
            outcome = Outcome.SAME if now == content_hash(data) else Outcome.FOREIGN
            if outcome is Outcome.FOREIGN and now == expected.hash:
                outcome = self._put_in_place(expected, Node(data, mode=0o600 if private else new_mode), keep)
            return self._ended(outcome, expected, content_hash(data))

    def remove(self, expected: Reading, *, keep: Keep, lock: ClientLock | None = None) -> Replaced:
        path = expected.path
        with file_problems(path):
            self._step("compare", path)
            now = self._hash(path)
            outcome = Outcome.SAME if now == ABSENT else Outcome.FOREIGN
            if outcome is Outcome.FOREIGN and now == expected.hash:
                self._step("swap", path)
                out = self.nodes.pop(path, None)
                outcome = Outcome.SAME if out is None else self._look(expected, out, None, keep)
            return self._ended(outcome, expected, ABSENT)

    def rights(self, path: Path) -> Rights:
        """Find the same ones always: nobody changes them in this world."""
        return ()

    def make_private(self, path: Path) -> None:
        self._step("private", path)

    def make_writable(self, path: Path) -> None:
        self._step("writable", path)

    def late_writes(self, *, closing: bool = False) -> tuple[LateWrite, ...]:
        if closing and self._held:
            self.clock.sleep(FIRST_LOOK)
        now = self.clock.monotonic()
        for held in self._held:
            due = closing or now >= held.since + FIRST_LOOK
            if due and held.node.data and held.node.hash != held.hash:
                self._found.append(LateWrite(held.path, held.node.data, held.hash))
                held.hash = held.node.hash
        self._held = [] if closing else [held for held in self._held if now < held.since + LET_GO]
        found, self._found = tuple(self._found), []
        self.reported += [(late.path, late.data) for late in found]
        return found

    def late_in(self) -> float | None:
        if self._found:
            return 0.0
        due = min((held.since for held in self._held), default=None)
        return None if due is None else max(0.0, due + FIRST_LOOK - self.clock.monotonic())

    def recover(self, path: Path, *, keep: Keep) -> tuple[LateWrite, ...]:
        with file_problems(path):
            self._step("recover", path)
            found: list[LateWrite] = []
            for node in self.left.get(path, ()):
                if node.data and node.data != self.data(path):
                    keep(path, node.data)
                    found.append(LateWrite(path, node.data))
                self._step("recovered", path)
                self._drop(path, node)
            self.left.pop(path, None)
            return tuple(found)

    # How it is done.

    def _put_in_place(self, expected: Reading, side: Node, keep: Keep) -> Outcome:
        path = expected.path
        self._step("temp", path)
        beside = self.left.setdefault(path, [])
        beside.append(side)
        try:
            self._step("swap", path)
            out = self.nodes.get(path)
            if (out is None) != expected.absent:
                return Outcome.FOREIGN
        except OSError:
            beside.remove(side)
            raise
        side.mtime_ns = self.clock.tick()
        self.nodes[path] = side
        self._make_folders(path)
        beside.remove(side)
        if out is None:
            return self._created(path, side)
        return self._look(expected, out, side, keep)

    def _created(self, path: Path, side: Node) -> Outcome:
        try:
            self._step("sync", path)
        except OSError:
            if self.nodes.get(path) is side:
                del self.nodes[path]
            raise
        self.on_write(path, None, side.data)
        return Outcome.WRITTEN

    def _look(self, expected: Reading, out: Node, side: Node | None, keep: Keep) -> Outcome:
        """Look at what came out; put it back if it is not what we meant to displace, or if anything fails."""
        path = expected.path
        self.left.setdefault(path, []).append(out)
        try:
            self._step("look", path)
            found = out.data
            if content_hash(found) == expected.hash:
                keep(path, found)
                self._step("sync", path)
        except Crash:
            raise
        except BaseException:
            self._put_back(path, out, side)
            raise
        if content_hash(found) != expected.hash:
            self._put_back(path, out, side)
            keep(path, found)
            self._step("sync", path)
            return Outcome.FOREIGN
        self._drop(path, out)
        self._held.append(_Held(path, out, expected.hash, self.clock.monotonic()))
        self.on_write(path, found, side.data if side else None)
        return Outcome.WRITTEN

    def _put_back(self, path: Path, out: Node, side: Node | None) -> None:
        if self.nodes.get(path) is side:
            self.nodes[path] = out
        else:  # somebody wrote since: theirs is newer and stays, and this one is merged
            self._found.append(LateWrite(path, out.data))
        self.left[path].remove(out)

    def _drop(self, path: Path, node: Node) -> None:
        if node.data:
            self.displaced.append((path, node.data))
        if node in self.left.get(path, ()):
            self.left[path].remove(node)

    def _ended(self, outcome: Outcome, expected: Reading, new: str) -> Replaced:
        self.trace.append(("replaced", str(expected.path), outcome, expected.hash[:12], new[:12]))
        return Replaced(expected.path, outcome, expected.hash, new)

    def _step(self, step: str, path: Path) -> None:
        self.trace.append((step, str(path)))
        self.hook(step, path)

    def _hash(self, path: Path) -> str:
        node = self.nodes.get(path)
        return ABSENT if node is None else node.hash

    def _make_folders(self, path: Path) -> None:
        if path.parent not in self.folders:
            self.folders.update(path.parents)

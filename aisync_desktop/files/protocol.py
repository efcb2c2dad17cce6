"""What the door to the disk promises; `disk.py` is the real one, tests have one that fails on demand.

A Reading is what a path held at one moment. `replace` puts new bytes in place only of the Reading that they were made
from: it swaps, then looks at what it displaced. Somebody else's write found there is put back and reported, so that
the engine plans anew from what is really there. Every displaced version is handed to `keep` before its last name goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError

ABSENT = ""  # the hash of a path that holds nothing


def content_hash(data: bytes) -> str:
    """Return the name of these bytes wherever we compare or store them."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Reading:
    """What a path held; `data` is None and `hash` is ABSENT where there is no file."""

    path: Path
    real_path: Path  # where the bytes are, behind symlinks
    data: bytes | None
    hash: str
    mtime_ns: int = 0
    size: int = 0
    mode: int = 0
    identity: tuple[int, int] | None = field(default=None, compare=False)  # of the file, whatever its names

    @property
    def absent(self) -> bool:
        """Whether there was no file."""
        return self.data is None


class Copy(NamedTuple):
    """A copy of a file, what it holds, and who may read it."""

    path: Path
    data: bytes
    mode: int = 0


@dataclass(frozen=True)
class ClientLock:
    """A lock that a client takes by making a folder beside its file (proper-lockfile)."""

    suffix: str = ".lock"
    stale_seconds: float = 10.0
    wait_seconds: float = 1.0


class Outcome(StrEnum):
    """How a replacement ended."""

    WRITTEN = "written"
    SAME = "same"  # the file already held the new bytes
    FOREIGN = "foreign"  # somebody wrote meanwhile: their version is in place, ours is not


@dataclass(frozen=True)
class Replaced:
    """The answer of `replace`: the outcome, and whether the place gave only the weaker guarantee (no atomic swap).

    `old_hash` is what the change was made from, `new_hash` what was to be put there, whatever the outcome.
    """

    path: Path
    outcome: Outcome
    old_hash: str
    new_hash: str
    degraded: bool = False


@dataclass(frozen=True)
class LateWrite:
    """Bytes that an in-place writer put into the displaced file after the swap: a version to be put back and merged.

    `opened` is the hash of what the writer had before it, where that is known: files may be displaced in a row.
    """

    path: Path
    data: bytes
    opened: str = field(default="", compare=False)


Rights: TypeAlias = tuple[tuple[int, int, int], ...]  # mode, owner and group
Keep: TypeAlias = Callable[[Path, bytes], None]


@dataclass(frozen=True)
class Replacement:
    """One change of a file: what it must still hold, and what it is to hold (`data`; None: there is to be no file).

    `hash` is that of the data, where it is known already: of a large file it takes long.
    """

    expected: Reading
    data: bytes | None
    keep: Keep
    lock: ClientLock | None = None
    new_mode: int = 0o600
    private: bool = False
    hash: str = ""


class Disk(Protocol):
    """The door. Every error is a FileProblem (errors.py) that leaves the disk as it was, without litter."""

    def confine(self, roots: Iterable[Path]) -> None:
        """Let no path beneath these folders lead out of them, whoever asks, from now on: a LeadsOut is raised instead.

        They are named as they really are, without links. A file with several names (HardLinked) is not read there.
        """
        ...

    def apart(self) -> Disk:
        """Return the same disk for a look at what is no project (yet): roots that it is told of bind nobody else."""
        ...

    def exists(self, path: Path) -> bool:
        """Return whether there is anything at a path; what may not be looked at is not there for us.

        What lies behind a link out of a project counts as there: reading it will tell.
        """
        ...

    def names(self, folder: Path, pattern: str) -> tuple[str, ...]:
        """Return the files in a folder that match a glob, `**/` for any depth, as relative paths; sorted."""
        ...

    def copies(self, globs: Iterable[Path], most: int) -> Iterable[Copy]:
        """Return the newest files whose names match, in the folders of the globs, as far as they can be read."""
        ...

    def read(self, path: Path) -> Reading:
        """Read a file that holds still (stat-read-stat); absent is an answer, unreadable is an error."""
        ...

    def look(self, path: Path) -> Reading:
        """Read a file as `read` does, but no large one again that surely holds what it held at the look before."""
        ...

    def read_settled(self, path: Path, wait: float) -> Reading:
        """Read a file that was there before: if absent or empty, give it up to `wait` seconds to come back."""
        ...

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
        """Put `data` in place of `expected` (which may be an absent file: then it is created with `new_mode`).

        A file's mode stays as it is, but for one that is to be `private`: nobody else may read that from now on.
        """
        ...

    def remove(self, expected: Reading, *, keep: Keep, lock: ClientLock | None = None) -> Replaced:
        """Take away a file that we made (undo of a creation), under the same promise."""
        ...

    def replace_all(
        self, changes: Sequence[Replacement], ended: Callable[[], object] = ...
    ) -> Sequence[Replaced | WorldError]:
        """Make several changes of different files at once, each under the same promise; one that fails stops no other.

        Return what came of each, in their order; `ended` is called as each has come to its end, many close together.
        """
        ...

    def rights(self, path: Path) -> Rights:
        """Return what says who may write to a path: whoever was refused compares it to see if another try is worth it.

        Of the file and of its folder; nothing of what is not there or may not be looked at.
        """
        ...

    def make_private(self, path: Path) -> None:
        """Let nobody but its owner read a file from now on; where the system has no such modes, nothing is done."""
        ...

    def make_writable(self, path: Path) -> None:
        """Let its owner write to a file from now on, and nobody else who may not: never through a link (IsALink).

        Its folder may be behind one, as everywhere. Of a file with several names, too, the rights stay (HardLinked).
        """
        ...

    def late_writes(self, *, closing: bool = False) -> tuple[LateWrite, ...]:
        """Return what was written into displaced files since the last call, and let go of those that are old enough.

        `closing` is for a process that is about to end: waits until each was looked at once, and lets go of all.
        """
        ...

    def late_in(self) -> float | None:
        """Return in how many seconds `late_writes` is worth a call; None while no displaced file is held."""
        ...

    def recover(self, path: Path, *, keep: Keep) -> tuple[LateWrite, ...]:
        """Clear what a crash left beside `path`; versions among it are kept and returned. Only at start."""
        ...

"""A project, what is outside of it, and all that the door does with a path in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.protocol import ClientLock
from tests.files.breaking import Hook, Kept, StepClock, Watched

OURS, THEIRS, NEW = b"of the project", b"of the user: token", b"new bytes"


class NotPosix(Watched):
    """A system on which nothing can be done in an open folder."""

    posix = False


@dataclass
class Place:
    """A project, and what is outside of it."""

    top: Path

    @property
    def root(self) -> Path:
        return self.top / "home" / "repo"

    @property
    def outside(self) -> Path:
        return self.top / "home" / ".codex"

    @property
    def path(self) -> Path:
        return self.root / ".codex" / "config.toml"

    def disk(self, hook: Hook | None = None, calls: Callable[[Hook | None], Watched] = Watched) -> RealDisk:
        disk = RealDisk(StepClock(), calls=calls(hook))
        disk.confine([self.root])
        return disk

    def seen(self) -> dict[str, tuple[bytes, int]]:
        """Return all that is outside."""
        files = (one for one in self.top.rglob("*") if self.root not in one.parents and one.is_file())
        return {str(one): (one.read_bytes(), one.stat().st_mode) for one in files if not one.is_symlink()}


def made(top: Path) -> Place:
    found = Place(top)
    for folder in (found.root / ".codex", found.root / "docs", found.outside):
        folder.mkdir(parents=True)
    found.path.write_bytes(OURS)
    (found.outside / "config.toml").write_bytes(THEIRS)
    (found.outside / "config.toml").chmod(0o644)
    return found


Act = Callable[[RealDisk, Place, Kept], bytes | None]


def read(disk: RealDisk, place: Place, _kept: Kept) -> bytes | None:
    return disk.read(place.path).data


def read_settled(disk: RealDisk, place: Place, _kept: Kept) -> bytes | None:
    return disk.read_settled(place.path, 0.1).data


def replace(disk: RealDisk, place: Place, kept: Kept) -> bytes | None:
    expected = disk.read(place.path)
    disk.replace(expected, NEW, keep=kept, lock=ClientLock())
    disk.late_writes(closing=True)
    return expected.data


def remove(disk: RealDisk, place: Place, kept: Kept) -> bytes | None:
    expected = disk.read(place.path)
    disk.remove(expected, keep=kept)
    disk.late_writes(closing=True)
    return expected.data


def create(disk: RealDisk, place: Place, kept: Kept) -> bytes | None:
    expected = disk.read(place.path.parent / "new" / "rules.md")
    disk.replace(expected, NEW, keep=kept)
    return expected.data


def make_private(disk: RealDisk, place: Place, _kept: Kept) -> bytes | None:
    disk.make_private(place.path)
    return None


def make_writable(disk: RealDisk, place: Place, _kept: Kept) -> bytes | None:
    disk.make_writable(place.path)
    return None


def recover(disk: RealDisk, place: Place, kept: Kept) -> bytes | None:
    disk.recover(place.path, keep=kept)
    return None


def list_names(disk: RealDisk, place: Place, _kept: Kept) -> bytes | None:
    return b" ".join(name.encode() for name in disk.names(place.path.parent, "**/*.toml"))

"""The changes that fault tests break: each starts from scratch files and must end in one of two states."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.protocol import ClientLock, Keep, Replaced
from aisync_desktop.files.temps import is_our_temp
from tests.files.breaking import Hook, StepClock, Watched

OLD, NEW, THEIRS = b"old bytes", b"new bytes, and more of them", b"their bytes"


@dataclass
class Scenario:
    """One change of `path`; `content` is None where there is no file."""

    name: str
    old: bytes | None
    new: bytes | None
    act: Callable[[RealDisk, Path, Keep], Replaced]
    prepare: Callable[[Path], Path]
    missing: frozenset[str] = frozenset()  # calls that the file system of the scenario does not have
    foreign: Callable[[Path], None] | None = None  # what another program does right before the swap
    in_project: bool = False

    def disk(self, hook: Hook, folder: Path) -> tuple[RealDisk, Watched]:
        """Make the disk of this scenario, with one more hook."""
        acted = False

        def all_hooks(number: int, name: str) -> None:
            nonlocal acted
            if self.foreign is not None and name in {"exchange", "rename_new"} and not acted:
                acted = True
                self.foreign(folder)
            hook(number, name)
            if name in self.missing:
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

        calls = Watched(all_hooks)
        disk = RealDisk(StepClock(), calls=calls)
        disk.confine([folder] if self.in_project else [])
        return disk, calls

    def acted(self, calls: Watched) -> bool:
        """Whether the other program had its turn."""
        return self.foreign is not None and not {"exchange", "rename_new"}.isdisjoint(calls.trace)

    def allowed(self, *, acted: bool) -> set[bytes | None]:
        """Return what may be in place at any time."""
        return {THEIRS, self.new} if acted else {self.old, self.new}


def content(path: Path) -> bytes | None:
    """Return what is in place, None for no file."""
    return path.read_bytes() if path.exists() else None


def litter(folder: Path) -> list[Path]:
    """Return all of our own files below a folder."""
    return [one for one in folder.rglob("*") if is_our_temp(one.name)]


def versions_on_disk(folder: Path) -> Iterator[bytes]:
    """Yield what all files below a folder hold, ours too."""
    return (one.read_bytes() for one in folder.rglob("*") if one.is_file())


def _plain(folder: Path) -> Path:
    path = folder / "a.json"
    path.write_bytes(OLD)
    path.chmod(0o640)
    os.setxattr(path, "user.note", b"mine")
    return path


def _linked(folder: Path) -> Path:
    (folder / "dotfiles").mkdir()
    _plain(folder / "dotfiles")
    (folder / "link").symlink_to("dotfiles/a.json")
    return folder / "link"


def _nothing(folder: Path) -> Path:
    return folder / "deep" / "folder" / "a.json"


def _replace(disk: RealDisk, path: Path, keep: Keep) -> Replaced:
    return disk.replace(disk.read(path), NEW, keep=keep)


def _replace_locked(disk: RealDisk, path: Path, keep: Keep) -> Replaced:
    return disk.replace(disk.read(path), NEW, keep=keep, lock=ClientLock())


def _remove(disk: RealDisk, path: Path, keep: Keep) -> Replaced:
    return disk.remove(disk.read(path), keep=keep)


def _save(folder: Path) -> None:
    (folder / "client").write_bytes(THEIRS)
    (folder / "client").replace(folder / "a.json")


def _create(folder: Path) -> None:
    (folder / "deep" / "folder" / "a.json").write_bytes(THEIRS)


_NO_EXCHANGE = frozenset({"exchange", "rename_new"})
_NO_LINKS = _NO_EXCHANGE | {"link"}

SCENARIOS = [
    Scenario("replace", OLD, NEW, _replace, _plain),
    Scenario("replace-link-locked", OLD, NEW, _replace_locked, _linked),
    Scenario("replace-by-links", OLD, NEW, _replace, _plain, _NO_EXCHANGE),
    Scenario("replace-by-copy", OLD, NEW, _replace, _plain, _NO_LINKS),
    Scenario("create", None, NEW, _replace_locked, _nothing),
    Scenario("create-by-link", None, NEW, _replace, _nothing, _NO_EXCHANGE),
    Scenario("create-by-rename", None, NEW, _replace, _nothing, _NO_LINKS),
    Scenario("remove", OLD, None, _remove, _plain),
    Scenario("remove-by-links", OLD, None, _remove, _plain, _NO_EXCHANGE),
    Scenario("foreign", OLD, NEW, _replace, _plain, foreign=_save),
    Scenario("foreign-by-links", OLD, NEW, _replace, _plain, _NO_EXCHANGE, _save),
    Scenario("foreign-create", None, NEW, _replace, _nothing, foreign=_create),
    Scenario("project-replace", OLD, NEW, _replace_locked, _linked, in_project=True),
    Scenario("project-replace-by-links", OLD, NEW, _replace, _plain, _NO_EXCHANGE, in_project=True),
    Scenario("project-create", None, NEW, _replace_locked, _nothing, in_project=True),
    Scenario("project-remove", OLD, None, _remove, _linked, in_project=True),
    Scenario("project-foreign", OLD, NEW, _replace, _plain, foreign=_save, in_project=True),
]

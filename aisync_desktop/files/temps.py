"""Our files beside the user's: hidden, unique, recognisable, as private as the file that they stand in for.

`.aisync-<tag of the file's name>-<random>.new`    being written: worthless after a crash
`.aisync-<tag of the file's name>-<random>.swap`   whole: the next version, or after the swap the displaced one
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from dataclasses import field, replace
from pathlib import Path

from aisync_desktop.files.errors import OwnerLost
from aisync_desktop.files.protocol import content_hash
from aisync_desktop.files.reading import close_quietly
from aisync_desktop.files.syncing import Sync, Syncing
from aisync_desktop.files.syscalls import CREATE, READ, Syscalls
from aisync_desktop.kernel.dataclass import dataclass

_NAME = re.compile(r"\.aisync-[0-9a-f]{8}-[0-9a-f]{16}(-0)?\.(new|swap)")
_KERNELS_OWN = ("security.", "trusted.")  # labels that only the kernel or root may set; it labels new files itself


def is_our_temp(name: str) -> bool:
    """Whether a file of this name is ours and in nobody's way."""
    return _NAME.fullmatch(name) is not None


def is_whole(name: str) -> bool:
    """Whether one of our files holds a complete version."""
    return name.endswith(".swap")


def tag(name: str) -> str:
    """Return the part of our names by which the leftovers of one file are found."""
    return f".aisync-{content_hash(os.fsencode(name))[:8]}-"


def temp_name(real: Path, suffix: str) -> Path:
    """Return a name that nobody uses (a used one would be overwritten, and with it a version)."""
    return real.with_name(f"{tag(real.name)}{secrets.token_hex(8)}.{suffix}")


_ACL, _OTHERS = "system.posix_acl", 0o077


@dataclass(frozen=True)
class Dress:
    """What a file is besides its bytes."""

    mode: int
    owner: int | None = None
    group: int | None = None
    xattrs: dict[str, bytes] = field(default_factory=dict)

    def private(self) -> Dress:
        """Return it as one that lets nobody in but the owner."""
        mine = {name: value for name, value in self.xattrs.items() if not name.startswith(_ACL)}
        return replace(self, mode=self.mode & ~_OTHERS, xattrs=mine)

    def put_on(self, calls: Syscalls, fd: int, path: Path) -> None:
        """Dress a new file, from the narrowest on: owner, then mode, then attributes (an ACL sets the mode anew)."""
        if not calls.posix:
            return
        status = calls.fstat(fd)
        if self.owner is not None and (status.st_uid, status.st_gid) != (self.owner, self.group):
            self._give_back(calls, fd, path)
        calls.chmod(fd, self.mode)
        present = calls.xattrs(fd) if self.xattrs else {}
        for name, value in self.xattrs.items():
            if present.get(name) != value:
                _copy_xattr(calls, fd, name, value)

    def _give_back(self, calls: Syscalls, fd: int, path: Path) -> None:
        try:
            calls.chown(fd, -1 if self.owner is None else self.owner, -1 if self.group is None else self.group)
        except PermissionError as error:
            raise OwnerLost(path) from error


def dress_of(calls: Syscalls, real: Path) -> Dress:
    """Return what the file at `real` wears."""
    fd = calls.open(real, READ)
    try:
        status = calls.fstat(fd)
        return Dress(stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, calls.xattrs(fd))
    finally:
        close_quietly(calls, fd)


def write_temp(calls: Syscalls, real: Path, data: bytes, dress: Dress) -> Syncing[Path]:
    """Write a whole, durable file beside `real` and return its name (`.swap`)."""
    path = temp_name(real, "new")
    whole = path.with_suffix(".swap")
    fd = calls.open(path, CREATE, 0o600)
    try:
        try:
            _write_all(calls, fd, data)
            dress.put_on(calls, fd, real)
            yield Sync(calls.sync_file, fd)
        finally:
            close_quietly(calls, fd)
        calls.rename(path, whole)
    except BaseException:
        calls.unlink(path)
        raise
    return whole


def _write_all(calls: Syscalls, fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[calls.write(fd, rest) :]


def _copy_xattr(calls: Syscalls, fd: int, name: str, value: bytes) -> None:
    try:
        calls.set_xattr(fd, name, value)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP} or not name.startswith(_KERNELS_OWN):
            raise

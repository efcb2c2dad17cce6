"""Linux: renameat2 with RENAME_EXCHANGE and RENAME_NOREPLACE (3 µs, atomic on ext4, btrfs, xfs, tmpfs, overlayfs)."""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_NOREPLACE = 1
_EXCHANGE = 2


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _renameat2(one: Path, other: Path, within: int | None, flags: int) -> None:
    try:
        call = _libc().renameat2
    except AttributeError:  # glibc before 2.28, musl before 1.2.6
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one), None, str(other)) from None
    folder = _AT_FDCWD if within is None else within
    if call(folder, os.fsencode(one), folder, os.fsencode(other), flags) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one), None, str(other))


def exchange(one: Path, other: Path, within: int | None) -> None:
    """Let two files trade names; where a folder is given that is open, two names in it."""
    _renameat2(one, other, within, _EXCHANGE)


def rename_new(path: Path, name: Path, within: int | None) -> None:
    """Rename to a name that nobody has."""
    _renameat2(path, name, within, _NOREPLACE)

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


def _renameat2(one: Path, other: Path, flags: int) -> None:
    try:
        call = _libc().renameat2
    except AttributeError:  # glibc before 2.28, musl before 1.2.6
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one), None, str(other)) from None
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), flags) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one), None, str(other))


def exchange(one: Path, other: Path) -> None:
    """Let two files trade names."""
    _renameat2(one, other, _EXCHANGE)


def rename_new(path: Path, name: Path) -> None:
    """Rename to a name that nobody has."""
    _renameat2(path, name, _NOREPLACE)

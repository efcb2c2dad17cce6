"""macOS: renameatx_np with RENAME_SWAP and RENAME_EXCL (10.12 and later, on APFS; others answer ENOTSUP).

Written from Apple's manual page; not run in this project's own tests, which need a Mac.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path

_AT_FDCWD = -2
_SWAP = 2
_EXCL = 4


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _renamex(one: Path, other: Path, within: int | None, flags: int) -> None:
    folder = _AT_FDCWD if within is None else within
    if _libc().renameatx_np(folder, os.fsencode(one), folder, os.fsencode(other), ctypes.c_uint(flags)) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one), None, str(other))


def exchange(one: Path, other: Path, within: int | None) -> None:
    """Let two files trade names; where a folder is given that is open, two names in it."""
    _renamex(one, other, within, _SWAP)


def rename_new(path: Path, name: Path, within: int | None) -> None:
    """Rename to a name that nobody has."""
    _renamex(path, name, within, _EXCL)

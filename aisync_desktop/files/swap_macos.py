"""macOS: renamex_np with RENAME_SWAP and RENAME_EXCL (10.12 and later, on APFS; others answer ENOTSUP).

Written from Apple's manual page; not run in this project's own tests, which need a Mac.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path

_SWAP = 2
_EXCL = 4


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _renamex(one: Path, other: Path, flags: int) -> None:
    if _libc().renamex_np(os.fsencode(one), os.fsencode(other), ctypes.c_uint(flags)) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one), None, str(other))


def exchange(one: Path, other: Path) -> None:
    """Let two files trade names."""
    _renamex(one, other, _SWAP)


def rename_new(path: Path, name: Path) -> None:
    """Rename to a name that nobody has."""
    _renamex(path, name, _EXCL)

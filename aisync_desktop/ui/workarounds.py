"""What we do about bugs of PySide6, each with the versions that have it."""

from __future__ import annotations

import sys


def keep_constants_alive() -> None:
    """WORKAROUND (PySide6 6.12, Python 3.11): Qt methods return a None or a True that they do not own.

    The wheels of 6.12.0 are built as if these were immortal, which they are from Python 3.12 on (6.11 is well). Before,
    each `setText`, `show` or `emit` takes a reference away, and after some ten thousand calls the interpreter aborts
    ("none_dealloc: deallocating None"). Here the constants get more references than a program can ever lose.
    """
    if sys.version_info < (3, 12):
        import ctypes  # noqa: PLC0415 - only where it is needed

        for constant in (None, True, False, NotImplemented):
            ctypes.c_ssize_t.from_address(id(constant)).value += sys.maxsize >> 2

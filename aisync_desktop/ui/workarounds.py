"""What we do about bugs of PySide6, each with the versions that have it."""

from __future__ import annotations

import sys


def keep_true_alive() -> None:
    """WORKAROUND (PySide6 6.12, Python 3.11): `Signal.emit` returns a True that it does not own.

    Every emit from Python takes a reference away from True; after some thousand of them the interpreter aborts
    ("bool_dealloc: deallocating True or False"). From Python 3.12 on True is immortal; here it gets enough references.
    """
    if sys.version_info < (3, 12):
        import ctypes  # noqa: PLC0415 - only where it is needed

        address = id(True)  # noqa: FBT003 - True itself is what this is about
        ctypes.c_ssize_t.from_address(address).value += sys.maxsize >> 2

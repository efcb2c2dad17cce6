"""Importing Qt without the import hook that PySide brings along.

PySide puts a hook in the place of Python's own import, for its `from __feature__ import ...`, which we do not use. The
hook reads the source of every module that is imported from then on, and Python keeps that: 10 MB, and a third of the
time that the other imports take.
"""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Import Qt's core and put Python's import back; to be called before anything that imports Qt."""
    import PySide6.QtCore  # noqa: F401 - for its effect, and not before it is wanted

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

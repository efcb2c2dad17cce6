"""The ends of other programs, told by the kernel: a process is a file that becomes readable when it has ended.

So nobody needs to look every now and then. Where the system has no such files (only Linux has), nothing is told.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class SessionEnds(QObject):
    """Lives in the thread whose event loop it uses. Signal: ended (one of the processes that are followed has)."""

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._followed: dict[int, QSocketNotifier] = {}
        self._over: frozenset[int] = frozenset()  # told of, and still named by who has not looked since

    def follow(self, pids: Collection[int]) -> None:
        """Tell of the end of these from now on, and of no others."""
        for pid in self._followed.keys() - set(pids):
            self._let_go(pid)
        self._over &= frozenset(pids)
        for pid in set(pids) - self._followed.keys() - self._over:
            self._open(pid)

    def _open(self, pid: int) -> None:
        if not hasattr(os, "pidfd_open"):
            return
        try:
            handle = os.pidfd_open(pid)
        except OSError:  # it has ended already, or there are too many files: the next rescan sees it
            return
        notifier = QSocketNotifier(handle, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(partial(self._on_end, pid))
        self._followed[pid] = notifier

    def _on_end(self, pid: int, *_: object) -> None:
        self._over |= {pid}
        self._let_go(pid)
        self.ended.emit()

    def _let_go(self, pid: int) -> None:
        notifier = self._followed.pop(pid, None)
        if notifier is not None:
            notifier.setEnabled(False)
            os.close(notifier.socket())
            notifier.deleteLater()

"""Modules that are imported when they are first wanted: in a thread of their own, while the window goes on.

The tray starts without the window, and the window without most of its pages; what a page needs takes a tenth of a
second to import, and in our own thread nothing would move for as long. Whoever wants such modules says what is to be
done once they are there; where they are there already, that is done at once. One thing after another is fetched, so
that what is wanted first is also done first.

The trap: a module stands in `sys.modules` from the moment at which its import begins.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, Qt, Signal, Slot

from aisync_desktop.service.live.looker import look_apart
from aisync_desktop.ui.outcomes import hand_over, tell_failure

Then = Callable[[], object]


class LateImports(QObject):
    """Signal: stumbled (a module could not be imported; what was to be done with it is not done)."""

    stumbled = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Sequence[str], Then]] = deque()  # the first is being fetched
        # In its turn, even where an import ends before we look: or what is wanted second could be done first.
        self._arrived.connect(self._on_arrival, Qt.ConnectionType.QueuedConnection)

    def when_there(self, modules: Sequence[str], then: Then) -> None:
        """Have something done once these modules are there, after whatever else waits for the same."""
        if all(map(self.is_there, modules)):
            then()
            return
        self._waiting.append((modules, then))
        if len(self._waiting) == 1:
            self._fetch()

    def is_there(self, module: str) -> bool:
        """Whether a module can be used without waiting for it."""
        return module in sys.modules and not any(module in modules for modules, _ in self._waiting)

    def _fetch(self) -> None:
        modules, _ = self._waiting[0]
        hand_over(look_apart(partial(_import, tuple(modules))), self._arrived.emit)

    @Slot(object)
    def _on_arrival(self, came: object) -> None:
        _, then = self._waiting.popleft()
        if self._waiting:
            self._fetch()
        if not tell_failure(came, lambda _: self.stumbled.emit(), self.stumbled.emit):
            then()


def _import(modules: Sequence[str]) -> None:
    for module in modules:
        import_module(module)

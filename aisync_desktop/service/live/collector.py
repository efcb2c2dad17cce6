"""Has Python's garbage collector run in the main thread alone, when that has nothing else to do.

By itself it runs in whatever thread makes an object, and takes what it finds apart there: windows, timers and models,
too, which only the main thread may touch. Qt crashes of that, and seldom enough that nobody sees why.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer, Slot

_OBJECTS = 700  # more made than gone, and the young ones are looked through: Python's own measure
_LOOKS = 10  # at the young, for one at the middle-aged; and of those for one at all, where there are more by now
_GROWTH = (
    1.25  # of the old since the last look at all: it takes a tenth of a second where there are many, as Python does
)
_AT_LEAST_MS = 15_000  # between two occasions, where the main thread has nothing to do and another one works


class Collector(QObject):
    """Collects whenever the event loop of the thread that made it is about to wait."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._old = 0
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self.collect)
        self._timer = QTimer(self, interval=_AT_LEAST_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Look through those generations whose turn it is."""
        made, young, middle = gc.get_count()
        if made <= _OBJECTS:
            return
        if middle > _LOOKS and _count_old() > self._old * _GROWTH:
            gc.collect()
            self._old = _count_old()
        else:
            gc.collect(1 if young > _LOOKS else 0)


def _count_old() -> int:
    return len(gc.get_objects(2))

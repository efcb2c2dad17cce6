"""The same line again and again says nothing new, and rotates away what is worth reading.

So of one line (its logger, level and event, whatever its context) only some pass in a minute; when the minute is over,
the last one that was held back is told, with how many there were.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from typing import TypeAlias

from aisync_desktop.kernel.dataclass import dataclass

CONTEXT = "aisync_context"  # the attribute of a record that holds its context
SAME_LINES, _SECONDS = 20, 60  # how many pass in how many seconds
_Line: TypeAlias = tuple[str, int, str]


@dataclass
class _Minute:
    start: float
    count: int = 0
    held: logging.LogRecord | None = None


class Throttle:
    """Decides by the records' own times, so that a log can be replayed."""

    def __init__(self) -> None:
        self._minutes: dict[_Line, _Minute] = {}

    def take(self, record: logging.LogRecord) -> Iterator[logging.LogRecord]:
        """Yield what is to be told now that this record has come."""
        yield from self._over(record.created)
        minute = self._minutes.setdefault((record.name, record.levelno, str(record.msg)), _Minute(record.created))
        minute.count += 1
        if minute.count <= SAME_LINES:
            yield record
        else:
            minute.held = record

    def rest(self) -> Iterator[logging.LogRecord]:
        """Yield what is still to be told at the end."""
        yield from self._over(None)

    def _over(self, now: float | None) -> Iterator[logging.LogRecord]:
        over = [line for line, minute in self._minutes.items() if now is None or not 0 <= now - minute.start < _SECONDS]
        for minute in map(self._minutes.pop, over):
            if minute.held is not None:
                yield _counted(minute.held, minute.count - SAME_LINES)


def _counted(record: logging.LogRecord, count: int) -> logging.LogRecord:
    told = copy.copy(record)
    setattr(told, CONTEXT, {**getattr(record, CONTEXT, {}), "repeated": count})
    return told

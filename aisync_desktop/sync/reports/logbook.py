"""The log that people read, as reports: filtered, searched, and followed as it grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, JsonValue

from aisync_desktop.sync.store.export import log_row
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import LogEntry, LogQuery

Redact: TypeAlias = Callable[[Any], Any]
_PAGE = 500


class Level(StrEnum):
    """How serious a line is, from the least to the most."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def and_worse(self) -> tuple[str, ...]:
        """This level and those that are more serious."""
        levels = [level.value for level in Level]
        return tuple(levels[levels.index(self.value) :])


class LogReport(BaseModel):
    """One line."""

    model_config = ConfigDict(frozen=True)
    id: int
    timestamp: dt.datetime
    level: str
    message: str
    context: dict[str, JsonValue]
    sync_id: int | None


def log_lines(reads: Reads, query: LogQuery, redact: Redact) -> tuple[LogReport, ...]:
    """Return lines, newest first."""
    return tuple(_report(entry, redact) for entry in reads.logs(query))


def newest(reads: Reads) -> int:
    """Return the id of the newest line of all, 0 where there is none."""
    return next((entry.id for entry in reads.logs(LogQuery(limit=1))), 0)


def lines_after(reads: Reads, query: LogQuery, last: int, redact: Redact) -> tuple[LogReport, ...]:
    """Return every line that came after another one, oldest first (the query's `limit` is not heeded)."""
    found = list(_pages(reads, replace(query, after=last, before=None, limit=_PAGE)))
    return tuple(_report(entry, redact) for entry in reversed(found))


def _pages(reads: Reads, query: LogQuery) -> Iterator[LogEntry]:
    page = reads.logs(query)
    while page:
        yield from page
        page = reads.logs(replace(query, before=page[-1].id))


def _report(entry: LogEntry, redact: Redact) -> LogReport:
    return LogReport.model_validate(redact(log_row(entry)))

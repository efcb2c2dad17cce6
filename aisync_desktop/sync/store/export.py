"""Exports: rows of the database as CSV, JSON or lines of JSON, read page by page so that memory stays small.

Every row passes the redaction that the caller hands in. A cell of CSV that a spreadsheet would take for a formula gets
an apostrophe in front, and so does one that begins with an apostrophe: whoever takes one away has the text again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeAlias

from aisync_desktop.program.store.audit import whole_trail
from aisync_desktop.program.store.reads import AuditEntry, ProgramReads
from aisync_desktop.sync.model.events import SYNC
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import LogEntry, LogQuery, SnapshotInfo

Row: TypeAlias = Mapping[str, Any]
Redact: TypeAlias = Callable[[Row], Row]
_PAGE = 500
_MARK = "\ufeff"  # without it, spreadsheets take the file for one in the system's old encoding
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")  # noqa: RUF001 - Excel knows the wide ones, too


class ExportKind(StrEnum):
    """What can be exported."""

    LOGS = "logs"
    SNAPSHOTS = "snapshots"
    AUDIT = "audit"


class ExportFormat(StrEnum):
    """How it is written: one table, one JSON object, or one JSON object per line."""

    CSV = "csv"
    JSON = "json"
    NDJSON = "ndjson"


COLUMNS: Mapping[ExportKind, tuple[str, ...]] = {
    ExportKind.LOGS: ("id", "timestamp", "level", "message", "context", "sync_id"),
    ExportKind.SNAPSHOTS: (
        "id",
        "scope",
        "parent",
        "unified_hash",
        "created_at",
        "created_by",
        "restored",
        "config",
        "changes",
    ),
    ExportKind.AUDIT: ("id", "created_at", "actor", "action", "target", "detail"),
}


def rows_of(reads: Reads, program: ProgramReads, kind: ExportKind, query: LogQuery | None = None) -> Iterator[Row]:
    """Yield what is to be exported, newest first; `query` is for logs (its `limit` is not heeded)."""
    match kind:
        case ExportKind.LOGS:
            return log_rows(reads, query or LogQuery())
        case ExportKind.SNAPSHOTS:
            return _snapshots(reads)
        case ExportKind.AUDIT:
            return map(_audit_row, whole_trail(program, {SYNC: reads}))


def log_row(entry: LogEntry) -> Row:
    """Return a log line as plain values."""
    return {
        "id": entry.id,
        "timestamp": entry.timestamp.isoformat(),
        "level": entry.level,
        "message": entry.message,
        "context": dict(entry.context),
        "sync_id": entry.sync_id,
    }


def log_rows(reads: Reads, query: LogQuery) -> Iterator[Row]:
    """Yield the log lines that match, newest first (`limit` is not heeded)."""
    page = reads.logs(replace(query, limit=_PAGE))
    while page:
        yield from map(log_row, page)
        page = reads.logs(replace(query, limit=_PAGE, before=page[-1].id))


def _snapshots(reads: Reads) -> Iterator[Row]:
    page = reads.snapshots(_PAGE)
    while page:
        yield from (_snapshot_row(reads, info) for info in page)
        page = reads.snapshots(_PAGE, page[-1].id)


def _snapshot_row(reads: Reads, info: SnapshotInfo) -> Row:
    snapshot = reads.snapshot(info.id)
    return {
        "id": info.id,
        "scope": info.scope,
        "parent": info.parent,
        "unified_hash": info.unified_hash,
        "created_at": info.created_at.isoformat(),
        "created_by": info.created_by,
        "restored": info.restored,
        "config": dict(snapshot.payload) if snapshot else {},
        "changes": snapshot.diff if snapshot else None,
    }


def _audit_row(entry: AuditEntry) -> Row:
    return {
        "id": entry.id,
        "created_at": entry.created_at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "target": entry.target,
        "detail": dict(entry.detail),
    }


class Export:
    """One export on its way; `rows` counts those that have gone out."""

    def __init__(self, rows: Iterator[Row], kind: ExportKind, form: ExportFormat, redact: Redact) -> None:
        self.rows = 0
        self._pieces = encoded(self._counted(rows), kind, form, redact)

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self.rows += 1
            yield row


def encoded(rows: Iterable[Row], kind: ExportKind, form: ExportFormat, redact: Redact) -> Iterator[bytes]:
    """Yield the pieces of the exported text, one for each row and what goes around them."""
    pieces = _pieces(map(redact, rows), kind, form)
    return (piece.encode("utf-8", "backslashreplace") for piece in pieces)


def _pieces(rows: Iterable[Row], kind: ExportKind, form: ExportFormat) -> Iterator[str]:
    match form:
        case ExportFormat.CSV:
            return _csv(rows, COLUMNS[kind])
        case ExportFormat.JSON:
            return _json(rows, kind.value)
        case ExportFormat.NDJSON:
            return (f"{_plain(row)}\n" for row in rows)


def _csv(rows: Iterable[Row], columns: tuple[str, ...]) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.writer(line)  # RFC 4180: commas, CRLF
    writer.writerow(columns)
    yield _MARK + line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([_cell(row[column]) for column in columns])
        yield line.getvalue()


def _cell(value: Any) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    shown = value if isinstance(value, str) else _plain(value)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _json(rows: Iterable[Row], noun: str) -> Iterator[str]:
    yield f'{{"{noun}": ['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{_plain(row)}"
    yield "\n]}\n"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

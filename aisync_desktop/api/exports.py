"""The exports over HTTP: streams, read page by page while they are sent, and written down at their end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import Field

from aisync_desktop.api.callers import Reads
from aisync_desktop.api.problems import CALLERS, documented
from aisync_desktop.observe.logging import get_logger
from aisync_desktop.service.facade import Facade, ask_engine
from aisync_desktop.service.leaving import exported
from aisync_desktop.service.operations.history import LogsRequest
from aisync_desktop.service.operations.program import ExportRecord, Recorded
from aisync_desktop.service.operations.request import Moment, Request
from aisync_desktop.sync.reports.logbook import Level
from aisync_desktop.sync.store.export import COLUMNS, ExportFormat, ExportKind

_log = get_logger(__name__)
_MEDIA = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSON: "application/json",
    ExportFormat.NDJSON: "application/x-ndjson",
}


class Exported(StreamingResponse):
    """An export as it is sent; the description tells of each form by itself."""

    media_type = None


class TableExport(Request):
    """How to export a table, all of it."""

    format: ExportFormat = ExportFormat.JSON

    def lines(self) -> LogsRequest:
        """Return what asks for the lines, where it is the log that is exported."""
        return LogsRequest()


class LogExport(TableExport):
    """Which lines to export, and how."""

    level: Level | None = None
    client: str = Field("", max_length=200)
    search: str = Field("", max_length=200)
    since: Moment | None = None
    until: Moment | None = None

    def lines(self) -> LogsRequest:
        """Return what asks for these lines."""
        return LogsRequest.model_validate(self.model_dump(exclude={"format"}))


def export_routes(facade: Facade) -> APIRouter:
    """Return the routes of exports."""
    routes = APIRouter()

    def sent(kind: ExportKind, request: TableExport, by: str) -> Exported:
        headers = {"Content-Disposition": f'attachment; filename="aisync-{kind.value}.{request.format.value}"'}
        return Exported(_exported(facade, kind, request, by), media_type=_MEDIA[request.format], headers=headers)

    @routes.post("/logs/export", response_class=Exported, responses=_told(ExportKind.LOGS))
    def export_logs(request: LogExport, asker: Reads) -> Exported:
        return sent(ExportKind.LOGS, request, asker.actor(""))

    @routes.post("/config/snapshots/export", response_class=Exported, responses=_told(ExportKind.SNAPSHOTS))
    def export_snapshots(request: TableExport, asker: Reads) -> Exported:
        return sent(ExportKind.SNAPSHOTS, request, asker.actor(""))

    @routes.post("/audit/export", response_class=Exported, responses=_told(ExportKind.AUDIT))
    def export_audit(request: TableExport, asker: Reads) -> Exported:
        return sent(ExportKind.AUDIT, request, asker.actor(""))

    return routes


def _told(kind: ExportKind) -> dict[int | str, dict[str, Any]]:
    """Return how the description tells of an export: one form or another, as it was asked for."""
    columns = list(COLUMNS[kind])
    row = {"type": "object", "properties": {name: {} for name in columns}, "required": columns}
    rows = {"type": "object", "properties": {kind.value: {"type": "array", "items": row}}, "required": [kind.value]}
    forms = {form: rows if form is ExportFormat.JSON else {"type": "string"} for form in ExportFormat}
    content = {_MEDIA[form].partition(";")[0]: {"schema": schema} for form, schema in forms.items()}
    return {200: {"description": "The rows, newest first.", "content": content}, **documented(*CALLERS, 409)}


def _exported(facade: Facade, kind: ExportKind, request: TableExport, by: str) -> Iterator[bytes]:
    """Yield the export; what has left is written down also if the caller goes away in the middle."""
    with exported(facade.world, kind, request.format, request.lines()) as made:
        try:
            yield from made
        finally:
            record = ExportRecord(kind=kind, format=request.format, path="", rows=made.rows)
            ask_engine(facade, facade.world, record, by).add_done_callback(_check)


def _check(recording: Future[Recorded]) -> None:
    if recording.cancelled() or recording.exception():
        _log.warning("an export was not written down")

"""The export of the log over HTTP: a stream, read page by page while it is sent, and written down at its end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import Field

from aisync_desktop.api.callers import Reads
from aisync_desktop.api.problems import documented
from aisync_desktop.observe.logging import get_logger
from aisync_desktop.service.facade import Facade, ask_engine
from aisync_desktop.service.leaving import exported
from aisync_desktop.service.operations.history import LogsRequest
from aisync_desktop.service.operations.program import ExportRecord, Recorded
from aisync_desktop.service.operations.request import Moment, Request
from aisync_desktop.sync.reports.logbook import Level
from aisync_desktop.sync.store.export import ExportFormat, ExportKind

_log = get_logger(__name__)
_MEDIA = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSON: "application/json",
    ExportFormat.NDJSON: "application/x-ndjson",
}


class LogExport(Request):
    """Which lines to export, and how."""

    format: ExportFormat = ExportFormat.JSON
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

    @routes.post("/logs/export", response_class=StreamingResponse, responses=documented(401, 403, 429))
    def export(request: LogExport, asker: Reads) -> StreamingResponse:
        headers = {"Content-Disposition": f'attachment; filename="aisync-logs.{request.format.value}"'}
        return StreamingResponse(
            _exported(facade, request, asker.actor("")), media_type=_MEDIA[request.format], headers=headers
        )

    return routes


def _exported(facade: Facade, request: LogExport, by: str) -> Iterator[bytes]:
    """Yield the export; what has left is written down also if the caller goes away in the middle."""
    with exported(facade.world, ExportKind.LOGS, request.format, request.lines()) as made:
        try:
            yield from made
        finally:
            record = ExportRecord(kind=ExportKind.LOGS, format=request.format, path="", rows=made.rows, by=by)
            ask_engine(facade, facade.world, record, by).add_done_callback(_check)


def _check(recording: Future[Recorded]) -> None:
    if recording.cancelled() or recording.exception():
        _log.warning("an export was not written down")

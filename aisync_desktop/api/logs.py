"""The log over HTTP, and exports: a stream that is read page by page while it is sent, and written down at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel, Field

from aisync_desktop.api.history import HIGHEST, Before, Limit
from aisync_desktop.observe.logging import get_logger, redactor
from aisync_desktop.service.facade import Facade
from aisync_desktop.service.operations import ExportRecord, Request
from aisync_desktop.sync.reports.logbook import Level, LogReport, log_lines
from aisync_desktop.sync.store.export import Export, ExportFormat, ExportKind, log_rows
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.records import LogQuery

_log = get_logger(__name__)
_MEDIA = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSON: "application/json",
    ExportFormat.NDJSON: "application/x-ndjson",
}
_Words = Annotated[str, Query(max_length=200)]


class Logs(BaseModel):
    """Log lines, newest first."""

    logs: tuple[LogReport, ...]


class LogExport(Request):
    """Which lines to export, and how."""

    format: ExportFormat = ExportFormat.JSON
    level: Level | None = None
    client: str = Field("", max_length=200)
    search: str = Field("", max_length=200)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None

    def query(self) -> LogQuery:
        """Return it as the store wants it."""
        return _query(self.level, self.client, self.search, self.since, self.until)


def log_routes(facade: Facade) -> APIRouter:
    """Return the routes about the log and about exports."""
    routes = APIRouter()

    @routes.get("/logs")
    def logs(
        level: Annotated[Level | None, Query(description="Lines of this level and worse.")] = None,
        client: _Words = "",
        search: _Words = "",
        since: AwareDatetime | None = None,
        until: AwareDatetime | None = None,
        limit: Limit = 200,
        before: Before = None,
        after: Annotated[int | None, Query(ge=0, le=HIGHEST)] = None,
    ) -> Logs:
        query = _query(level, client, search, since, until, limit, before, after)
        with closing(Reader.of(facade.world)) as reader:
            return Logs(logs=log_lines(reader, query, redactor.value))

    @routes.post("/logs/export", response_class=StreamingResponse)
    def export(request: LogExport) -> StreamingResponse:
        headers = {"Content-Disposition": f'attachment; filename="aisync-logs.{request.format.value}"'}
        return StreamingResponse(_exported(facade, request), media_type=_MEDIA[request.format], headers=headers)

    return routes


def _query(
    level: Level | None,
    client: str,
    search: str,
    since: dt.datetime | None,
    until: dt.datetime | None,
    limit: int = 1,
    before: int | None = None,
    after: int | None = None,
) -> LogQuery:
    levels = level.and_worse if level else ()
    return LogQuery(
        levels=levels, client=client, search=search, since=since, until=until, limit=limit, before=before, after=after
    )


def _exported(facade: Facade, request: LogExport) -> Iterator[bytes]:
    """Yield the export; what has left is written down also if the caller goes away in the middle."""
    with closing(Reader.of(facade.world)) as reader:
        made = Export(log_rows(reader, request.query()), ExportKind.LOGS, request.format, redactor.value)
        try:
            yield from made
        finally:
            record = ExportRecord(kind=ExportKind.LOGS, format=request.format, path="", rows=made.rows, by="api")
            facade.submit(record.run).add_done_callback(_check)


def _check(recording: Future[None]) -> None:
    if recording.cancelled() or recording.exception():
        _log.warning("an export was not written down")

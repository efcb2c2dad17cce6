"""Snapshots over HTTP.

Routes that read are plain functions, which run in a thread of their own, each with a reader of its own.
"""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from aisync_desktop.service.facade import Facade
from aisync_desktop.sync.reports.history import SnapshotReport, SnapshotSummary, history, snapshot_report
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.errors import NoSuchSnapshotError

HIGHEST = 2**63 - 1  # number that a row can have
Limit = Annotated[int, Query(ge=1, le=1000)]
Before = Annotated[int | None, Query(ge=1, le=HIGHEST, description="Only what is older than the one of this id.")]


class Snapshots(BaseModel):
    """Snapshots, newest first."""

    snapshots: tuple[SnapshotSummary, ...]


def history_routes(facade: Facade) -> APIRouter:
    """Return the routes about snapshots."""
    routes = APIRouter()

    @routes.get("/config/snapshots")
    def snapshots(
        limit: Limit = 50,
        before: Before = None,
        scope: Annotated[str | None, Query(max_length=4096, description="“user”, or “project:” and its root.")] = None,
    ) -> Snapshots:
        with closing(Reader.of(facade.world)) as reader:
            return Snapshots(snapshots=history(reader, limit, before, scope))

    @routes.get("/config/snapshots/{number}")
    def snapshot(number: Annotated[int, Path(ge=1, le=HIGHEST)]) -> SnapshotReport:
        with closing(Reader.of(facade.world)) as reader:
            try:
                return snapshot_report(reader, number)
            except NoSuchSnapshotError as error:
                raise HTTPException(404, str(error)) from error

    return routes

"""`GET /metrics`: the figures as Prometheus reads them; it shows a token as everybody does."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

from aisync_desktop.api.callers import Reads
from aisync_desktop.api.nothing_else import nothing_else
from aisync_desktop.api.problems import CALLERS, documented, marked
from aisync_desktop.observe.exposition import MEDIA_TYPE
from aisync_desktop.service.facade import Facade
from aisync_desktop.service.metrics_text import metrics_text

_CONTENT = {MEDIA_TYPE: {"schema": {"type": "string"}}}


class _Exposition(PlainTextResponse):
    media_type = MEDIA_TYPE


def metrics_routes(facade: Facade) -> APIRouter:
    """Return the route."""
    routes = APIRouter(dependencies=[Depends(nothing_else)])

    @routes.get("/metrics", response_class=_Exposition, responses=_told())
    async def metrics_for_prometheus(asker: Reads) -> _Exposition:
        """All figures since the beginning, in the text format of Prometheus."""
        del asker
        return _Exposition(await run_in_threadpool(metrics_text, facade.world))

    return routes


def _told() -> dict[int | str, dict[str, Any]]:
    """Return how the description tells of it."""
    told = marked()
    return {**told, 200: {**told[200], "content": _CONTENT}, **documented(*CALLERS, 409)}

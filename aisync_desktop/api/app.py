"""The FastAPI application: each operation (routes.py), the log's export, and what all answers have in common.

`Facade` is all that a route may use. Who may ask what is the guard's affair (guard.py). Bad input and our refusals are
problem details (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match

from aisync_desktop import __version__
from aisync_desktop.api.answers import Answers
from aisync_desktop.api.auth import auth_routes
from aisync_desktop.api.callers import Callers, lacking, name_of
from aisync_desktop.api.events import event_routes
from aisync_desktop.api.exports import export_routes
from aisync_desktop.api.guard import Guard
from aisync_desktop.api.language import Languages
from aisync_desktop.api.metrics import metrics_routes
from aisync_desktop.api.nothing_else import nothing_else
from aisync_desktop.api.origins import Origins
from aisync_desktop.api.page import page_routes
from aisync_desktop.api.problems import STRANGERS, Refusals, documented, marked, problem, schemas
from aisync_desktop.api.routes import operation_routes
from aisync_desktop.kernel.errors import NotThereError, WorldError
from aisync_desktop.service.access.errors import AccessMissingError, TooMuchAskedError, UnknownTokenError
from aisync_desktop.service.facade import Facade
from aisync_desktop.service.operations.request import UnusableValueError
from aisync_desktop.service.proposals import PersonNeededError, ProposedError

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


class Health(BaseModel):
    """The answer that needs no token."""

    status: str = "ok"
    version: str = __version__


def make_app(facade: Facade, token: Callable[[], str]) -> FastAPI:
    """Build the application around a facade; `token` returns the owner's."""
    app = FastAPI(
        title="AISync Desktop",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        # What would be told of each request might go to whatever an environment variable names.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    refusals = Refusals(facade.world.clock)
    app.add_middleware(Languages)
    app.add_middleware(Answers)
    app.add_middleware(Guard, callers=Callers(facade, token, refusals), origins=Origins(facade.world))
    _add_problem_details(app, refusals)

    @app.get("/healthz", responses={**marked(), **documented(*STRANGERS)})
    async def healthz() -> Health:
        return Health()

    @app.get("/openapi.json", include_in_schema=False)
    async def openapi() -> dict[str, Any]:
        told = app.openapi()
        told["components"]["schemas"] |= schemas()
        return told

    for make in (operation_routes, export_routes, event_routes):
        app.include_router(make(facade), prefix="/api/v1", dependencies=[Depends(nothing_else)])
    app.include_router(auth_routes(facade, refusals))
    app.include_router(metrics_routes(facade))
    app.include_router(page_routes(facade))
    return app


def _add_problem_details(app: FastAPI, refusals: Refusals) -> None:
    @app.exception_handler(HTTPException)
    async def _refused(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        if "Allow" in headers:
            headers["Allow"] = ", ".join(_allowed(app, request))
        return problem(error.status_code, error.detail, headers)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        places = ", ".join(".".join(str(part) for part in each["loc"]) for each in error.errors())
        return problem(422, f"Not understood: {places}", code="request.refused")

    @app.exception_handler(TimeoutError)
    async def _late(_request: Request, _error: TimeoutError) -> JSONResponse:
        return problem(504, "The engine is busy; ask for the status later.", code="api.busy")

    @app.exception_handler(WorldError)
    async def _world(request: Request, error: WorldError) -> JSONResponse:
        headers = lacking(error.missing) if isinstance(error, AccessMissingError) else None
        return refusals.answer(_status_of(error), error, headers, name_of(request.scope))


def _allowed(app: FastAPI, request: Request) -> list[str]:
    """Return by which methods a path can be asked for: a route knows its own alone, and HEAD is answered for GET."""

    def is_taken(method: str) -> bool:
        asked = {**request.scope, "method": "GET" if method == "HEAD" else method}
        return any(route.matches(asked)[0] is Match.FULL for route in app.routes)

    return [method for method in _METHODS if is_taken(method)]


def _status_of(error: WorldError) -> int:
    match error:
        case ProposedError():
            return 202
        case NotThereError():
            return 404
        case UnknownTokenError():
            return 401
        case AccessMissingError() | TooMuchAskedError() | PersonNeededError():
            return 403
        case UnusableValueError():
            return 422
        case _:
            return 409

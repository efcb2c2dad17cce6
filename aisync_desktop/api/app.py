"""The FastAPI application: the engine over HTTP.

`Facade` is all that a route may use. Every answer about the state is the one Status value. Who may ask what is the
guard's affair (guard.py). Bad input and our refusals are problem details (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from aisync_desktop import __version__
from aisync_desktop.api.doctor import doctor_routes
from aisync_desktop.api.guard import Guard, problem
from aisync_desktop.api.history import history_routes
from aisync_desktop.api.inventory import inventory_routes
from aisync_desktop.api.logs import log_routes
from aisync_desktop.api.permissions import permission_routes
from aisync_desktop.api.secrets import secret_routes
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.facade import Facade, ask
from aisync_desktop.service.operations import (
    ClientSwitch,
    DecideRequest,
    ExportRecord,
    GoBackRequest,
    PauseRequest,
    ProjectRequest,
    ReachRequest,
    SettingChange,
    SyncAnswer,
    SyncRequest,
    UnusableValueError,
)
from aisync_desktop.service.status import WholeStatus, whole_status
from aisync_desktop.sync.applying.questions import Question, Questions
from aisync_desktop.sync.model.status import DecisionStatus, Status
from aisync_desktop.sync.terms.errors import NoSuchDecisionError

_BEARER = HTTPBearer(auto_error=False)  # for the description alone: the guard has checked the token already


class Health(BaseModel):
    """The answer that needs no token."""

    status: str = "ok"
    version: str = __version__


class Decisions(BaseModel):
    """What waits for the user."""

    decisions: tuple[DecisionStatus, ...]


def make_app(facade: Facade, token: Callable[[], str]) -> FastAPI:
    """Build the application around a facade."""
    app = FastAPI(title="AISync Desktop", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, token=token)
    _add_problem_details(app)

    @app.get("/healthz")
    async def healthz() -> Health:
        return Health()

    @app.get("/openapi.json", include_in_schema=False)
    async def openapi() -> dict[str, Any]:
        return app.openapi()

    own = (_reading_routes, _writing_routes, _switching_routes)
    rooms = (doctor_routes, history_routes, inventory_routes, log_routes, permission_routes, secret_routes)
    for make in (*own, *rooms):
        app.include_router(make(facade), prefix="/api/v1", dependencies=[Depends(_BEARER)])
    return app


def _reading_routes(facade: Facade) -> APIRouter:
    routes = APIRouter()

    @routes.get("/sync/status")
    async def sync_status() -> WholeStatus:
        return await run_in_threadpool(whole_status, await _current(facade), facade.world)

    @routes.get("/decisions")
    async def decisions() -> Decisions:
        return Decisions(decisions=(await _current(facade)).decisions)

    @routes.get("/questions")
    async def questions() -> Questions:
        return Questions(questions=await ask(facade, lambda engine: engine.questions()))

    @routes.get("/decisions/{decision}")
    async def question(decision: str) -> Question:
        try:
            return await ask(facade, lambda engine: engine.question(decision))
        except NoSuchDecisionError as error:
            raise HTTPException(404, str(error)) from error

    return routes


def _writing_routes(facade: Facade) -> APIRouter:
    routes = APIRouter()

    @routes.post("/sync/trigger")
    async def sync_trigger() -> SyncAnswer:
        return await ask(facade, SyncRequest().run)

    @routes.post("/config/apply")
    async def config_apply(request: SyncRequest) -> SyncAnswer:
        return await ask(facade, request.run)

    @routes.post("/decisions/{decision}")
    async def decide(decision: str, request: DecideRequest) -> SyncAnswer:
        return await ask(facade, partial(request.run, decision=decision))

    @routes.post("/projects")
    async def projects(request: ProjectRequest) -> SyncAnswer:
        return await ask(facade, request.run)

    return routes


def _switching_routes(facade: Facade) -> APIRouter:
    routes = APIRouter()

    @routes.post("/config/back")
    async def config_back(request: GoBackRequest) -> SyncAnswer:
        return await ask(facade, request.run)

    @routes.patch("/reach")
    async def reach(request: ReachRequest) -> SyncAnswer:
        return await ask(facade, request.run)

    @routes.patch("/clients/{client}")
    async def client_switch(client: str, change: ClientSwitch) -> SyncAnswer:
        return await ask(facade, ReachRequest(what=client, scope=change.scope, on=change.enabled).run)

    @routes.post("/exports")
    async def record_export(made: ExportRecord) -> Health:
        await ask(facade, made.run)
        return Health()

    @routes.post("/sync/pause")
    async def sync_pause(request: PauseRequest) -> SyncAnswer:
        return await ask(facade, request.run)

    @routes.patch("/settings")
    async def settings(change: SettingChange) -> Health:
        await ask(facade, change.run)
        return Health()

    @routes.post("/window/show")
    async def window_show() -> Health:
        facade.show()
        return Health()

    return routes


async def _current(facade: Facade) -> Status:
    """Return the latest status; while the engine is being opened, its first one."""
    latest = facade.status
    return latest if latest is not None else await ask(facade, lambda engine: engine.status())


def _add_problem_details(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def _refused(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, error.detail, dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        places = ", ".join(".".join(str(part) for part in each["loc"]) for each in error.errors())
        return problem(422, f"Not understood: {places}")

    @app.exception_handler(UnusableValueError)
    async def _unusable(_request: Request, error: UnusableValueError) -> JSONResponse:
        return problem(422, str(error))

    @app.exception_handler(TimeoutError)
    async def _late(_request: Request, _error: TimeoutError) -> JSONResponse:
        return problem(504, "The engine is busy; ask for the status later.")

    @app.exception_handler(WorldError)
    async def _world(_request: Request, error: WorldError) -> JSONResponse:
        return problem(409, str(error))

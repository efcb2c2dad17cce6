"""Permissions over HTTP: what clients would do, and what each may do; each answer is a look, in a thread of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from aisync_desktop.service.facade import Facade
from aisync_desktop.sync.reports.allowed import Answer, answers
from aisync_desktop.sync.reports.audit import Rights, audit

Root = Annotated[str, Query(max_length=4096, description="A project's root folder; without it, the user's home.")]


class Answers(BaseModel):
    """What each client would do."""

    answers: tuple[Answer, ...]


class Audit(BaseModel):
    """What each client may do, and what of that is dangerous."""

    clients: tuple[Rights, ...]


def permission_routes(facade: Facade) -> APIRouter:
    """Return the routes about permissions."""
    routes = APIRouter()

    @routes.get("/permissions")
    def permissions(project: Root = "") -> Audit:
        return Audit(clients=audit(facade.world, project))

    @routes.get("/allowed")
    def allowed(
        tool: Literal["shell", "read", "edit", "fetch", "mcp"],
        argument: Annotated[str, Query(max_length=100_000, description="A command line, a path, a URL, SERVER.TOOL.")],
        client: str = "",
        project: Root = "",
    ) -> Answers:
        return Answers(answers=answers(facade.world, client, tool, argument, project))

    return routes

"""Secrets over HTTP: what is kept where, and whether it can be had; a value only ever comes in."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from aisync_desktop.secrets.references import REFERENCE
from aisync_desktop.service.facade import Facade, ask
from aisync_desktop.service.operations import SecretRemoval, SecretValue, SyncAnswer
from aisync_desktop.sync.reports.secret_checks import Check, checked
from aisync_desktop.sync.reports.secret_reports import SecretReport, secret_reports
from aisync_desktop.sync.store.reader import Reader

Reference = Annotated[str, Path(pattern=f"^{REFERENCE}$")]


class Secrets(BaseModel):
    """Every secret that is kept or used."""

    secrets: tuple[SecretReport, ...]


class Removed(BaseModel):
    """The reference whose value was forgotten."""

    removed: str


def secret_routes(facade: Facade) -> APIRouter:
    """Return the routes about secrets."""
    routes = APIRouter()

    @routes.get("/secrets")
    def secrets() -> Secrets:
        with closing(Reader.of(facade.world)) as reader:
            return Secrets(secrets=secret_reports(reader))

    @routes.get("/secrets/check")
    def check() -> Check:
        return checked(facade.world)

    @routes.put("/secrets/{reference}")
    async def set_secret(reference: Reference, value: SecretValue) -> SyncAnswer:
        return await ask(facade, partial(value.run, reference=reference))

    @routes.delete("/secrets/{reference}")
    async def remove(
        reference: Reference, *, used: Annotated[bool, Query(description="Also one that an item uses.")] = False
    ) -> Removed:
        await ask(facade, partial(SecretRemoval(used=used).run, reference=reference))
        return Removed(removed=reference)

    return routes

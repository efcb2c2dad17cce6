"""Clients and items over HTTP: each answer is one look at everything, in a thread of its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from aisync_desktop.clients.items import Kind
from aisync_desktop.service.facade import Facade
from aisync_desktop.sync.reports.inventory import Inventory, inventory
from aisync_desktop.sync.reports.matrix import ItemReport, matrix
from aisync_desktop.sync.reports.preview import look


class Items(BaseModel):
    """Every item, with how each client stands to it."""

    items: tuple[ItemReport, ...]


def inventory_routes(facade: Facade) -> APIRouter:
    """Return the routes about clients and items."""
    routes = APIRouter()

    @routes.get("/clients")
    def clients() -> Inventory:
        return inventory(look(facade.world), facade.world)

    @routes.get("/items")
    def items(
        kind: Kind | None = None,
        scope: Annotated[str, Query(max_length=4096, description="“user”, or “project:” and its root.")] = "",
    ) -> Items:
        return Items(items=matrix(look(facade.world), kind.value if kind else "", scope))

    return routes

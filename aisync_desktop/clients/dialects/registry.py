"""The engines of all dialects by name, each imported when a client needs it; and which evaluates an endpoint."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Dialect


def dialect_of(endpoint: PermissionsEndpoint) -> Dialect:
    """Return the engine of an endpoint; the same one for the same endpoint."""
    return _made(endpoint.model_dump_json(), endpoint.dialect.value.replace("-", "_"))


@cache
def _made(endpoint: str, module: str) -> Dialect:
    """Make it: every module has one class of that name, made from an endpoint."""
    engine = import_module(f"aisync_desktop.clients.dialects.{module}")
    dialect: Dialect = engine.Engine(PermissionsEndpoint.model_validate_json(endpoint))
    return dialect

"""What a route does not take is refused, not passed over: a misspelt word would be taken for its default."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute


async def nothing_else(request: Request) -> None:
    """Refuse words in the query that the route does not know, and a body that says something to one that takes none."""
    route: APIRoute = request.scope["route"]
    known = {field.alias for field in route.dependant.query_params}
    unknown: list[Any] = [("query", name) for name in request.query_params if name not in known]
    if route.body_field is None and (await request.body()).strip() not in {b"", b"{}"}:
        unknown.append(("body",))
    if unknown:
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": place, "msg": "Nobody knows this", "input": None} for place in unknown]
        )

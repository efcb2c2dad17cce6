"""Which web pages of others may call: none, but those whose exact origins the setting `api_origins` names (CORS).

Such a page shows a token like everybody; a browser sends it nothing of its own accord (no credentials), and no other
page reads an answer. What is taken from the setting is refused at once. Any page can call, so that is looked at in
memory: neither a thread nor the database is for whoever has shown nothing yet.
"""

from __future__ import annotations

from contextlib import suppress

from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.settings import origins_in
from aisync_desktop.program.world import World
from aisync_desktop.service.access.program_news import ProgramNews
from aisync_desktop.service.client import ASSISTANT_HEADER
from aisync_desktop.service.settings import program_in_force

_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_SENT = f"Authorization, Content-Type, Accept-Language, If-None-Match, Last-Event-ID, {ASSISTANT_HEADER}"
_READ = "Content-Disposition, Content-Language, ETag, Retry-After, WWW-Authenticate"
_SECONDS = 600  # for which a browser need not ask again


class Origins:
    """Tells which pages may call."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._news = ProgramNews(world)
        self._known: frozenset[str] | None = None

    def have(self, origin: str) -> bool:
        """Return whether a page of this origin may call; where the settings cannot be read, none may."""
        if self._news.came() or self._known is None:
            self._known = None
            with suppress(WorldError):
                self._known = frozenset(origins_in(program_in_force(self._world).api_origins))
        return origin in (self._known or ())


def told_to(origin: str, send: Send) -> Send:
    """Have a browser let a page of this origin read the answer."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = _READ
            headers.add_vary_header("Origin")
        await send(message)

    return told


def preflight(scope: Scope, headers: Headers) -> Response | None:
    """Answer a browser that asks what a page may send before it does; it has no token to show."""
    if scope["method"] != "OPTIONS" or "access-control-request-method" not in headers:
        return None
    told = {
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _SENT,
        "Access-Control-Max-Age": str(_SECONDS),
    }
    if headers.get("access-control-request-private-network") == "true":
        told["Access-Control-Allow-Private-Network"] = "true"
    return Response(None, 204, told)

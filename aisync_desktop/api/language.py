"""The language of an answer's texts: English, or the one that the caller wants where it is one of ours.

Codes and parameters are the same in each; what they say is for people (`Accept-Language`, as browsers send it).
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aisync_desktop.kernel.messages import SPOKEN
from aisync_desktop.observe.catalogue import LANGUAGES, catalogue

_ENGLISH = "en"


def chosen(wanted: str) -> str:
    """Return the first language of a browser's list that is ours, as browsers have the likeliest first."""
    for one in wanted[:200].lower().split(","):
        spoken = one.partition(";")[0].strip().partition("-")[0]
        if spoken in LANGUAGES:
            return spoken
    return _ENGLISH


class Languages:
    """Has each answer speak the caller's language."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        language = chosen(Headers(scope=scope).get("accept-language", "")) if scope["type"] == "http" else _ENGLISH
        if language == _ENGLISH:
            await self._app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Language"] = language
                headers.add_vary_header("Accept-Language")
            await send(message)

        before = SPOKEN.set(catalogue(language))
        try:
            await self._app(scope, receive, told)
        finally:
            SPOKEN.reset(before)

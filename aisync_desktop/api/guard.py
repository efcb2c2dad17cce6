"""The guard before every route: what no honest local caller sends is refused before a body is read.

It is the outermost layer of the application, so a caller without a token costs no more than the head of its request:
neither a body nor a thread. Host must be ours (no DNS rebinding), a browser's Origin must not be another site, unless
the user named it (origins.py).
"""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import unquote_to_bytes

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from aisync_desktop.api.callers import AUTH, Callers, mark
from aisync_desktop.api.origins import Origins, preflight, told_to
from aisync_desktop.api.page import PAGE
from aisync_desktop.api.problems import problem

MAX_BODY = 1_048_576
MAX_TARGET = 65_536  # of a path with its query, as it is sent
CALLER = "aisync_caller"  # in a scope's state: the connection that a request came by, where it wants to know
_OPEN = {"/healthz": MAX_BODY, PAGE: 0, AUTH: 16_384}  # without a token: what a body may have
_OURS = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)  # whatever port it was forwarded from


class Caller(Protocol):
    """The connection that a request came by."""

    known: bool  # whether its last request showed a token


class Guard:
    """Lets through what may go on, says who asks, and marks the connections of those who have shown a token."""

    def __init__(self, app: ASGIApp, callers: Callers, origins: Origins) -> None:
        self._app = app
        self._origins = origins
        self._callers = callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        answer: ASGIApp = self._app
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            site = _other_site(headers)
            is_guest = bool(site) and self._origins.have(site)
            asks_first = preflight(scope, headers) if is_guest else None
            stranger = _as_stranger(headers, is_from_elsewhere=bool(site) and not is_guest)
            answer = stranger or asks_first or self._refusal(scope, headers) or answer
            send = told_to(site, send) if is_guest else send
        await answer(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        if scope["path"] in _OPEN:
            return _as_too_much(scope, headers, _OPEN[scope["path"]])
        asker = self._callers.asker(headers)
        caller: Caller | None = scope.get("state", {}).get(CALLER)
        if caller is not None:
            caller.known = asker is not None
        if asker is None:
            return self._callers.refused(scope, headers)
        mark(scope, asker)
        return _as_too_much(scope, headers, MAX_BODY)


def _other_site(headers: Headers) -> str:
    """Return the origin of the page that calls, where it is none of ours."""
    origin = ", ".join(headers.getlist("origin"))  # a second one is no word for the first
    return "" if origin == f"http://{headers.get('host', '')}" else origin


def _as_stranger(headers: Headers, *, is_from_elsewhere: bool) -> JSONResponse | None:
    named = headers.get("host", "")
    if not _OURS.fullmatch(named):
        return problem(400, "This address is not ours: call 127.0.0.1.")
    if is_from_elsewhere:
        return problem(403, "Calls from other sites are refused.")
    return None


def _as_too_much(scope: Scope, headers: Headers, most: int) -> JSONResponse | None:
    length = headers.get("content-length", "0")
    if "chunked" in headers.get("transfer-encoding", "") or not length.isdecimal() or int(length[:20]) > most:
        return problem(413, f"A body may have {most} bytes and must say its length.")
    target: bytes = (scope.get("raw_path") or b"") + scope["query_string"]
    if len(target) > MAX_TARGET:
        return problem(414, f"An address may have {MAX_TARGET} bytes.")
    if b"\0" in unquote_to_bytes(target):
        return problem(422, "Not understood: the address holds a NUL.")
    return None

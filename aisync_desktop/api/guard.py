"""The guard before every route: what no honest local caller sends is refused before a body is read.

It is the outermost layer of the application, so a caller without a token costs no more than the head of its request:
neither a body nor a thread. Host must be ours (no DNS rebinding), a browser's Origin must not be another site.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import unquote_to_bytes

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from aisync_desktop.api.callers import AUTH, Callers, mark
from aisync_desktop.api.page import PAGE
from aisync_desktop.api.problems import problem

MAX_BODY = 1_048_576
MAX_TARGET = 65_536  # of a path with its query, as it is sent
CALLER = "aisync_caller"  # in a scope's state: the connection that a request came by, where it wants to know
_OPEN = {"/healthz": MAX_BODY, PAGE: 0, AUTH: 16_384}  # without a token: what a body may have
_OURS = {"127.0.0.1", "localhost"}


class Caller(Protocol):
    """The connection that a request came by."""

    known: bool  # whether its last request showed a token


class Guard:
    """Lets through what may go on, says who asks, and marks the connections of those who have shown a token."""

    def __init__(self, app: ASGIApp, callers: Callers) -> None:
        self._app = app
        self._callers = callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        stranger = _as_stranger(headers)
        if stranger is not None:
            return stranger
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


def _as_stranger(headers: Headers) -> JSONResponse | None:
    named = headers.get("host", "")
    if (named.rpartition(":")[0] or named) not in _OURS:
        return problem(400, "This address is not ours: call 127.0.0.1.")
    if headers.get("origin", f"http://{named}") != f"http://{named}":
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

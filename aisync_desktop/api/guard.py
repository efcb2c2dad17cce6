"""The guard before every route: what no honest local caller sends is refused before a body is read.

It is the outermost layer of the application, so a caller without the token costs no more than the head of its request:
neither a body nor a thread. Host must be ours (no DNS rebinding), a browser's Origin must not be another site.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from aisync_desktop.kernel.problem import Problem

MAX_BODY = 1_048_576
MAX_TARGET = 65_536  # of a path with its query, as it is sent
CALLER = "aisync_caller"  # in a scope's state: the connection that a request came by, where it wants to know
_OPEN = "/healthz"
_OURS = {"127.0.0.1", "localhost"}
_UNAUTHORISED = "A bearer token is needed; `aisync token` prints it."


class Caller(Protocol):
    """The connection that a request came by."""

    known: bool  # whether it has shown the token


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, told: Problem | None = None, code: str = ""
) -> JSONResponse:
    """Return an answer in the form of RFC 9457; with what the world refused us, where it was that.

    `code` is the stable one that the command line says, too, with `--json`.
    """
    body: dict[str, Any] = {"type": "about:blank", "status": status, "detail": detail}
    if code:
        body["code"] = code
    if told is not None:
        body["problem"] = told.model_dump(mode="json")
    return JSONResponse(body, status, headers, media_type="application/problem+json")


class Guard:
    """Lets through what may go on, and marks the connections of those who have shown the token."""

    def __init__(self, app: ASGIApp, token: Callable[[], str]) -> None:
        self._app = app
        self._token = token  # asked for with each request: its file may say another one by now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        stranger = _as_stranger(headers)
        if stranger is not None:
            return stranger
        if scope["path"] != _OPEN and not self._is_known(headers):
            return problem(401, _UNAUTHORISED, {"WWW-Authenticate": "Bearer"})
        caller: Caller | None = scope.get("state", {}).get(CALLER)
        if caller is not None and scope["path"] != _OPEN:
            caller.known = True
        return _as_too_much(scope, headers)

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self._token().encode())


def _as_stranger(headers: Headers) -> JSONResponse | None:
    named = headers.get("host", "")
    if (named.rpartition(":")[0] or named) not in _OURS:
        return problem(400, "This address is not ours: call 127.0.0.1.")
    if headers.get("origin", f"http://{named}") != f"http://{named}":
        return problem(403, "Calls from other sites are refused.")
    return None


def _as_too_much(scope: Scope, headers: Headers) -> JSONResponse | None:
    length = headers.get("content-length", "0")
    if "chunked" in headers.get("transfer-encoding", "") or not length.isdecimal() or int(length[:20]) > MAX_BODY:
        return problem(413, f"A body may have {MAX_BODY} bytes and must say its length.")
    target: bytes = (scope.get("raw_path") or b"") + scope["query_string"]
    if len(target) > MAX_TARGET:
        return problem(414, f"An address may have {MAX_TARGET} bytes.")
    if b"\0" in unquote_to_bytes(target):
        return problem(422, "Not understood: the address holds a NUL.")
    return None

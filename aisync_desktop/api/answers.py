"""What all answers to GET have in common: HEAD, a mark by which an unchanged one is not sent again, and compression.

An answer to GET has a weak `ETag`, made from what it says; who has it already (`If-None-Match`) is answered 304,
without a body. HEAD is answered for whatever GET is, by the same code. Large answers are compressed for who can read
that: but not what must not be kept (`no-store`), since its length would tell of a secret what a caller puts beside it
(BREACH), and no stream, which would be held back.
"""

from __future__ import annotations

import gzip
from hashlib import blake2b
from http import HTTPStatus

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGE = 4_096  # bytes from which on compressing is worth it, on a machine's own wires
_LEVEL = 1  # a tenth as large in a fiftieth of a second for a megabyte; the next levels gain little
_KEPT = "private, no-cache"  # by the caller alone, who asks each time whether it is the same still
_STREAM = "text/event-stream"
_VARY = "Authorization, Accept-Encoding, Accept-Language"


class _ToldError(OSError):
    """All was said that HEAD asks for; as for a caller who has gone, nothing more is made."""


class Answers:
    """Answers HEAD as GET, says what has not changed in few words, and compresses what is large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        answer = _Answer(Headers(scope=scope), send, without_body=scope["method"] == "HEAD")
        try:
            await self._app({**scope, "method": "GET"}, receive, answer.take)
        except (_ToldError, ClientDisconnect):
            if not answer.is_told:
                raise


class _Answer:
    """One answer on its way: kept until it is whole, unless it is a stream."""

    def __init__(self, asked: Headers, send: Send, *, without_body: bool) -> None:
        self._asked = asked
        self._send = send
        self._without_body = without_body
        self._start: Message = {}
        self._body = b""
        self._streams = False
        self.is_told = False

    async def take(self, message: Message) -> None:
        """Take a part of it."""
        if message["type"] == "http.response.start":
            self._start = message
            self._streams = Headers(raw=message["headers"]).get("content-type", "").startswith(_STREAM)
            if self._streams:
                await self._send(message)
        elif self._streams:
            if self._without_body:
                await self._end()
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._tell()

    async def _end(self) -> None:
        await self._send({"type": "http.response.body", "body": b""})
        self.is_told = True
        raise _ToldError

    async def _tell(self) -> None:
        headers = MutableHeaders(scope=self._start)
        if self._start["status"] == HTTPStatus.OK:
            await self._mark(headers)
        if self._start["status"] == HTTPStatus.NOT_MODIFIED:
            self._body = b""
            del headers["content-length"], headers["content-type"]
        else:
            headers["Content-Length"] = str(len(self._body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": b"" if self._without_body else self._body})

    async def _mark(self, headers: MutableHeaders) -> None:
        headers.setdefault("Cache-Control", _KEPT)
        headers.add_vary_header(_VARY)
        if "no-store" in headers["Cache-Control"]:
            return
        mark = f'W/"{blake2b(self._body, digest_size=12).hexdigest()}"'
        headers["ETag"] = mark
        if _is_known(mark, self._asked.get("if-none-match", "")):
            self._start["status"] = HTTPStatus.NOT_MODIFIED.value
        elif len(self._body) >= _LARGE and _takes_gzip(self._asked.get("accept-encoding", "")):
            self._body = await run_in_threadpool(gzip.compress, self._body, _LEVEL, mtime=0)
            headers["Content-Encoding"] = "gzip"


def _is_known(mark: str, known: str) -> bool:
    """Return whether a mark is among those that the caller has; weak or not makes no difference (RFC 9110, 13.1.2)."""
    return any(one.strip() in {"*", mark, mark.removeprefix("W/")} for one in known.split(","))


def _takes_gzip(accepted: str) -> bool:
    """Return whether the caller can read gzip: it is named, and not by a weight of nothing."""
    for one in accepted.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() in {"gzip", "x-gzip"}:
            return weight.replace(" ", "").removeprefix("q=").strip("0.") != "" or not weight
    return False

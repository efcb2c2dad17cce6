"""One connection of the API: uvicorn's, with limits for what another program of this machine can do to us.

Whoever connects takes a descriptor, and the engine needs some. So there are only so many connections: one more, and the
most dispensable is closed (the oldest that has not shown a token; else the oldest that asks nothing), and one that
shows a token always gets in. A head and a body come within seconds, however they drip in, or the connection ends.
Imported by the server's thread alone: uvicorn is heavy.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any, cast

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from aisync_desktop.api.guard import CALLER, MAX_TARGET
from aisync_desktop.files.handles import handle_limit

_SECONDS = {h11.IDLE: 5.0, h11.SEND_BODY: 10.0}  # from its beginning on: for a head, and for a body
_LAST_WORDS = 0.3  # seconds; well within those that the server has to end
LONGEST_HEAD = 2 * MAX_TARGET  # a longer one has no end for us
_MOST, _SHARE = 512, 4  # connections; and how much of the process's descriptors they may be, as 1/n


def most_connections() -> int:
    """Return how many connections there may be: most of the descriptors stay with the engine."""
    return min(_MOST, max(1, handle_limit() // _SHARE))


class Connection(H11Protocol):
    """Attributes: `known` (its last request showed a token), `since` (when it was made)."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, CALLER: self}, _loop)
        self._most = most_connections()
        self.known = False
        self.since = self.loop.time()
        self._phase: tuple[object, object] | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._refused = False
        self._until: asyncio.Event | None = None

    @property
    def dispensable(self) -> tuple[bool, bool, float]:
        """What is least of a loss comes first."""
        return self.known, self.known and self.conn.our_state is not h11.IDLE, self.since

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection in, and let another one go for it where there are too many."""
        super().connection_made(cast("asyncio.Transport", transport))
        while len(self.connections) > self._most:
            mine = cast("set[Connection]", self.connections)
            min(mine - {self} or mine, key=lambda one: one.dispensable).end()
        self._follow()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, but for what was refused already: that is let run out, so that the answer is not cut off."""
        if not self._refused:
            super().data_received(data)
            self._follow()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._follow()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, or has no end, as every other refusal."""
        error = sys.exc_info()[1]
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        body = json.dumps({"type": "about:blank", "status": status, "detail": msg}).encode()
        headers = [("content-type", "application/problem+json"), ("content-length", f"{len(body)}")]
        head = h11.Response(status_code=status, headers=[*headers, ("connection", "close")])
        events = (head, h11.Data(data=body), h11.EndOfMessage())
        self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))
        self.transport.write_eof()
        self._refused = True

    def at_shutdown(self, end: asyncio.Event) -> None:
        """Have an answer that has no end of its own be told when the server ends."""
        self._until = end

    def shutdown(self) -> None:
        """Have an answer without an end come to it; a caller that does not take the last words goes without."""
        super().shutdown()
        if self._until is not None:
            self._until.set()
            self.loop.call_later(_LAST_WORDS, self.end)

    def end(self) -> None:
        """Close it at once, whatever it waits for."""
        self.connections.discard(self)
        self.transport.abort()

    def _follow(self) -> None:
        """Set a time limit when the caller begins to owe us something, and never again until it has come."""
        phase = self.conn.their_state, self.cycle
        if phase == self._phase:
            return
        self._phase = phase
        if self._deadline is not None:
            self._deadline.cancel()
        seconds = _SECONDS.get(self.conn.their_state)
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self.end)

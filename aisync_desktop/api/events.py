"""What happens, as a stream of server-sent events that ends when the app, the caller or the caller's token does.

Each event of a feed comes with an `id`, from which a later call goes on (`Last-Event-ID`): nothing is missed, and
nothing comes twice, whoever is killed in between. Where that cannot be, `resync` says so: ask how things stand, and go
on. `status` comes first, and whenever it is another one; it has no id. In silence a comment comes now and then, so that
either side notices when the other has gone.

A reader that is slow is waited for, and nothing is buffered for it but what the system does: the feeds keep what it has
not read. One that takes nothing for long is cut. There may be only so many: they hold connections that others want.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Protocol, cast

from fastapi import APIRouter, Header, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from aisync_desktop.api.callers import Asker, Reads
from aisync_desktop.api.guard import CALLER
from aisync_desktop.api.problems import CALLERS, documented
from aisync_desktop.files.handles import handle_limit
from aisync_desktop.kernel.bus import Fed, Taken
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.observe.logging import get_logger
from aisync_desktop.service.facade import Facade
from aisync_desktop.service.feeds import Follower, Missed, Told
from aisync_desktop.service.operations.standing import StatusRequest
from aisync_desktop.service.status import StatusChanged

_log = get_logger(__name__)
_LONGEST_ID = 1_024
_MOST, _SHARE = 300, 8  # streams; and how much of the process's descriptors they may be, as 1/n
_GREETING = "retry: 1000\n{place}\n"  # without data it is no event
_HEARTBEAT = b": still here\n\n"
_DESCRIPTION = (
    "A stream of `text/event-stream`. Events of the feeds have an `id`, their type as `event`, and as `data` an object "
    "with feed, type, target, actor, at and detail. `status` has the status as data, and no id. `resync` says that "
    "something may have happened that is not told (`feed`, `why`)."
)


@dataclass(frozen=True)
class Pace:
    """How long it is silent at most, and how long a caller may take nothing."""

    heartbeat: float = 15.0
    patience: float = 30.0


PACE = Pace()


class Connected(Protocol):
    """The connection of a stream, where it has one of ours."""

    def at_shutdown(self, end: asyncio.Event) -> None:
        """Have this set when the server ends."""
        ...

    def end(self) -> None:
        """Close it at once."""
        ...


class EventStream(StreamingResponse):
    """A stream that cuts a caller who takes nothing; `ended` is called when it is over, however it ended."""

    media_type = "text/event-stream"

    def __init__(self, parts: AsyncIterator[bytes], ended: Callable[[], None]) -> None:
        super().__init__(parts, headers={"Cache-Control": "no-store"})
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        caller = _connection(scope)

        async def send_in_time(message: Message) -> None:
            try:
                await asyncio.wait_for(send(message), PACE.patience)
            except TimeoutError:
                _log.info("a caller takes no events, and is cut")
                if caller:
                    caller.end()

        try:
            await super().__call__(scope, receive, send_in_time)
        finally:
            self._ended()


def event_routes(facade: Facade) -> APIRouter:
    """Return the route of what happens."""
    routes = APIRouter()
    streams: set[_Stream] = set()

    @routes.get(
        "/events",
        response_class=EventStream,
        status_code=200,
        description=_DESCRIPTION,
        responses=documented(*CALLERS, 503),
    )
    async def events(
        request: Request,
        asker: Reads,
        last_event_id: Annotated[str | None, Header(max_length=_LONGEST_ID)] = None,
        after: Annotated[str | None, Query(max_length=_LONGEST_ID, description="The same as Last-Event-ID.")] = None,
    ) -> EventStream:
        if len(streams) >= min(_MOST, max(1, handle_limit() // _SHARE)):
            raise HTTPException(503, "Too many follow the events already.", {"Retry-After": "60"})
        stream = _Stream(facade, asker, last_event_id or after, _connection(request.scope))
        streams.add(stream)

        def ended() -> None:
            streams.discard(stream)
            stream.close()

        return EventStream(stream.parts(), ended)

    return routes


class _Stream:
    """What one caller gets."""

    def __init__(self, facade: Facade, asker: Asker, where: str | None, connection: Connected | None) -> None:
        self._facade = facade
        self._asker = asker
        self._where = where
        self._loop = asyncio.get_running_loop()
        self._woken, self._ended = asyncio.Event(), asyncio.Event()
        self._news = facade.world.bus.subscribe(self._wake, Fed, StatusChanged)
        if connection:
            connection.at_shutdown(self._ended)

    def close(self) -> None:
        """Listen no more."""
        self._news.close()

    def _wake(self) -> None:
        """Have it look for news; from any thread."""
        self._loop.call_soon_threadsafe(self._woken.set)

    async def parts(self) -> AsyncIterator[bytes]:
        """Yield what the caller gets, until the server or their token ends.

        Where the database fails before that, the caller comes again.
        """
        try:
            async for part in self._parts():
                yield part
        except WorldError as error:
            _log.warning("events ended", code=error.title.code)

    async def _parts(self) -> AsyncIterator[bytes]:
        follower = await run_in_threadpool(Follower, self._facade.world, self._where)
        place = f"id: {follower.where}\n" if self._where is None else ""  # who has one keeps it, until told of more
        yield _GREETING.format(place=place).encode()
        yield await self._status()
        while not self._ended.is_set() and self._asker.lasts():
            told = await run_in_threadpool(lambda: [_event(*one) for one in follower.follow()])
            if told:
                yield b"".join(told)
            elif await self._rest():
                if _tells_of_status(self._news.take()):
                    yield await self._status()
            else:
                yield _HEARTBEAT

    async def _rest(self) -> bool:
        """Wait for news, the end, or the next heartbeat; return whether it was one of the first two."""
        waits = [asyncio.ensure_future(one.wait()) for one in (self._woken, self._ended)]
        try:
            done, _ = await asyncio.wait(waits, timeout=self._patience(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        self._woken.clear()
        return bool(done)

    def _patience(self) -> float:
        """Return for how long to be silent at most: until the next heartbeat, or the end of the caller's token."""
        until = self._asker.grant.until
        left = (until - self._facade.world.clock.now()).total_seconds() if until else PACE.heartbeat
        return min(PACE.heartbeat, max(0.0, left))

    async def _status(self) -> bytes:
        status = await run_in_threadpool(StatusRequest().run, self._facade)
        return f"event: status\ndata: {status.model_dump_json()}\n\n".encode()


def _tells_of_status(taken: Taken) -> bool:
    return bool(taken.missed) or any(isinstance(event, StatusChanged) for event in taken.events)


def _event(where: str, told: Told | Missed) -> bytes:
    named = told.type if isinstance(told, Told) else "resync"
    data = json.dumps(told.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))
    return f"id: {where}\nevent: {named}\ndata: {data}\n\n".encode()


def _connection(scope: Scope) -> Connected | None:
    return cast("Connected | None", scope.get("state", {}).get(CALLER))

"""The server's thread: uvicorn on a socket that we bound ourselves, so that its address is known before it runs."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from aisync_desktop import __version__
from aisync_desktop.files.errors import file_problems
from aisync_desktop.files.own import Stamp
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.observe.logging import get_logger
from aisync_desktop.service.facade import Facade
from aisync_desktop.service.running_app import RunningApp, announce, announcement, withdraw
from aisync_desktop.service.token_file import TokenFile

_log = get_logger(__name__)
_HOST = "127.0.0.1"
_STOP_SECONDS = 1.0
_QUEUE = 64  # callers that wait to be let in; asyncio lets in as many in a row


class PortTakenError(WorldError):
    """Another program, or another user's AISync, listens where the API should: it listens elsewhere."""

    def __init__(self, port: int, instead: int) -> None:
        super().__init__(
            text("api.port-taken"),
            text("api.port-taken.message", port=port, instead=instead),
            text("api.port-taken.next"),
        )


class NoApiError(WorldError):
    """The API cannot be served at all: syncing goes on without it."""

    def __init__(self, reason: str) -> None:
        super().__init__(text("api.none"), text("api.none.message", reason=reason), text("api.none.next"))


class ApiServer:
    """Serves a facade until stopped. FastAPI and uvicorn are imported in its thread, not before.

    Attribute: `notes` (what is worth knowing of where it listens, and of its token).
    """

    def __init__(self, facade: Facade, state: Path, port: int) -> None:
        self._facade = facade
        self._state = state
        self._socket = _bind(port)
        self.port: int = self._socket.getsockname()[1]
        taken = PortTakenError(port, self.port) if port not in {0, self.port} else None
        with self._or_no_socket():
            self._token = TokenFile(state)
        self._app = RunningApp(f"http://{_HOST}:{self.port}", os.getpid(), __version__)
        self.notes: tuple[WorldError, ...] = tuple(note for note in (taken, self._token.doubt) if note)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._quit = asyncio.Event()
        self._announcing = Lock()
        self._announced: Stamp = None
        self._stopped = False  # said once and for all, also before there is a loop to tell
        self._thread = Thread(target=self._serve, name="aisync-api", daemon=True)

    def start(self) -> None:
        """Listen, and say where; a caller that comes before the thread is ready waits in the socket's queue."""
        with self._or_no_socket():
            self._socket.listen(_QUEUE)
            self._announce()
        for note in self.notes:
            _log.warning("of the API", code=note.title.code, port=self.port)
        self._thread.start()

    def _announce(self) -> None:
        announce(self._state, self._app)
        self._announced = announcement(self._state)

    def keep_place(self) -> None:
        """Have token and announcement where callers look for them; from any thread, while somebody may stop us."""
        with self._announcing, suppress(OSError):  # nothing that the engine's look should fail by
            if not self._stopped and announcement(self._state) != self._announced:
                self._announce()
        self._token()

    @contextmanager
    def _or_no_socket(self) -> Iterator[None]:
        """Let go of the port where the disk refuses what goes with it: the next server wants it."""
        try:
            with file_problems(self._state):
                yield
        except WorldError:
            self._socket.close()
            raise

    def stop(self) -> None:
        """Stop serving and take the announcement back."""
        with self._announcing:
            self._stopped = True
            withdraw(self._state, self._app)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._quit.set)
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)
        self._socket.close()

    def _serve(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            self._loop.set_exception_handler(_told)
            runner.run(self._run())

    async def _run(self) -> None:
        from uvicorn import Config, Server

        from aisync_desktop.api.app import make_app
        from aisync_desktop.api.connection import LONGEST_HEAD, Connection

        class QuietServer(Server):
            """uvicorn's loop wakes ten times a second to look at a flag; ours waits for an event."""

            quit = self._quit

            async def main_loop(self) -> None:
                await self.quit.wait()

        config = Config(
            make_app(self._facade, self._token),
            http=Connection,
            ws="none",
            backlog=_QUEUE,
            h11_max_incomplete_event_size=LONGEST_HEAD,
            log_config=None,
            access_log=False,
            date_header=False,  # made by the loop that we do not run
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        await asyncio.sleep(0)  # the imports held the loop: a stop that came meanwhile is heard here
        if not self._stopped:
            await QuietServer(config).serve(sockets=[self._socket])


def _told(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what the loop could not do (no descriptor for a caller, say: it tries again in a second) in one line."""
    error = context.get("exception")
    _log.warning("the API's loop", what=str(context.get("message", "")), error=type(error).__name__)


def _bind(port: int) -> socket.socket:
    """Bind to loopback, to a free port where this one cannot be had."""
    try:
        return _bound(port)
    except OSError as error:
        if port:
            return _bind(0)
        raise NoApiError(error.strerror or type(error).__name__) from error


def _bound(port: int) -> socket.socket:
    """Bind to one port; without SO_REUSEADDR's danger on Windows, with its comfort elsewhere.

    The protocol is named, since asyncio sends small answers without delay (TCP_NODELAY) only where it is.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
    except OSError:
        listening.close()
        raise
    return listening

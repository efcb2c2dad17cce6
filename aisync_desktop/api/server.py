"""The server's thread: uvicorn on a socket that we bound ourselves, so that an occupied port is one clear error."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path
from threading import Thread

from aisync_desktop import __version__
from aisync_desktop.api.facade import Facade
from aisync_desktop.api.rendezvous import RunningApp, announce, bearer_token, withdraw
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.messages import text

_HOST = "127.0.0.1"
_STOP_SECONDS = 1.0


class PortTakenError(WorldError):
    """Another program listens where the API should."""

    def __init__(self, port: int) -> None:
        super().__init__(text("api.port-taken"), text("api.port-taken.message", port=port), text("api.port-taken.next"))


class ApiServer:
    """Serves a facade until stopped. FastAPI and uvicorn are imported in its thread, not before."""

    def __init__(self, facade: Facade, state: Path, port: int) -> None:
        self._facade = facade
        self._state = state
        self._socket = _bind(port)
        self.port: int = self._socket.getsockname()[1]
        self._token = bearer_token(state)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._quit = asyncio.Event()
        self._thread = Thread(target=self._serve, name="aisync-api", daemon=True)

    def start(self) -> None:
        """Listen, and say where; a caller that comes before the thread is ready waits in the socket's queue."""
        self._socket.listen(64)
        announce(self._state, RunningApp(f"http://{_HOST}:{self.port}", os.getpid(), __version__))
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and take the announcement back."""
        withdraw(self._state)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._quit.set)
        self._thread.join(_STOP_SECONDS)
        self._socket.close()

    def _serve(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            runner.run(self._run())

    async def _run(self) -> None:
        from uvicorn import Config, Server  # noqa: PLC0415 - heavy, and wanted only here

        from aisync_desktop.api.app import make_app  # noqa: PLC0415 - imports FastAPI

        class QuietServer(Server):
            """uvicorn's loop wakes ten times a second to look at a flag; ours waits for an event."""

            quit = self._quit

            async def main_loop(self) -> None:
                await self.quit.wait()

        config = Config(
            make_app(self._facade, self._token),
            log_config=None,
            access_log=False,
            date_header=False,  # made by the loop that we do not run
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        await asyncio.sleep(0)  # the imports held the loop: a stop that came meanwhile is heard here
        if not self._quit.is_set():
            await QuietServer(config).serve(sockets=[self._socket])


def _bind(port: int) -> socket.socket:
    """Bind to loopback; without SO_REUSEADDR's danger on Windows, with its comfort elsewhere."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
    except OSError as error:
        listening.close()
        raise PortTakenError(port) from error
    return listening

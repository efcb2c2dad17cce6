"""A small client of our own API, on the standard library: the command line's way to the running app."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.service.running_app import running_app
from aisync_desktop.service.token_file import bearer_token


class ApiRefusedError(WorldError):
    """The running app answered, but not with what was asked for."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(
            text("api.refused"), text("api.refused.message", status=status, detail=detail), text("api.refused.next")
        )


class AppBusyError(WorldError):
    """The running app has not answered in time; it may still do what was asked."""

    def __init__(self, seconds: float) -> None:
        super().__init__(text("api.busy"), text("api.busy.message", seconds=round(seconds)), text("api.busy.next"))


class AppClient:
    """Talks to a running app; `find` returns None where there is none that answers."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self._host = host
        self._port = port
        self._token = token

    @classmethod
    def find(cls, places: Places) -> AppClient | None:
        """Return a client of the app that runs with these folders."""
        app = running_app(places.state)
        if app is None or InstanceLock(places.lock).holder() != app.pid:
            return None  # left behind by an app that is gone: somebody else may listen there now
        address = urlsplit(app.url)
        client = cls(address.hostname or "127.0.0.1", address.port or 0, bearer_token(places.state))
        try:
            client.call("GET", "/healthz", timeout=2)
        except (OSError, HTTPException, WorldError):
            return None
        return client

    def call(self, method: str, path: str, body: Value = None, timeout: float = 30) -> Value:
        """Make one call and return the JSON answer."""
        connection = HTTPConnection(self._host, self._port, timeout=timeout)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            answer: Value = json.loads(response.read() or b"null")
        except TimeoutError as error:
            raise AppBusyError(timeout) from error
        except ValueError as error:
            raise ApiRefusedError(0, type(error).__name__) from error
        finally:
            connection.close()
        if response.status >= 400:  # noqa: PLR2004 - HTTP's own border
            detail = answer.get("detail", "") if isinstance(answer, dict) else ""
            raise ApiRefusedError(response.status, str(detail))
        return answer

"""A small client of our own API, on the standard library: the command line's way to the running app."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.actors import COMMAND_LINE
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.service.running_app import running_app
from aisync_desktop.service.token_file import bearer_token

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aisync_desktop.service.operations.request import Request

    A = TypeVar("A", bound=BaseModel)

_ROUTES = "/api/v1"
ASSISTANT_HEADER = "AISync-Assistant"  # who asks, where that is an assistant
WAY_HEADER = "AISync-Way"  # by which way somebody else does, where that is the command line

_STARTS_SECONDS = 5  # an app that holds the lock and does not answer yet is mostly one that starts on a busy machine


class ApiRefusedError(WorldError):
    """The running app answered, but not with what was asked for."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(
            text("api.refused"), text("api.refused.message", status=status, detail=detail), text("api.refused.next")
        )


class RelayedError(WorldError):
    """What the world refused the running app, as it was told there."""


class AppBusyError(WorldError):
    """The running app has not answered in time; it may still do what was asked."""

    def __init__(self, seconds: float) -> None:
        super().__init__(text("api.busy"), text("api.busy.message", seconds=round(seconds)), text("api.busy.next"))


class AppGoneError(WorldError):
    """The running app ended, or was cut off, before it answered; it may have done what was asked."""

    def __init__(self) -> None:
        super().__init__(text("api.gone"), text("api.gone.message"), text("api.busy.next"))


class AppDiffersError(WorldError):
    """The running app answered something else than this program knows how to read."""

    def __init__(self) -> None:
        super().__init__(text("api.differs"), text("api.differs.message"), text("api.differs.next"))


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
        try:
            address = urlsplit(app.url)
            client = cls(address.hostname or "127.0.0.1", address.port or 0, bearer_token(places.state))
            client.call("GET", "/healthz", timeout=_STARTS_SECONDS)
        except (OSError, HTTPException, WorldError, ValueError):  # the last of an address that is none
            return None
        return client

    def listen(self) -> socket:
        """Return a connection on which the app tells what happens from now on, as long as it runs."""
        connection = HTTPConnection(self._host, self._port, timeout=_STARTS_SECONDS)
        with closing(connection), ExitStack() as on_refusal:
            connection.request("GET", f"{_ROUTES}/events", None, {"Authorization": f"Bearer {self._token}"})
            heard: socket = on_refusal.enter_context(connection.sock.dup())  # stays when the other one is closed
            response = connection.getresponse()
            if response.status != HTTPStatus.OK:
                raise ApiRefusedError(response.status, response.reason)
            on_refusal.pop_all()
        return heard

    def call(self, method: str, path: str, body: Value = None, timeout: float = 30, by: str = "") -> Value:
        """Make one call and return the JSON answer."""
        connection = HTTPConnection(self._host, self._port, timeout=timeout)
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            WAY_HEADER: COMMAND_LINE,
        }
        if by:
            headers[ASSISTANT_HEADER] = by
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            answer: Value = json.loads(response.read() or b"null")
        except TimeoutError as error:
            raise AppBusyError(timeout) from error
        except (ValueError, RecursionError) as error:
            raise ApiRefusedError(0, type(error).__name__) from error
        finally:
            connection.close()
        if response.status >= 400 or response.status == HTTPStatus.ACCEPTED:  # noqa: PLR2004 - HTTP's own border
            raise _refusal(response.status, answer)
        return answer

    def ask(self, request: Request, by: str = "") -> BaseModel:
        """Have the app do what is asked, and return its answer; `by` is the assistant that asks, if one does."""
        from aisync_desktop.service.operations.listed import operation_of

        operation = operation_of(type(request))
        given = request.model_dump(mode="json", exclude_defaults=True)
        path = f"{_ROUTES}{operation.path}"
        for field in operation.in_path:
            path = path.replace(f"{{{field}}}", quote(str(given.pop(field)), safe=""))
        if operation.by_query and given:
            path = f"{path}?{urlencode({name: _in_query(value) for name, value in given.items()})}"
        try:
            answer = self.call(operation.method, path, None if operation.by_query else given, by=by)
        except (OSError, HTTPException) as error:
            raise AppGoneError from error
        return _understood(operation.answer, answer)


def _understood(kind: type[A], answer: Value) -> A:
    """Return an answer as what it should be; who gives it may be another version of this program, or none at all."""
    from pydantic import ValidationError

    try:
        return kind.model_validate(answer)
    except ValidationError as error:
        raise AppDiffersError from error


def _in_query(value: Value) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _refusal(status: int, answer: Value) -> WorldError:
    """Return why the app refused: what it met itself, where it told so."""
    told = answer if isinstance(answer, dict) else {}
    if "problem" not in told:
        return ApiRefusedError(status, str(told.get("detail", "")))
    from aisync_desktop.kernel.problem import Problem

    try:
        problem = _understood(Problem, told["problem"])
    except AppDiffersError:
        return ApiRefusedError(status, str(told.get("detail", "")))
    where = Path(problem.path) if problem.path else None
    return RelayedError(problem.title, problem.message, problem.next_step, where)

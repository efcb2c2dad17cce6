"""Refusals as problem details (RFC 9457): a code that stays, what to do next, and the id of the line in the log."""

from __future__ import annotations

from http import HTTPStatus
from secrets import token_hex
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.observe.logging import get_logger
from aisync_desktop.observe.throttle import SAME_LINES

_log = get_logger(__name__)
_MEDIA = "application/problem+json"
_SECONDS_PER_LINE = 60 / SAME_LINES + 0.1
_BEARER = {"WWW-Authenticate": "How a token is to be shown, and what is wrong with the one that was."}
_MARK = {"ETag": "By which the caller asks whether it is the same still."}
_LATER = {"Retry-After": "In how many seconds the next one is looked at."}
_WHY: dict[int, tuple[str, dict[str, str]]] = {
    202: ("It is not done, but waits among the questions until a person allows it.", {}),
    304: ("The caller has it already, by the mark in `If-None-Match`.", _MARK),
    400: ("Not asked of us: another host is named than this machine.", {}),
    401: ("No token was shown that is good.", _BEARER),
    403: ("The token that was shown is not for this; the problem names what it lacks.", _BEARER),
    404: ("There is nothing of that name.", {}),
    409: ("The world is not so that it can be done.", {}),
    413: ("The body is too large, or does not say how large it is.", {}),
    414: ("The address is too long.", {}),
    422: ("Not understood.", {}),
    429: ("Too many wrong tokens, or passwords, came from there.", _LATER),
    431: ("The head of the request is too long.", {}),
    503: ("Too many are served like this already.", _LATER),
    504: ("The engine is busy; it is done all the same, or was refused, by the time that the status tells of it.", {}),
}
STRANGERS = (400, 403, 413, 414, 422, 431)  # what anybody may be answered by the guard, whatever they ask for
CALLERS = (*STRANGERS, 401, 429)  # and where a token is needed


class ProblemDetails(BaseModel):
    """Why something was refused; `problem` says the same for people, and `id` is in the log."""

    type: str = "about:blank"
    status: int
    detail: str
    code: str = ""
    next_step: str = ""
    id: str = ""
    problem: Problem | None = None


def problem(status: int, detail: str, headers: dict[str, str] | None = None, code: str = "") -> JSONResponse:
    """Return an answer in the form of RFC 9457; `code` is the stable one that the command line says, too."""
    body: dict[str, Any] = {"type": "about:blank", "status": status, "detail": detail}
    if code:
        body["code"] = code
    return JSONResponse(body, status, headers, media_type=_MEDIA)


class Refusals:
    """Makes refusals of what the world does not let happen, and writes each down; of the server's thread.

    The log tells one line only so often. So the same refusal of the same asker has the id of the one before, for as
    long as another line might not be told: whoever floods us with calls hides no id of anybody.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: dict[tuple[str, str], tuple[str, float]] = {}

    def answer(
        self, status: int, error: WorldError, headers: dict[str, str] | None = None, by: str = ""
    ) -> JSONResponse:
        """Return why something was refused."""
        return self.known_as(self.write_down(status, error.code, by), status, error, headers)

    def known_as(
        self, reference: str, status: int, error: WorldError, headers: dict[str, str] | None = None
    ) -> JSONResponse:
        """Return why something was refused that the log has under this id already."""
        told = ProblemDetails(
            status=status,
            detail=str(error),
            code=error.code,
            next_step=error.next_step.english(),
            id=reference,
            problem=problem_of(error),
        )
        return JSONResponse(told.model_dump(mode="json"), status, headers, media_type=_MEDIA)

    def write_down(self, status: int, code: str, by: str = "") -> str:
        """Write a refusal down, and return the id that its line in the log has."""
        now, what = self._clock.monotonic(), (code, by)
        reference, until = self._told.get(what, ("", now))
        if now >= until:
            self._told = {one: told for one, told in self._told.items() if told[1] > now}
            reference = token_hex(6)
            self._told[what] = reference, now + _SECONDS_PER_LINE
            _log.info(f"refused {code} to {by or 'a stranger'}", id=reference, status=status)
        return reference


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how a description of the API tells of refusals."""
    return {status: _documented(status) for status in sorted(statuses)}


def marked() -> dict[int | str, dict[str, Any]]:
    """Return how a description tells of what is answered to GET: with a mark, and in few words to who has it."""
    return {200: {"description": "What was asked for.", "headers": _told(_MARK)}, **documented(HTTPStatus.NOT_MODIFIED)}


def _told(headers: dict[str, str]) -> dict[str, Any]:
    return {name: {"description": of, "schema": {"type": "string"}} for name, of in headers.items()}


def _documented(status: int) -> dict[str, Any]:
    why, headers = _WHY[status]
    told: dict[str, Any] = {"description": f"{HTTPStatus(status).phrase}: {why}"}
    if status != HTTPStatus.NOT_MODIFIED:
        told["content"] = {_MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    if headers:
        told["headers"] = _told(headers)
    return told


def schemas() -> dict[str, Any]:
    """Return the schemas that `documented` names, for the description of the API."""
    told = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    return {**told.pop("$defs", {}), ProblemDetails.__name__: told}

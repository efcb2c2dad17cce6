"""A caller of the event stream, as a script is one: it reads lines, and knows where it has come to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from typing import Any, Self
from urllib.parse import urlencode

from tests.helpers.patience import PATIENCE


@dataclass(frozen=True)
class Heard:
    """One event; without a type it is a comment or the greeting."""

    type: str = ""
    id: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class EventCaller:
    """A call of `GET /api/v1/events`; `where` is the last id that came."""

    def __init__(self, port: int, token: str, where: str | None = None, *, in_query: bool = False) -> None:
        self.where = where or ""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {token}"}
        if where is not None and not in_query:
            headers["Last-Event-ID"] = where
        query = f"?{urlencode({'after': where})}" if in_query else ""
        self._connection.request("GET", f"/api/v1/events{query}", headers=headers)
        self.answer: HTTPResponse = self._connection.getresponse()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.answer.close()
        self._connection.close()

    def next(self) -> Heard | None:
        """Return what comes next, be it a comment; None at the end."""
        lines: list[str] = []
        while line := self.answer.readline().decode():
            if line == "\n":
                return self._heard(lines)
            lines.append(line.rstrip("\n"))
        return None

    def event(self) -> Heard:
        """Return the next event of a feed, or resync."""
        while heard := self.next():
            if heard.type not in {"", "status"}:
                return heard
        raise EOFError

    def status(self) -> dict[str, Any]:
        """Return the next status."""
        while heard := self.next():
            if heard.type == "status":
                return heard.data
        raise EOFError

    def until_end(self) -> list[Heard]:
        """Return all that comes until the stream ends."""
        found = []
        while heard := self.next():
            found.append(heard)
        return found

    def _heard(self, lines: list[str]) -> Heard:
        fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
        self.where = fields.get("id", self.where)
        return Heard(fields.get("event", ""), fields.get("id", ""), json.loads(fields.get("data", "{}")))

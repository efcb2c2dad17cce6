"""One operation as a row: plain names, so that the list of all of them costs nothing where a program starts."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_type_hints

from aisync_desktop.kernel.access import Access
from aisync_desktop.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aisync_desktop.service.operations.request import Request

ROOM = "aisync_desktop.service.operations"
_RUNS_ON = dict.fromkeys(("Engine", "World", "Facade"), Any)  # what a run is given is nobody's business here


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked of the program: `found` is where its request is, as `module:Class`.

    `verb` is the command that asks for it and says nothing else, `about` what its help says; one that says more is
    written by hand (cli/).
    """

    name: str
    access: Access
    method: str
    path: str
    found: str
    verb: str = ""
    about: str = ""

    @property
    def request(self) -> type[Request]:
        """What is asked, which also knows how it is run."""
        module, _, name = self.found.partition(":")
        request: type[Request] = getattr(import_module(f"{ROOM}.{module}"), name)
        return request

    @property
    def answer(self) -> type[BaseModel]:
        """What comes of it."""
        run = self.request.run  # type: ignore[attr-defined]  # each kind of request has one; a test sees to that
        answer: type[BaseModel] = get_type_hints(run, localns=_RUNS_ON)["return"]
        return answer

    @property
    def in_path(self) -> tuple[str, ...]:
        """The fields of the request that are parts of the path."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    @property
    def by_query(self) -> bool:
        """Whether the other fields are in the query, and not in a body."""
        return self.method in {"GET", "DELETE"}

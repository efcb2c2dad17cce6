"""Sessions: running clients that write their file from memory, as it was when they began.

What we write meanwhile reaches such a client only when it is started again, and it may write it over until then: the
status says so, its overwrites are recognised for as long as it runs (planning/recent_writes.py), and its file is looked
at again as soon as it has ended. The system is asked at most every few seconds, and only if there is such a client.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.loader import Catalog
from aisync_desktop.files.processes import Processes, Program, Session
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.terms.endpoints import EndpointState

ASK_AGAIN_SECONDS = 5.0
Since: TypeAlias = Mapping[tuple[Scope, str], float]  # by scope and endpoint: when the oldest session began
_NS = 1_000_000_000


class Sessions:
    """What is known of the sessions at present; nothing where the system does not tell."""

    def __init__(self, processes: Processes | None, catalog: Catalog, clock: Clock) -> None:
        self._processes = processes
        self._clock = clock
        self._programs = {one.id: Program(one.program, one.packages) for one in catalog.descriptors if one.program}
        self._running: Mapping[Program, tuple[Session, ...]] = {}
        self._asked: float | None = None

    @property
    def pids(self) -> frozenset[int]:
        """The processes whose end is worth a look."""
        return frozenset(session.pid for sessions in self._running.values() for session in sessions)

    def doubt(self) -> None:
        """Have the system asked at the next look, as one of them has ended."""
        self._asked = None

    def look(self, survey: Survey) -> Since:
        """Return since when the endpoints of a survey have been in the memory of a running client."""
        remembering = [state for state in survey.endpoints if _is_remembered(state)]
        wanted = {self._programs[state.client] for state in remembering if state.client in self._programs}
        self._ask(wanted)
        return {(state.scope, state.id): since for state in remembering if (since := self._oldest(state)) is not None}

    def _ask(self, wanted: set[Program]) -> None:
        now = self._clock.monotonic()
        if not wanted or self._processes is None:
            self._running = {}
        elif self._asked is None or now - self._asked >= ASK_AGAIN_SECONDS:
            self._running = self._processes.sessions(wanted) or {}
            self._asked = now

    def _oldest(self, state: EndpointState) -> float | None:
        program = self._programs.get(state.client)
        sessions = self._running.get(program, ()) if program else ()
        return sessions[0].since if sessions else None


def outdated(survey: Survey, since: Since) -> frozenset[tuple[Scope, str]]:
    """Return the clients, by scope, that run with an older state of a file than what it holds."""
    return frozenset(
        (state.scope, state.client)
        for state in survey.endpoints
        if (began := since.get((state.scope, state.id))) is not None and _written_after(state, began)
    )


def _is_remembered(state: EndpointState) -> bool:
    endpoint = state.lens.endpoint
    return isinstance(endpoint, McpEndpoint) and endpoint.writes_from_memory


def _written_after(state: EndpointState, moment: float) -> bool:
    reading = state.main.reading if state.main else None
    return reading is not None and reading.mtime_ns > moment * _NS

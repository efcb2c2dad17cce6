"""A survey with the entries of launchers read as the items that they start, by what was agreed on before."""

from __future__ import annotations

from dataclasses import replace

from aisync_desktop.clients.items import Kind, Scope
from aisync_desktop.clients.lens import View
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known, ScopeMemory
from aisync_desktop.sync.terms.launchers import Launcher, Launching, is_stdio


@dataclass(frozen=True)
class _Read:
    """An endpoint with its launchers read, and what that was made of."""

    state: EndpointState
    memory: ScopeMemory
    consents: Consents
    launched: EndpointState


class LaunchedEntries:
    """Reads the launchers of each look; while nothing is another, an endpoint is the same object as at the last one."""

    def __init__(self, launcher: Launcher) -> None:
        self._launcher = launcher
        self._read: dict[tuple[Scope, str], _Read] = {}

    def with_launched(self, survey: Survey, known: Known) -> Survey:
        """Return a survey as everything after it is to see it."""
        return replace(survey, endpoints=tuple(self._launched(state, known) for state in survey.endpoints))

    def _launched(self, state: EndpointState, known: Known) -> EndpointState:
        memory, last = known.of(state.scope), self._read.get((state.scope, state.id))
        if last and last.state is state and last.memory is memory and last.consents is known.consents:
            return last.launched
        launched = _launched(state, known, self._launcher)
        self._read[state.scope, state.id] = _Read(state, memory, known.consents, launched)
        return launched


def _launched(state: EndpointState, known: Known, launcher: Launcher) -> EndpointState:
    """Say what launchers stand for: what the client agreed on last, or, where it never did, what is meant for all."""
    if state.kind is not Kind.MCP or state.problem is not None:
        return state
    memory = known.of(state.scope)
    meant = dict(memory.unified)
    meant |= {key: item for key, item in memory.bases.get(state.id, {}).items() if is_stdio(item)}
    launching = Launching(launcher, state.scope, state.label, meant, known.consents, memory.unified)
    seen = launching.seen(state.view.items)
    if not seen.spelled and not seen.unknown:
        return replace(state, launching=launching)
    read = replace(state, launching=launching, view=View({**state.view.items, **seen.items}, state.view.opaque))
    return replace(read, spelled=seen.spelled).holding(seen.unknown, text("lens.launcher"))

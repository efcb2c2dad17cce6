"""A survey with the entries of launchers read as the items that they start, by what was agreed on before."""

from __future__ import annotations

from dataclasses import replace

from aisync_desktop.connectors.lens import View
from aisync_desktop.core.items import Kind
from aisync_desktop.core.messages import text
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.known import Known
from aisync_desktop.engine.launching import Launcher, Launching, is_stdio
from aisync_desktop.engine.survey import Survey


def with_launched(survey: Survey, known: Known, launcher: Launcher) -> Survey:
    """Return a survey as everything after it is to see it."""
    states = (_launched(state, known, launcher) for state in survey.endpoints)
    return replace(survey, endpoints=tuple(states))


def _launched(state: EndpointState, known: Known, launcher: Launcher) -> EndpointState:
    """Say what launchers stand for: what the client agreed on last, or, where it never did, what is meant for all."""
    if state.kind is not Kind.MCP or state.problem is not None:
        return state
    memory = known.of(state.scope)
    meant = dict(memory.unified)
    meant |= {key: item for key, item in memory.bases.get(state.id, {}).items() if is_stdio(item)}
    launching = Launching(launcher, state.scope, state.label, meant, known.consents)
    seen = launching.seen(state.view.items)
    if not seen.spelled and not seen.unknown:
        return replace(state, launching=launching)
    read = replace(state, launching=launching, view=View({**state.view.items, **seen.items}, state.view.opaque))
    return replace(read, spelled=seen.spelled).holding(seen.unknown, text("lens.launcher"))

"""Files that a client reads, or would read, beside the one that is kept in step: an edit in them goes unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aisync_desktop.connectors.lens import Lens
from aisync_desktop.connectors.paths import Whereabouts
from aisync_desktop.engine.doctor.finding import Finding, Severity, found
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.surroundings import Surroundings


def in_other_files(state: EndpointState, world: Surroundings) -> Iterator[Finding]:
    """Yield the candidates of an endpoint that are there and were not chosen, by any of its readers."""
    here = world.whereabouts(state.scope)
    told = {_real(state.path)}
    for lens in (state.lens, *state.readers):
        for path in _passed_over(lens, here):
            if _real(path) not in told:
                told.add(_real(path))
                one = found(Severity.WARNING, lens.endpoint.others, state, path, file=state.path.name)
                yield replace(one, client=lens.client)


def _passed_over(lens: Lens, here: Whereabouts) -> tuple[Path, ...]:
    endpoint = lens.endpoint
    if endpoint.choose == "set":
        return ()
    return tuple(path for path in here.candidates(endpoint) if here.exists(path) and path != here.find(endpoint))


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path

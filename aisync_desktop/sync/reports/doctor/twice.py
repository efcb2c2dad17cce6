"""Rules that a client reads twice, from two folders: the one that others need, and its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity, located
from aisync_desktop.sync.terms.display_names import shown
from aisync_desktop.sync.terms.endpoints import EndpointState


def read_twice(endpoints: tuple[EndpointState, ...]) -> Iterator[Finding]:
    """Yield the rules of two folders that one client reads."""
    folders = (state for state in endpoints if state.in_folder)
    for one, other in combinations(folders, 2):
        if (one.scope, one.kind) != (other.scope, other.kind):
            continue
        for client in sorted(one.clients & other.clients):
            yield from _of_client(client, one, other)


def _of_client(client: str, one: EndpointState, other: EndpointState) -> Iterator[Finding]:
    mine, its = (one, other) if one.client == client else (other, one)
    for key in sorted(mine.view.items.keys() & its.view.items.keys()):
        path, at = located(mine, key)
        twin = Path(located(its, key)[0])
        file = f"{twin.parent.name}/{twin.name}"
        message, step = text("doctor.twice", item=shown(key.name), file=shown(file)), text("doctor.twice.next")
        yield Finding(Severity.INFO, message, step, client, str(mine.scope), path, at)

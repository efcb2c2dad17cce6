"""Entries of servers: keys that no reader of the file is known to use, mostly slips of the pen; and overrides.

An override is what a client keeps for one project in a file of its user: it counts there before what is kept in step.
Some clients join an entry of a project with the user's one of that name, and so pass a server its arguments twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import islice

from aisync_desktop.clients.descriptor import Apart, McpEndpoint
from aisync_desktop.clients.items import ItemKey, Kind, McpServer
from aisync_desktop.clients.lens import Spot
from aisync_desktop.clients.servers import ServerLens, Stranger
from aisync_desktop.documents.protocol import Missing
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity, found
from aisync_desktop.sync.terms.display_names import shown
from aisync_desktop.sync.terms.endpoints import EndpointState

_MOST = 20  # findings about one file
_LONGEST, _LIKE = 40, 0.8  # keys that are longer are no slips; how much of two keys is the same


def in_entries(state: EndpointState) -> Iterator[Finding]:
    """Yield the keys that are strange to every client that reads the file."""
    readers = [lens for lens in (state.lens, *state.readers) if isinstance(lens, ServerLens)]
    if state.problem or not readers or not state.documents:
        return
    known = frozenset[str]().union(*(lens.known() for lens in readers))
    strangers = (one for one in readers[0].strangers(state.documents) if not _covers(known, one.way))
    for stranger in islice(strangers, _MOST):
        yield _of_key(state, stranger, known)


def _covers(known: Collection[str], way: tuple[str, ...]) -> bool:
    return any(".".join(way[:length]) in known for length in range(1, len(way) + 1))


def _of_key(state: EndpointState, stranger: Stranger, known: Collection[str]) -> Finding:
    key = ".".join(stranger.way)
    said = {"item": shown(stranger.item.name), "field": shown(key), "client": state.name}
    meant = _meant(key, known)
    if meant:
        return found(Severity.WARNING, "misspelt-key", state, stranger.spot, **said, meant=meant)
    return found(Severity.INFO, "unknown-key", state, stranger.spot, **said)


def _meant(key: str, known: Collection[str]) -> str:
    """Return the key that was probably meant."""
    if len(key) > _LONGEST:
        return ""
    folded = {each.casefold(): each for each in sorted(known) if each}
    close = get_close_matches(key.casefold(), folded, n=1, cutoff=_LIKE)
    return folded[close[0]] if close else ""


def in_overrides(state: EndpointState, endpoints: Iterable[EndpointState]) -> Iterator[Finding]:
    """Yield the entries that count before others, and the servers that are off in this project alone."""
    endpoint = state.lens.endpoint
    if not isinstance(endpoint, McpEndpoint) or state.problem:
        return
    here = {key.name for key in (*state.view.items, *state.view.opaque)}
    users = {key.name for other in endpoints if _of_user(other, state) for key in other.view.items}
    for name in sorted(_named(state, endpoint.overrides)):
        severity, code = (Severity.WARNING, "overridden") if name in here | users else (Severity.INFO, "not-shared")
        yield found(severity, code, state, _spot(endpoint.overrides, name), item=shown(name))
    for name in sorted(_named(state, endpoint.off) & users - here):
        yield found(Severity.INFO, "off-here", state, _spot(endpoint.off), item=shown(name))
    for key in sorted(_joined(state, endpoints)) if endpoint.joined else ():
        yield found(Severity.WARNING, "joined", state, state.lens.where(state.documents, key), item=shown(key.name))


def _joined(state: EndpointState, endpoints: Iterable[EndpointState]) -> set[ItemKey]:
    """Return the servers whose arguments both the project and the user name."""
    users = {key for other in endpoints if _of_user(other, state) for key in _with_arguments(other)}
    return users & _with_arguments(state)


def _with_arguments(state: EndpointState) -> set[ItemKey]:
    return {key for key, item in state.view.items.items() if isinstance(item, McpServer) and item.args}


def _of_user(other: EndpointState, state: EndpointState) -> bool:
    return bool(state.scope.root) and not other.scope.root and other.kind is Kind.MCP and other.client == state.client


def _named(state: EndpointState, apart: Apart | None) -> set[str]:
    document = state.documents.get(apart.beside) if apart else None
    there: Value | Missing = document.get(apart.way) if apart and document else None
    return {name for name in there if isinstance(name, str)} if isinstance(there, dict | list) else set()


def _spot(apart: Apart | None, *more: str) -> Spot | None:
    return Spot(apart.beside, (*apart.way, *more)) if apart else None

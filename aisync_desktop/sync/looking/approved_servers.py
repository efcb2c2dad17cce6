"""What the user approved in a client is their word for these lines, and is taken over from its own trust store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.items import Items, Kind, McpServer, Scope
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.looking.approvals import BY_NAME, Approved
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.server_consents import ServerConsents, same_lines


def with_approvals(known: Known, survey: Survey) -> Consents:
    """Return what the user agreed to, with what they approved in a client since the last time."""
    said = known.consents.servers
    for scope, clients in survey.approved.items():
        states = [state for state in survey.of(scope) if state.kind is Kind.MCP and state.problem is None]
        for client in clients:
            mine = [state for state in states if client.client in state.clients]
            said = _taking_over(said, scope, client, mine, known.of(scope).unified)
    return known.consents if said == known.consents.servers else replace(known.consents, servers=said)


def _taking_over(
    said: ServerConsents, scope: Scope, client: Approved, states: Iterable[EndpointState], unified: Items
) -> ServerConsents:
    """Allow what is newly approved; a name whose server is away for now stays the one that was approved."""
    before = said.taken_over(scope, client.client)
    known = before or {}
    now = {name: mark for name, mark in known.items() if mark == BY_NAME and client.knows(name)}
    for state in states:
        for key, item in state.view.items.items():
            mark = client.mark(key.name, _entry(state, key.name))
            if not mark or not isinstance(item, McpServer):
                continue
            now[key.name] = mark
            # At the first look of all, a name may have been approved for the lines that were agreed on before.
            is_older = before is None and mark == BY_NAME and key in unified and not same_lines(unified[key], item)
            if known.get(key.name) != mark and not is_older:
                said = said.allowing(scope, key, item)
    return said if now == before else said.taking_over(scope, client.client, now)


def _entry(state: EndpointState, name: str) -> Mapping[str, Value]:
    """Return an entry as it stands in the file, with all that we do not know of it; {} where it is no such file."""
    document, endpoint = state.documents.get(MAIN), state.lens.endpoint
    way = (*endpoint.root, name) if isinstance(endpoint, McpEndpoint) else ()
    found = document.get(way) if document is not None and way else None
    return found if isinstance(found, dict) else {}

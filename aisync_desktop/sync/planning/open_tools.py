"""Lists of tools: where they show fewer tools of a server than before, that is followed; more is for the user to say.

`only_tools` and `hidden_tools` of a server are restrictions as much as permissions are, whoever asks for less of them:
an edit elsewhere, the choice of a side, a preference. Until the user has said that a client may have just these lists,
its own restrictions stay, and everything else of the server is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from typing import NamedTuple

from aisync_desktop.clients.items import Item, ItemKey, McpServer, item_of
from aisync_desktop.clients.lens import Loss
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.diff import FieldPath
from aisync_desktop.sync.planning.loosening import Rights
from aisync_desktop.sync.terms.decisions import WIDER, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState

_ANY_OTHER = "*"  # no tool is called so
_LISTS = ("only_tools", "hidden_tools")
TOOLS = "tools"  # what consents to open them are about


class Kept(NamedTuple):
    """A server with no more tools open than the user has agreed to, what that loses, and what is asked."""

    item: Item
    losses: tuple[Loss, ...] = ()
    asked: Decision | None = None


def keeping_closed(state: EndpointState, key: ItemKey, present: Item | None, wanted: Item, rights: Rights) -> Kept:
    """Return what is written of a server at an endpoint that has one under this name, or had."""
    if not isinstance(wanted, McpServer) or not isinstance(present, McpServer) or not restricts(present):
        return Kept(wanted)
    more = opened(present, wanted)
    fields = consent_fields(wanted)
    if not more or rights.equal_lists or rights.consents.allow(key, fields, state.label, state.scope):
        return Kept(wanted)
    kept = closed_as(key, present, wanted)
    said = state.lens.project(key, kept).item
    item = said if said is not None and not opened(present, McpServer.of(said)) else present
    if rights.consents.refuse(key, fields, state.label, state.scope):
        return Kept(item, (Loss(state.client, key, "", text("loss.permission-wider-left")),))
    summary, sides = text("decision.wider.tools", item=key.name), {state.label: wanted}
    return Kept(item, asked=Decision(WIDER, state.scope, key, summary, sides, examples={state.label: more}))


def restricts(server: McpServer) -> bool:
    """Return whether a server shows fewer tools than it has: else there is none to be opened."""
    return server.only_tools is not None or bool(server.hidden_tools)


def opened(now: McpServer, then: McpServer) -> tuple[str, ...]:
    """Return the tools that would be open and are not now; one name stands for all that no list names."""
    named = {tool for server in (now, then) for tool in (*(server.only_tools or ()), *server.hidden_tools)}
    return tuple(tool for tool in (*sorted(named), _ANY_OTHER) if _is_open(then, tool) and not _is_open(now, tool))


def _is_open(server: McpServer, tool: str) -> bool:
    return (server.only_tools is None or tool in server.only_tools) and tool not in server.hidden_tools


def closed_as(key: ItemKey, now: McpServer, then: McpServer) -> Item:
    """Return a server with only those tools open that are so in both."""
    lists: dict[str, Value] = {}
    restricted = [one.only_tools for one in (then, now) if one.only_tools is not None]
    if restricted:
        lists["only_tools"] = [tool for tool in restricted[0] if all(tool in each for each in restricted)]
    hidden = dict.fromkeys((*then.hidden_tools, *now.hidden_tools))
    return item_of(key, {**without_lists(key, then, _LISTS).fields(), **lists, "hidden_tools": [*hidden]})


def lists_of(item: Item) -> dict[str, Value]:
    """Return what a server says about which tools are open."""
    return {name: value for name, value in item.fields().items() if name in _LISTS}


def without_lists(key: ItemKey, item: Item, lists: Collection[str]) -> Item:
    """Return a server without some of its lists."""
    return item_of(key, {name: value for name, value in item.fields().items() if name not in lists})


def consent_fields(wanted: McpServer) -> tuple[FieldPath, ...]:
    """Return what a consent is about: just these lists."""
    said = json.dumps(lists_of(wanted), sort_keys=True)
    return ((TOOLS, hashlib.sha256(said.encode()).hexdigest()[:16]),)

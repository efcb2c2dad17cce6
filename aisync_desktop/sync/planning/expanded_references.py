"""Leaks: a client's own writer put values in the place of references (`${TOKEN}`), and they lie in the file in clear.

Such a value is never spread: the item is left alone at this client, with its old base, until the user says whether the
references are to be written back ("base") or the values are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.items import Item, ItemKey, Items
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.diff import difference, flatten
from aisync_desktop.sync.model.taking import BASE
from aisync_desktop.sync.terms.decisions import LEAK, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.plan_terms import PlanTerms

_REFERENCE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*(?::-[^}]*)?\}")


def guard_leaks(state: EndpointState, base: Items, terms: PlanTerms) -> tuple[EndpointState, tuple[Decision, ...]]:
    """Return an endpoint with its leaked items held, or ready to be repaired where the user took "base"."""
    endpoint = state.lens.endpoint
    if not isinstance(endpoint, McpEndpoint) or not endpoint.expands_on_write:
        return state, ()
    leaked = {key for key, item in state.view.items.items() if key in base and is_expanded(base[key], item)}
    taken = {key: choice.take for key in leaked if (choice := terms.settling(LEAK, state.scope, key))}
    repaired = {key for key in leaked if taken.get(key) == BASE}
    held = sorted(key for key in leaked - repaired if taken.get(key) != state.label)
    asked = tuple(_decision(state, key, base[key]) for key in held)
    return replace(state.holding(held, text("lens.leak")), repaired=frozenset(repaired)), asked


def _decision(state: EndpointState, key: ItemKey, before: Item) -> Decision:
    summary = text("decision.leak", item=key.name, client=state.name)
    return Decision(LEAK, state.scope, key, summary, {state.label: state.view.items[key]}, before)


def is_expanded(before: Item, after: Item) -> bool:
    """Whether a reference became a value, and everything around it in that string stayed."""
    old, new = flatten(before.fields()), flatten(after.fields())
    changed = difference(before.fields(), after.fields())
    return any(_expands(one, other) for path in changed for one, other in _strings(old.get(path), new.get(path)))


def _strings(before: Value, after: Value) -> Iterator[tuple[str, str]]:
    pairs = (
        zip(before, after, strict=False) if isinstance(before, list) and isinstance(after, list) else ((before, after),)
    )
    return ((one, other) for one, other in pairs if isinstance(one, str) and isinstance(other, str))


def _expands(before: str, after: str) -> bool:
    pieces = _REFERENCE.split(before)
    pattern = ".*".join(re.escape(piece) for piece in pieces)
    return len(pieces) > 1 and before != after and re.fullmatch(pattern, after, re.DOTALL) is not None

"""A project's new servers: what a repository brought is started by no other assistant before the user allowed it.

A server of a project that is new, or whose lines are others (server_consents.py), is held: it stays where it stands and
comes into no other file, with all that is edited of it, while everything else goes on. All of them in a scope are one
question. Free are lines that all had agreed on before, those that the user allowed, by whatever way, and those that
they choose where sides clash. What takes something away is never held: a server that goes, or is switched off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, McpServer, Renamed, Scope
from aisync_desktop.clients.lens import Loss
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.sync.model.diff import Change
from aisync_desktop.sync.model.merge import Merged
from aisync_desktop.sync.planning.targets import covered_by, said_whole
from aisync_desktop.sync.terms.consents import LEAVE
from aisync_desktop.sync.terms.decisions import ALLOW, CONFLICT, SERVERS, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.plan_terms import PlanTerms
from aisync_desktop.sync.terms.server_consents import ServerConsents, same_lines

_NAMED = 5  # in one sentence
_LONGEST_NAME = 60


class Waiting(NamedTuple):
    """What is merged with the servers held that wait for the user, the question about them, and what was left."""

    merged: Merged
    asked: tuple[Decision, ...] = ()
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class _Agreed:
    """What makes a server's lines free in one scope."""

    scope: Scope
    unified: Items
    terms: PlanTerms
    renamed: Renamed

    def is_free(self, key: ItemKey, item: McpServer) -> bool:
        """Whether an item may be everywhere with these lines."""
        names = {key, *self.old_names(key)}
        return (
            any(_is_agreed(self.unified.get(name), item) for name in names)
            or self.terms.consents.servers.allows(self.scope, key, item)
            or self.terms.settling(CONFLICT, self.scope, key) is not None
        )

    def old_names(self, key: ItemKey) -> Iterator[ItemKey]:
        """Yield what a renamed item was called before."""
        return (old for old, new in self.renamed if new == key)


def _is_agreed(before: Item | None, item: McpServer) -> bool:
    """Whether these lines were agreed on; those of a server that was off may never have been looked at."""
    return isinstance(before, McpServer) and same_lines(before, item) and (before.enabled or not item.enabled)


def waiting(
    scope: Scope, merged: Merged, usable: Iterable[EndpointState], unified: Items, terms: PlanTerms, renamed: Renamed
) -> Waiting:
    """Hold the servers of a project that nobody has allowed yet, and ask about them where another file lacks them."""
    agreed = _Agreed(scope, unified, terms, renamed)
    new = {
        key: item
        for key, item in merged.items.items()
        if scope.root and isinstance(item, McpServer) and key not in merged.held and not agreed.is_free(key, item)
    }
    if not new:
        return Waiting(merged)
    gone = {old for key in new for old in agreed.old_names(key)} - merged.items.keys()
    states = [state for state in usable if state.kind is Kind.MCP]
    lacking = {key: [state for state in states if _lacks(state, key, item, states)] for key, item in new.items()}
    said = terms.consents.servers
    left = {key for key, item in new.items() if said.leaves(scope, key, item)}
    asked = {key: item for key, item in new.items() if lacking[key] and key not in left}
    labels = {state.label for key in asked for state in lacking[key]}
    losses = (Loss(state.client, key, "", text("loss.server-left")) for key in sorted(left) for state in lacking[key])
    question = Decision(
        SERVERS,
        scope,
        ItemKey(Kind.MCP, "*"),
        _question(scope, asked),
        dict.fromkeys(sorted(labels)),
        takes=(ALLOW, LEAVE),
        servers=asked,
    )
    return Waiting(merged.awaiting(new.keys() | gone, unified), (question,) if asked else (), tuple(losses))


def _lacks(state: EndpointState, key: ItemKey, item: McpServer, every: Iterable[EndpointState]) -> bool:
    """Whether an endpoint would be given lines that do not stand there, nor in a file that is read in its place."""
    if key in state.view.opaque or key in state.barred:
        return False
    said, present = state.expressed(key, item), state.view.items.get(key)
    if present is None and any(covered_by(state, other) and said_whole(state, other, key, item) for other in every):
        return False
    return said is not None and not same_lines(said, present)


def _question(scope: Scope, asked: Collection[ItemKey]) -> Text:
    names = [visible(key.name, _LONGEST_NAME) for key in sorted(asked)]
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return text("decision.project-servers", count=len(names), items=shown, project=visible(PurePath(scope.root).name))


def remembering(said: ServerConsents, scope: Scope, changes: Iterable[Change], *, back: bool) -> ServerConsents:
    """Return what is allowed once a project's items have changed: what all agree on now, and agreed on before.

    Who goes `back` takes back the word for what goes by that: with it, it would come again at once.
    """
    for change in changes:
        before, after = change.before, change.after
        if not back and isinstance(before, McpServer) and before.enabled:
            said = said.allowing(scope, change.key, before)
        if back and isinstance(before, McpServer) and not same_lines(before, after):
            said = said.withdrawn(scope, change.key, before)
        said = said.allowing(scope, change.key, after)
    return said

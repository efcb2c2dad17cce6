"""The planner: observations and memory in, the exact edits out. Pure, so the same input gives the same plan.

For each scope: measure every client's changes from its base, merge them into the unified config, project the result
back onto each client, and edit its document. What only the user can settle becomes a Decision, and its key is held;
what a client cannot express is a Loss, and that client keeps what it has. Every target's new bytes are read back with
the client's strictness before the plan exists, so that an apply starts only with verified targets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aisync_desktop.connectors.lens import MAIN, Lens, Loss, View
from aisync_desktop.core.diff import Change, diff, difference
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import USER, Item, ItemKey, Items, Scope, UnifiedConfig
from aisync_desktop.core.merge import Merged, Side, merge
from aisync_desktop.core.messages import text
from aisync_desktop.documents.protocol import Document
from aisync_desktop.engine.decisions import SECRET, Decision
from aisync_desktop.engine.survey import EndpointState, Survey
from aisync_desktop.files.protocol import ClientLock, Reading
from aisync_desktop.secrets.seal import contains_sealed

ReadBack = Callable[[Lens, bytes], View]


@dataclass(frozen=True)
class Target:
    """One file to be replaced: what it must still hold, what it will hold, and what that changes."""

    client: str
    path: Path
    expected: Reading
    data: bytes
    changes: tuple[Change, ...]
    after: dict[ItemKey, Item]
    document: Document
    view: View
    lock: ClientLock | None = None


@dataclass(frozen=True)
class Plan:
    """Everything that an apply would do, and everything that it would leave, with the reasons."""

    scope: Scope
    before: UnifiedConfig
    after: UnifiedConfig
    targets: tuple[Target, ...] = ()
    decisions: tuple[Decision, ...] = ()
    losses: tuple[Loss, ...] = ()
    problems: tuple[tuple[str, WorldError], ...] = ()  # by client
    bases: Mapping[str, dict[ItemKey, Item]] = field(default_factory=dict)  # what is agreed as soon as this is recorded
    origins: Mapping[ItemKey, tuple[str, ...]] = field(default_factory=dict)

    @property
    def in_step(self) -> bool:
        """Whether nothing is to be written and nothing asked."""
        return not self.targets and not self.decisions


@dataclass(frozen=True)
class _Wish:
    """What one client should hold, and what came up on the way."""

    items: dict[ItemKey, Item]
    losses: tuple[Loss, ...]
    decisions: tuple[Decision, ...]


class FileVanishedError(WorldError):
    """A file that held items is not there any more; that is not taken for the wish to delete them all."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next"), path=path
        )


def make_plan(
    survey: Survey,
    unified: Items,
    bases: Mapping[str, Items],
    read_back: ReadBack,
    scope: Scope = USER,
    prefer: str = "",
    choices: Mapping[ItemKey, str] | None = None,
) -> Plan:
    """Return what would bring every endpoint of the scope in step."""
    usable, problems = _sort_out(survey.endpoints, bases)
    taking_part = {state.client for state in usable}
    keepers = {key for client, base in bases.items() if client not in taking_part for key in base}
    merged = merge(unified, [_side(state, bases.get(state.client, {})) for state in usable], prefer, choices, keepers)
    decisions = [_clash_decision(scope, merged, clash.key) for clash in merged.clashes]
    targets: list[Target] = []
    losses: list[Loss] = []
    agreed: dict[str, dict[ItemKey, Item]] = {}
    for state in usable:
        view = _view(state)
        base = bases.get(state.client, {})
        wish = _wish(state, view, merged, scope)
        losses += wish.losses
        decisions += wish.decisions
        agreed[state.client] = _base_after(view.items, base, view, merged)
        try:
            target = _target(state, wish.items, base, merged, read_back)
        except WorldError as error:
            problems.append((state.client, error))
        else:
            targets += [target] if target else []
    return Plan(
        scope,
        UnifiedConfig.of(scope, unified),
        UnifiedConfig.of(scope, merged.items),
        tuple(targets),
        _unique(decisions),
        tuple(losses),
        tuple(problems),
        agreed,
        merged.origins,
    )


def _sort_out(
    states: Iterable[EndpointState], bases: Mapping[str, Items]
) -> tuple[list[EndpointState], list[tuple[str, WorldError]]]:
    usable: list[EndpointState] = []
    problems: list[tuple[str, WorldError]] = []
    for state in states:
        if state.problem is not None:
            problems.append((state.client, state.problem))
        elif state.reading is not None and not state.reading.data and bases.get(state.client):
            problems.append((state.client, FileVanishedError(state.path)))
        else:
            usable.append(state)
    return usable, problems


def _view(state: EndpointState) -> View:
    return state.view or View()


def _side(state: EndpointState, base: Items) -> Side:
    view = _view(state)
    return Side(state.client, base, view.items, state.lens.expresses, frozenset(view.opaque))


def _clash_decision(scope: Scope, merged: Merged, key: ItemKey) -> Decision:
    clash = next(clash for clash in merged.clashes if clash.key == key)
    clients = ", ".join(sorted(clash.sides))
    summary = text(f"decision.{clash.kind}", item=key.name, clients=clients)
    return Decision(clash.kind.value, scope, key, summary, clash.sides, clash.base)


def _wish(state: EndpointState, view: View, merged: Merged, scope: Scope) -> _Wish:
    """Return what a client should hold: the unified items as far as it can express them, held keys as they are."""
    items = dict(view.items)
    losses: list[Loss] = []
    decisions: list[Decision] = []
    for key in sorted((merged.items.keys() | view.items.keys()) - merged.held - view.opaque.keys()):
        wanted = merged.items.get(key)
        if wanted is None:
            items.pop(key, None)
            continue
        projection = state.lens.project(key, wanted)
        losses += projection.losses
        if projection.item is None:
            continue
        stuck = state.lens.reshape_loss(
            {MAIN: state.document} if state.document else {}, key, view.items.get(key), projection.item
        )
        if stuck:
            losses.append(stuck)
            continue
        if _would_copy_a_secret(view.items.get(key), projection.item):
            decisions.append(_secret_decision(scope, key, state.client, projection.item))
        else:
            items[key] = projection.item
    return _Wish(items, tuple(losses), tuple(decisions))


def _would_copy_a_secret(present: Item | None, wanted: Item) -> bool:
    """Whether writing the item would put a sealed value where it is not yet: that needs consent."""
    if present and present.transport is not wanted.transport:  # then every value may move to another key
        return contains_sealed(wanted.fields())
    patch = difference(present.fields() if present else {}, wanted.fields())
    return contains_sealed({".".join(path): value for path, value in patch.items() if value is not None})


def _secret_decision(scope: Scope, key: ItemKey, client: str, item: Item) -> Decision:
    return Decision(SECRET, scope, key, text("decision.secret", item=key.name), {client: item})


def _base_after(items: Items, base: Items, view: View, merged: Merged) -> dict[ItemKey, Item]:
    """Return a client's new base: what it holds, except where a key is held or opaque and the old base still counts."""
    kept = merged.held | view.opaque.keys()
    after = {key: item for key, item in items.items() if key not in kept}
    return after | {key: item for key, item in base.items() if key in kept}


def _target(state: EndpointState, wish: Items, base: Items, merged: Merged, read_back: ReadBack) -> Target | None:
    view = _view(state)
    if state.document is None or state.reading is None or wish == view.items:
        return None
    document = state.lens.write({MAIN: state.document}, view.items, wish)[MAIN]
    data = document.dump()
    back = read_back(state.lens, data)
    if back.items != wish or back.opaque.keys() != view.opaque.keys():
        raise NotFaithfulError(state.path)
    after = _base_after(wish, base, view, merged)
    return Target(
        state.client, state.path, state.reading, data, diff(view.items, wish), after, document, back, state.lock
    )


class NotFaithfulError(WorldError):
    """The edited bytes do not read back as what was meant; nothing is written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            text("engine.not-faithful"),
            text("engine.not-faithful.message"),
            text("engine.not-faithful.next"),
            path=path,
        )


def _unique(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Join the decisions that are one question asked for several clients."""
    joined: dict[str, Decision] = {}
    for decision in decisions:
        known = joined.get(decision.id)
        sides = {**known.sides, **decision.sides} if known else decision.sides
        joined[decision.id] = Decision(
            decision.kind, decision.scope, decision.key, decision.summary, sides, decision.base
        )
    return tuple(joined[key] for key in sorted(joined))

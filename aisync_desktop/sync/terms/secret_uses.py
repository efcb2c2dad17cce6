"""Where secrets are used: the fields of items that have a reference in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from aisync_desktop.clients.items import Items, Scope
from aisync_desktop.secrets.references import references
from aisync_desktop.secrets.safe import Use
from aisync_desktop.sync.model.diff import flatten

if TYPE_CHECKING:
    from aisync_desktop.sync.terms.endpoints import EndpointState

Uses: TypeAlias = Mapping[str, tuple[Use, ...]]  # by reference


def uses_of(state: EndpointState) -> Uses:
    """Return where an endpoint's servers get which secrets: out of its file, or handed over by a launcher."""
    return uses_in(state.view.items, state.scope, state.label)


def held_by(state: EndpointState) -> Uses:
    """Return where an endpoint's file holds which secrets."""
    return uses_in(state.raw, state.scope, state.label)


def uses_in(items: Items, scope: Scope, label: str = "") -> Uses:
    """Return where items have which secrets."""
    found: dict[str, list[Use]] = {}
    for key, item in items.items():
        for path, value in flatten(item.fields()).items():
            for reference in references(value):
                found.setdefault(reference, []).append(Use(str(scope), str(key), ".".join(path), label))
    return {reference: tuple(uses) for reference, uses in found.items()}


def joined(parts: Iterable[Uses]) -> dict[str, tuple[Use, ...]]:
    """Return several parts as one."""
    found: dict[str, set[Use]] = {}
    for part in parts:
        for reference, uses in part.items():
            found.setdefault(reference, set()).update(uses)
    return {reference: tuple(sorted(uses)) for reference, uses in found.items()}

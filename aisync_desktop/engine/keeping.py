"""Keeping: after a sync, the literals that stand in clients' files go into the safe, with where they were seen.

Files are not held up by it: it comes when they are written. What stands in no file any more stays in the safe, as a
rollback may need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

from aisync_desktop.connectors.lens import View
from aisync_desktop.core.diff import flatten
from aisync_desktop.core.items import Scope
from aisync_desktop.core.messages import text
from aisync_desktop.core.status import Problem
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.survey import Survey, Surveyor
from aisync_desktop.secrets.references import references
from aisync_desktop.secrets.safe import Kept, Safe, Use
from aisync_desktop.store.store import Store

Uses: TypeAlias = Mapping[str, tuple[Use, ...]]  # by reference


class _KeyPlace(Protocol):
    def key_file(self) -> Path | None: ...


class Keeping:
    """Feeds the safe."""

    def __init__(self, store: Store, safe: Safe, surveyor: Surveyor) -> None:
        self._store = store
        self._safe = safe
        self._surveyor = surveyor
        self._views: dict[tuple[Scope, str], tuple[View, Uses]] = {}

    def keep(self, survey: Survey) -> None:
        """Keep what files hold now."""
        seen = _joined(self._uses(state) for state in survey.endpoints if state.problem is None)
        literals = self._surveyor.literals
        self._safe.keep_all({one: literals[one] for one in seen if one in literals}, seen)
        self._safe.move_in()

    def _uses(self, state: EndpointState) -> Uses:
        """Return where an endpoint holds secrets; its view is another value when its files changed."""
        at = state.scope, state.id
        known = self._views.get(at)
        if known is None or known[0] is not state.view:
            known = self._views[at] = (state.view, uses_of(state))
        return known[1]

    def due_in(self) -> float | None:
        """Return in how many seconds the keyring is to be asked again for what is needed."""
        return self._safe.due_in if self._surveyor.silent else None

    def notes(self) -> tuple[Problem, ...]:
        """Return what the user should know of how secrets are kept."""
        return notes_of(self._store, self._safe.known())


def uses_of(state: EndpointState) -> Uses:
    """Return where an endpoint holds which secrets."""
    found: dict[str, list[Use]] = {}
    for key, item in state.view.items.items():
        for path, value in flatten(item.fields()).items():
            for reference in references(value):
                use = Use(str(state.scope), str(key), ".".join(path), state.label)
                found.setdefault(reference, []).append(use)
    return {reference: tuple(uses) for reference, uses in found.items()}


def _joined(parts: Iterable[Uses]) -> dict[str, tuple[Use, ...]]:
    found: dict[str, set[Use]] = {}
    for part in parts:
        for reference, uses in part.items():
            found.setdefault(reference, set()).update(uses)
    return {reference: tuple(sorted(uses)) for reference, uses in found.items()}


def notes_of(at: _KeyPlace, kept: Iterable[Kept]) -> tuple[Problem, ...]:
    """Return what is worth knowing where no keyring keeps our key, or some values."""
    notes = []
    if file := at.key_file():
        notes.append(_note("secrets.key-beside", path=str(file)))
    if count := sum(bool(one.enclosed) for one in kept):
        notes.append(_note("secrets.in-database", count=count))
    return tuple(notes)


def _note(code: str, path: str = "", **params: int) -> Problem:
    return Problem(
        title=text(code), message=text(f"{code}.message", **params), next_step=text(f"{code}.next"), path=path
    )

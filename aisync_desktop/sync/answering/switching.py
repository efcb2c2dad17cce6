"""Switch off and on, pin, and add projects: what the user wants kept in step where (coverage.py), followed at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from aisync_desktop.clients.items import ItemKey, Kind, Scope
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.rounds import Rounds
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.events import Pinned, Switched
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.coverage import Coverage, item_named
from aisync_desktop.sync.terms.projects import Ground, ProjectUnknownError, project_root


class Switching:
    """Switches, pins, and keeps the list of projects; what follows from it is written at once."""

    def __init__(self, rounds: Rounds, ground: Ground) -> None:
        self._rounds = rounds
        self._ground = ground

    def add_project(self, path: str) -> Receipt:
        """Keep a project in step too, from now on; its bytes as they are now stay in history.

        Of one that is known, those servers are asked about again that were to stay where they stand.
        """
        self._rounds.require_writing()
        scope = project_root(path, self._ground)
        self._rounds.ask_again(scope)
        if scope not in self._rounds.known.projects:
            self._rounds.keep_projects((*self._rounds.known.projects, scope))
            self._rounds.plan()
            elsewhere = [state for state in self._rounds.survey.endpoints if state.scope != scope]
            self._rounds.keep_first_sight("user", self._rounds.survey.of(scope), elsewhere)
        return self._rounds.sync("user")

    def remove_project(self, path: str) -> None:
        """Leave a project alone from now on; its files stay as they are, its history too."""
        scope = next(
            (known for known in self._rounds.known.projects if path in (known.root, known.root.rstrip("/\\"))), None
        )
        if scope is None:
            raise ProjectUnknownError(path)
        self._rounds.keep_projects(tuple(known for known in self._rounds.known.projects if known != scope))
        self._rounds.plan()

    def switch(self, scope: Scope, what: str, *, on: bool) -> Receipt:
        """Keep a client, a kind or an item in step in a scope, or leave it alone from now on."""
        return self._keep(self._switched(scope, what, on=on), Switched(target=what, scope=str(scope), on=on))

    def foreseen_switch(self, scope: Scope, what: str, *, on: bool) -> tuple[Plan, Survey]:
        """Return what a switch would write; nothing is."""
        return self._foreseen(self._switched(scope, what, on=on))

    def foreseen_pin(self, scope: Scope, item: str, clients: Collection[str]) -> tuple[Plan, Survey]:
        """Return what to pin an item would write; nothing is."""
        return self._foreseen(self._rounds.known.coverage.pinned(scope, self._pinned(scope, item, clients), clients))

    def _foreseen(self, coverage: Coverage) -> tuple[Plan, Survey]:
        rounds = self._rounds
        with rounds.trial():
            plan = rounds.plan(known=replace(rounds.known, coverage=coverage), only=(), patient=True)
            return plan, rounds.survey

    def _switched(self, scope: Scope, what: str, *, on: bool) -> Coverage:
        coverage = self._rounds.known.coverage
        for place in self._names_of(scope, self._known_place(scope, what)):
            coverage = coverage.switched(scope, place, on=on)
        return coverage

    def _names_of(self, scope: Scope, place: str) -> Collection[str]:
        """Return the names under which an item is known at present: one that was renamed while it was off has two."""
        pairs = [pair for one in self._rounds.plan().scopes if one.scope == scope for pair in one.renamed]
        return {place, *(str(name) for pair in pairs if place in map(str, pair) for name in pair)}

    def pin(self, scope: Scope, item: str, clients: Collection[str]) -> Receipt:
        """Have an item at these clients only; at all again where none is named."""
        key = self._pinned(scope, item, clients)
        pinned = Pinned(target=str(key), scope=str(scope), clients=tuple(clients))
        return self._keep(self._rounds.known.coverage.pinned(scope, key, clients), pinned)

    def _pinned(self, scope: Scope, item: str, clients: Collection[str]) -> ItemKey:
        """Return the item that is meant; one that nobody knows, or a client, is refused."""
        for client in clients:
            self._rounds.surveyor.catalog.require_named(client)
        return item_named(item, self._keys(scope))

    def _known_place(self, scope: Scope, what: str) -> str:
        names = {descriptor.id for descriptor in self._rounds.surveyor.catalog.descriptors} | {
            kind.value for kind in Kind
        }
        return what if what in names else str(item_named(what, self._keys(scope)))

    def _keys(self, scope: Scope) -> Collection[ItemKey]:
        known = self._rounds.known
        return {*known.of(scope).unified, *known.coverage.keys(scope)}

    def _keep(self, coverage: Coverage, told: Switched | Pinned) -> Receipt:
        self._rounds.require_writing()
        with self._rounds.store.feed.telling(told):
            self._rounds.store.set_reach(coverage.payload())
        self._rounds.applier.remember()
        return self._rounds.sync("user")

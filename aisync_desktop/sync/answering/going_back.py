"""Going back: to a snapshot, before the last change, or out; the ways are planned by undoing.py and resets.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from aisync_desktop.clients.items import Scope
from aisync_desktop.files.protocol import Disk
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.rounds import AT_MOST, Rounds
from aisync_desktop.sync.applying.undoing import REDO, ROLLBACK, UNDO, Undoing, last_of
from aisync_desktop.sync.model.events import Left, WentBack
from aisync_desktop.sync.planning.look import Trusted
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.store.records import Snapshot

_TOLD: dict[str, Literal["rolled-back", "undone", "redone"]] = {
    ROLLBACK: "rolled-back",
    UNDO: "undone",
    REDO: "redone",
}


class GoingBack:
    """Puts files back, and sees that what is put back is taken for what was wished."""

    def __init__(self, rounds: Rounds, disk: Disk) -> None:
        self._rounds = rounds
        self._disk = disk
        self._undoing = Undoing(rounds.store, rounds.surveyor)

    def rollback(self, snapshot: int, client: str = "") -> Receipt:
        """Put files back to what they held when a snapshot was the latest: all, or one client's, and others follow."""
        self._rounds.require_writing()
        self._rounds.surveyor.catalog.require(client)
        past = self._undoing.snapshot(snapshot, self._rounds.known)
        return self._go_to(past, ROLLBACK, client)

    def undo(self, only: int = 0) -> Receipt:
        """Take back the last change that is not undone yet, at every client; `only` if it led to this snapshot."""
        self._rounds.require_writing()
        self._rounds.look_again()
        reset = None if only else self._rounds.looking.resets.taken_back(self._rounds.survey, self._rounds.known)
        if reset is not None:
            return self._go_back(replace(reset, event=UNDO))
        return self._go_to(self._undoing.before_last(self._rounds.known, only), UNDO)

    def redo(self, only: int = 0) -> Receipt:
        """Do again what was undone last, at every client, where nothing else was changed since.

        `only` where an undo led to this snapshot and to no later one.
        """
        self._rounds.require_writing()
        self._rounds.look_again()
        return self._go_to(self._undoing.undone_last(self._rounds.known, only), REDO)

    def last_snapshot(self) -> int:
        """Return the snapshot that an undo, or a redo, begins at; 0 where an undo takes back a reset that made none."""
        self._rounds.require_writing()
        self._rounds.look_again()
        reset = self._rounds.looking.resets.taken_back(self._rounds.survey, self._rounds.known)
        return 0 if reset is not None else last_of(self._undoing.newest(self._rounds.known))

    def _go_to(self, past: Snapshot, event: str, client: str = "") -> Receipt:
        self._rounds.look_again()
        way = self._undoing.to_snapshot(past, self._rounds.survey, self._rounds.known, event, client)
        trusted = frozenset((way.scope, endpoint) for endpoint in way.afters) if client else frozenset()
        return self._go_back(way, str(past.info.id), client, trusted)

    def _go_back(self, way: ScopePlan, to: str = "", client: str = "", trusted: Trusted = frozenset()) -> Receipt:
        with self._rounds.store.feed.telling(WentBack(type=_TOLD[way.event], target=to, client=client)):
            self._withdraw_consents(way)
            self._rounds.looking.forget()
            self._rounds.looking.lost_texts.forget()
            return self._rounds.run("user", "", Plan((way,)), patient=True, trusted=trusted)

    def _withdraw_consents(self, way: ScopePlan) -> None:
        """Take back the consents to what goes now: with them it would be written again at once."""
        consents = before = self._rounds.known.consents
        for state in self._rounds.survey.of(way.scope):
            after = way.afters.get(state.id, state.view.items)
            for key, item in state.view.items.items():
                if after.get(key) != item:
                    consents = consents.withdrawn(way.scope, key, state.label)
        if consents != before:
            self._rounds.store.set_consents(consents.payload())
            self._rounds.applier.remember()

    def leave(self) -> Receipt:
        """Put back everything as it was at first sight, and stop keeping it in step; may be done again."""
        self._rounds.applier.absorb_late_writes()
        with self._rounds.store.feed.telling(Left()):
            self._rounds.store.set_adopted(None)  # first: whoever is cut off on the way out does not come in again
        self._rounds.applier.remember()
        self._rounds.looking.lost_texts.forget()
        receipt = self._rounds.apply(self._way_out(), "user")
        for _ in range(AT_MOST - 1):
            if not receipt.foreign:
                break
            receipt = receipt.followed_by(self._rounds.apply(self._way_out(), "user"))
        self._rounds.looking.forget()
        left = [scope for scope in self._rounds.known.projects if self._is_left_behind(scope, receipt)]
        self._rounds.keep_projects(left)
        self._rounds.plan()
        return receipt

    def _is_left_behind(self, project: Scope, receipt: Receipt) -> bool:
        """Whether files of a project could not be put back: it stays known, to be left again."""
        root = Path(project.root)
        return not self._disk.exists(root) or any(path.is_relative_to(root) for path in receipt.failed)

    def _way_out(self) -> Plan:
        self._rounds.plan()
        known = self._rounds.known
        return Plan(tuple(self._undoing.to_first_sight(scope, self._rounds.survey, known) for scope in known.scopes))

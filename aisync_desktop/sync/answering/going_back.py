"""Going back: to a snapshot, before the last change, or out; the ways are planned by undoing.py and whole_files.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from aisync_desktop.clients.items import Scope
from aisync_desktop.files.protocol import Disk
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.rounds import AT_MOST, Rounds
from aisync_desktop.sync.applying.undo_choice import TakesBackDenialError, UndoChoice
from aisync_desktop.sync.applying.undoing import REDO, ROLLBACK, UNDO, Undoing
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.events import Left, WentBack
from aisync_desktop.sync.planning.effects import both, loosened_by
from aisync_desktop.sync.planning.look import Trusted
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.planning.whole_files import taken_back
from aisync_desktop.sync.store.records import Snapshot, SnapshotInfo
from aisync_desktop.sync.terms.consents import Consents

_TOLD: dict[str, Literal["rolled-back", "undone", "redone"]] = {
    ROLLBACK: "rolled-back",
    UNDO: "undone",
    REDO: "redone",
}


@dataclass(frozen=True)
class Way:
    """A way back, or forth again, before it is gone: where it leads, and all that is written by going it.

    `change` is what is undone, or done again; None where a whole file was put back, which no snapshot tells of.
    """

    plan: ScopePlan
    whole: Plan  # with what follows from it at once
    survey: Survey
    change: SnapshotInfo | None = None
    to: SnapshotInfo | None = None
    clients: tuple[str, ...] = ()  # whose files alone go back, and others follow; without any, all do
    newest: int = 0  # the last snapshot of all; 0 where it is that a whole file was put back

    @property
    def trusted(self) -> Trusted:
        """The endpoints that say what the user wishes once their clients alone were put back."""
        return frozenset((self.plan.scope, of) for of in self.plan.afters) if self.clients else frozenset()


class GoingBack:
    """Puts files back, and sees that what is put back is taken for what was wished."""

    def __init__(self, rounds: Rounds, disk: Disk) -> None:
        self._rounds = rounds
        self._disk = disk
        self._undoing = Undoing(rounds.store, rounds.surveyor)

    def rollback(self, snapshot: int, *clients: str, loosening: bool = False) -> Receipt:
        """Put files back to what they held when a snapshot was the latest: all, or some clients', and others follow."""
        self._rounds.require_writing()
        return self._go(self.way_to(snapshot, *clients), loosening=loosening)

    def undo(self, only: int = 0, *, loosening: bool = False) -> Receipt:
        """Take back the last change that is not undone yet, at every client; `only` if it led to this snapshot."""
        self._rounds.require_writing()
        return self._go(self.way_back(only), loosening=loosening)

    def redo(self, only: int = 0, *, loosening: bool = False) -> Receipt:
        """Do again what was undone last, at every client, where nothing else was changed since.

        `only` where an undo led to this snapshot and to no later one.
        """
        self._rounds.require_writing()
        return self._go(self.way_forth(only), loosening=loosening)

    def last_snapshot(self) -> int:
        """Return the snapshot that an undo, or a redo, begins at; 0 where an undo takes back what made none."""
        self._rounds.require_writing()
        self._rounds.look_again()
        return 0 if self._whole_file() is not None else self._choice.last

    def way_to(self, snapshot: int, *clients: str) -> Way:
        """Return the way to a snapshot, of all clients or of some whom others follow."""
        for client in clients:
            self._rounds.surveyor.catalog.require_named(client)
        self._rounds.look_again()
        return self._planned(self._choice.snapshot(snapshot), ROLLBACK, clients=clients)

    def way_back(self, only: int = 0) -> Way:
        """Return the way to before the last change that is not undone yet; `only` if it led to this snapshot."""
        rounds = self._rounds
        rounds.look_again()
        whole = None if only else self._whole_file()
        if whole is not None:
            return self._way(replace(whole, event=UNDO))
        choice = self._choice
        change = choice.last_change(only)
        return self._planned(choice.snapshot(change.parent or 0), UNDO, change)

    def way_forth(self, only: int = 0) -> Way:
        """Return the way to what was undone last, where nothing else was changed since."""
        self._rounds.look_again()
        choice = self._choice
        change = choice.undone_last(only)
        return self._planned(choice.snapshot(change.id), REDO, change)

    def _whole_file(self) -> ScopePlan | None:
        """Return the way back from a file that was put back as a whole, where that was done last."""
        rounds = self._rounds
        return taken_back(rounds.store, rounds.surveyor, rounds.survey, rounds.known)

    @property
    def _choice(self) -> UndoChoice:
        return UndoChoice(self._rounds.store, self._rounds.known.scopes)

    def _planned(
        self, past: Snapshot, event: str, change: SnapshotInfo | None = None, clients: tuple[str, ...] = ()
    ) -> Way:
        way = self._undoing.to_snapshot(past, self._rounds.survey, self._rounds.known, event, clients)
        return replace(self._way(way, clients), change=change, to=past.info, newest=self._choice.last)

    def _way(self, plan: ScopePlan, clients: tuple[str, ...] = ()) -> Way:
        """Return a way with what follows from it, as if it had been gone: of that too the user is told before."""
        rounds = self._rounds
        survey, way = rounds.survey, Way(plan, Plan((plan,)), rounds.survey, clients=clients)
        with rounds.trial():
            rounds.looking.forget()
            rounds.looking.lost_texts.forget()
            known, found = rounds.foreseen(plan, self._without_consents(plan))
            then = rounds.plan(known=known, foreseen=found, patient=True, trusted=way.trusted)
        return replace(way, whole=both(way.whole, then), survey=survey)

    def _go(self, way: Way, *, loosening: bool) -> Receipt:
        """Go a way; where it would take back a refusal, only by the user's word."""
        rounds = self._rounds
        if not loosening:
            self._require_tighter(way)
        to = str(way.to.id) if way.to else ""
        with rounds.store.feed.telling(WentBack(type=_TOLD[way.plan.event], target=to, client=",".join(way.clients))):
            rounds.agree(self._without_consents(way.plan))
            rounds.looking.forget()
            rounds.looking.lost_texts.forget()
            return rounds.run("user", "", Plan((way.plan,)), patient=True, trusted=way.trusted)

    def _require_tighter(self, way: Way) -> None:
        loosened = loosened_by(way.whole, way.survey, self._rounds.surveyor)
        found = [one for one in loosened if one.takes_back_a_denial]
        if found:
            names = {state.client: state.name for state in way.survey.endpoints}
            clients = dict.fromkeys(names.get(one.target.client, one.target.client) for one in found)
            raise TakesBackDenialError(dict.fromkeys(one.key.name for one in found), clients)

    def _without_consents(self, way: ScopePlan) -> Consents:
        """Return the consents without those to what goes now: with them it would be written again at once."""
        consents = self._rounds.known.consents
        for state in self._rounds.survey.of(way.scope):
            after = way.afters.get(state.id, state.view.items)
            for key, item in state.view.items.items():
                if after.get(key) != item:
                    consents = consents.withdrawn(way.scope, key, state.label)
        return consents

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

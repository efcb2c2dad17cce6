"""The simulated world: one machine, other programs that edit its files, faults that strike, and a user who decides.

A world is made from a seed and does the same again from the same seed. `disturb` does something to the files, or to the
process; `rest` lets the engine finish and then holds what it finds against the rules.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.consents import LEAVE
from aisync_desktop.sync.terms.decisions import ALLOW, CONFLICT, SERVERS, Decision
from aisync_desktop.sync.terms.errors import (
    ClashLeftError,
    DecisionChangedError,
    NoSuchChoiceError,
    NoSuchDecisionError,
    NotWritingError,
)
from tests.simulation import faults, people
from tests.simulation.agreement import Agreement
from tests.simulation.faults import Fault
from tests.simulation.machine import Image, Machine, adopted
from tests.simulation.places import PLACES
from tests.simulation.sim_disk import Crash
from tests.simulation.witness import SECRET, Witness, lines_of

_LONG = 400.0  # longer than any pause of the engine
_MOST_ROUNDS = 12
_ANSWERED, _REFUSED = 0.85, 0.1


@functools.cache
def beginning() -> Image:
    """Return the machine that every world starts from."""
    return adopted({path: place.first for path, place in PLACES.items() if place.first is not None})


class World:
    """One run."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.machine = Machine(beginning())
        self.disk, self.clock = self.machine.disk, self.machine.clock
        self.witness = Witness(self.machine)
        self.agreement = Agreement(self)
        self.fault: Fault | None = None
        self.log: list[str] = []
        self.worst_rounds = 0
        self.machine.hook = self._strike
        self.engine = self.machine.boot()
        self.engine.recover()
        self.people = people.People(self)

    def close(self) -> None:
        """End it; no secret may have come into the database in clear."""
        assert SECRET.encode() not in self.machine.connection.serialize()
        self.machine.close()

    def note(self, *words: object) -> None:
        self.log.append(" ".join(map(str, words)))
        self.disk.trace.append(("note", self.log[-1]))

    # The process.

    def _strike(self, step: str, path: Path) -> None:
        fault = self.fault
        if fault is not None and fault.is_due():
            self.note("struck at", step, path)
            fault.act(step, path)

    def guarded(self, act: Callable[[], object]) -> None:
        """Let the engine do something; an error is fine if a fault struck, the end of the process means a new one."""
        fault = self.fault
        try:
            act()
        except Crash:
            self.restart(orderly=False)
        except (ClashLeftError, DecisionChangedError, NoSuchDecisionError, NoSuchChoiceError, NotWritingError):
            self.note("an answer came too late")
        except WorldError:
            if fault is None or not fault.fired:
                raise

    def sync(self) -> None:
        self.guarded(lambda: self.engine.sync("watch"))

    def restart(self, *, orderly: bool) -> None:
        """Start the program anew, after it was closed or after it died."""
        self.note("restart", "orderly" if orderly else "after a crash")
        if orderly:
            self.engine._rounds.applier.absorb_late_writes(closing=True)  # what close does, but for the database
        self.disk.crash()
        self.witness.check_history()
        self.engine = self.machine.boot()
        try:
            self.engine.recover()
        except Crash:
            self.restart(orderly=False)
        except WorldError:
            self.fault = None
            self.restart(orderly=False)

    # What happens.

    def disturb(self) -> None:
        """Do one thing: mostly an edit, sometimes a fault, a look, a decision; an accident where a question is open."""
        often: dict[Callable[[], object], int] = {
            self.people.edit: 60,
            self.sync: 15,
            self._arm: 9,
            self._wait: 6,
            self._decide: 4,
            self._pause: 3,
            self._stop: 3,
            self._regret: 2,
        }
        if self.agreement.questions.sides():
            often[self._lose] = 15
        self.rng.choices([*often], [*often.values()])[0]()

    def _lose(self) -> None:
        self.people.lose(self.agreement.questions.sides())

    def _arm(self) -> None:
        kind = self.rng.choice(["crash", "crash", "error", "error", "race"])
        after = self.rng.randrange(90)
        if kind == "race":
            self.fault = Fault(after, lambda _step, _path: self.people.edit())
        else:
            act = faults.crash if kind == "crash" else faults.failing(self.rng.choice(faults.CODES))
            self.fault = Fault(after, act)
        self.note("fault", kind, after)
        self.sync()

    def _wait(self) -> None:
        if self.rng.random() < 0.5:
            self.clock.jump(self.rng.choice([-3600.0, 3600.0, -86400.0 * 365]))
        self.clock.sleep(self.rng.choice([0.03, 0.5, 2.0, 30.0, 400.0]))

    def _decide(self) -> None:
        plan = self.engine._rounds.planned
        choices = [(one, take) for one in plan.decisions for take in one.choices] if plan else []
        if choices:
            decision, take = self.rng.choice(choices)
            self.answer(decision, take, lambda: self.engine.decide(decision.id, take, revision=decision.revision))

    def answer(self, decision: Decision, take: str, act: Callable[[], object]) -> None:
        """Have a decision answered, and remember what the user said by that."""
        self.note("decide", decision.kind, decision.key, take)
        self.agreement.decided(decision, take)
        self.witness.copying |= take == "copy"
        self.witness.restoring = take == "restore"  # a whole file, edited to what is agreed by now
        self._allow(decision, take)
        self.guarded(act)
        self.witness.restoring = False

    def _allow(self, decision: Decision, take: str) -> None:
        """Remember which lines of a project's servers the user says yes to by an answer."""
        said: list[Mapping[str, Any] | None] = []
        if decision.kind == CONFLICT:
            with suppress(NoSuchDecisionError):
                question = self.engine.question(decision.id)
                sides = {side.take: side.fields for side in question.sides}
                said = [{**sides, BASE: question.base, MERGED: question.merged}.get(take)]
        elif take == ALLOW:
            said = [item.fields() for item in decision.servers.values()]
        self.witness.allowed |= {lines_of(fields) for fields in said if fields}

    def _answer_for_project(self) -> None:
        """Mostly allow what a project brought along, or leave it where it stands."""
        plan = self.engine._rounds.planned
        for decision in plan.decisions if plan else ():
            if decision.kind == SERVERS and self.rng.random() < _ANSWERED:
                take = LEAVE if self.rng.random() < _REFUSED else ALLOW
                self.note("answer", take, *decision.servers)
                self._allow(decision, take)
                self.guarded(partial(self.engine.decide, decision.id, take, revision=decision.revision))

    def _regret(self) -> None:
        """Take back the last change, or go back further."""
        snapshots = self.machine.store.snapshots()
        back = self.rng.choice(snapshots).id if snapshots and self.rng.random() < 0.5 else None
        self.note("undo" if back is None else f"rollback {back}")
        self.agreement.anything_goes()
        self.witness.restoring = True
        with suppress(WorldError):  # paused, or nothing to take back
            self.guarded(self.engine.undo if back is None else lambda: self.engine.rollback(back))
        self.witness.restoring = False

    def _pause(self) -> None:
        paused = not self.engine.paused
        self.note("paused" if paused else "resumed")
        self.guarded(self.engine.pause_for if paused else self.engine.resume)

    def _stop(self) -> None:
        self.restart(orderly=self.rng.random() < 0.5)

    # Rest.

    def rest(self) -> None:
        """Let everything come to rest, and look whether it is as it should be."""
        self.fault = None
        self.people.finish()
        if self.engine.paused:
            self.guarded(self.engine.resume)
        self.note("rest")
        self._settle()
        self._answer_for_project()
        self._settle()
        if self.rng.random() < 0.3:
            self._must_stay_quiet()
        self.witness.check_history()
        self.agreement.check()

    def _settle(self) -> None:
        """Sync until nothing is written: two rounds of planning are enough, plus one for late writers."""
        wrote = 0
        for _ in range(_MOST_ROUNDS):
            self.clock.sleep(_LONG)
            before = len(self.witness.writes)
            self.engine.sync("watch")
            if len(self.witness.writes) > before:
                wrote += 1
            elif self.engine.due_in() is None:
                break
        else:
            raise AssertionError(f"no rest after {_MOST_ROUNDS} rounds")
        self.worst_rounds = max(self.worst_rounds, wrote)

    def _must_stay_quiet(self) -> None:
        before = len(self.witness.writes)
        if self.rng.random() < 0.5:
            self.restart(orderly=self.rng.random() < 0.5)
        for _ in range(2):  # what is gone rests again after a restart
            self.clock.sleep(_LONG)
            self.engine.sync("watch")
        assert len(self.witness.writes) == before, f"wrote {self.witness.writes[before:]} without a reason"


def run(seed: int, rests: int, most: int = 7, *, quarrels: bool = False) -> World:
    """Live through a whole run: so many times some disturbances, then rest; with `quarrels`, after one each."""
    world = World(seed)
    try:
        for _ in range(rests):
            if quarrels:
                world.people.quarrel()
                world.rest()
            for _ in range(world.rng.randint(1, most)):
                world.disturb()
            world.rest()
    except BaseException as error:
        game = "quarrels" if quarrels else "worlds"
        again = f"seed {seed}; again: python -m tests.simulation.deep_run --{game} 1 --seed {seed}"
        error.add_note("\n".join([again, *world.log]))
        world.machine.close()
        raise
    world.close()
    return world

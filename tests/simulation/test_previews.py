"""Whatever a user is shown is what is then written: over whole runs, all questions are previewed and some answered."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from aisync_desktop.sync.answering.deciding import Answer, Outcome
from aisync_desktop.sync.answering.going_back import Way
from aisync_desktop.sync.applying.undo_choice import NothingToRedoError, NothingToUndoError
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.errors import ClashLeftError
from tests.helpers.effort import tries
from tests.helpers.fresh_seeds import seeds
from tests.simulation.world import World

_RUNS = tries(desk=12, check=200, deep=2_000)
_PARTS = tries(desk=2, check=4, deep=8)
_ANSWERS = 3
Written = dict[Path, str]


def _meant(plan: Plan) -> Written:
    return {target.path: target.hash for target in plan.targets}


class Previewed(World):
    """A world whose user looks at every answer before giving one."""

    previewed = 0

    def rest(self) -> None:
        """Come to rest, look at all that can be answered, and answer some."""
        super().rest()
        chance = random.Random(len(self.log))
        for _ in range(_ANSWERS):
            shown = self._look_at_all()
            if not shown:
                break
            answer, outcome = shown[chance.randrange(len(shown))]
            self.answer(outcome.asked[0], answer.take, partial(self._give, answer, outcome))
            self.previewed += 1
        self._settle()
        self._step_back_and_forth()

    def _step_back_and_forth(self) -> None:
        """Undo the last change and do it again, each as it is shown before."""
        engine = self.engine
        for way_of, go in ((engine.going_back.way_back, engine.undo), (engine.going_back.way_forth, engine.redo)):
            with suppress(NothingToUndoError, NothingToRedoError):
                self._go(way_of(), partial(go, loosening=True))
        self._settle()

    def _go(self, way: Way, act: Callable[[], object]) -> None:
        shown = {target.path: target.data for target in way.whole.targets}
        self.note("step", way.plan.event, *shown)
        self.agreement.anything_goes()
        self.witness.restoring = True
        before = self._contents()
        act()
        after = self._contents()
        self.witness.restoring = False
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert {path: after.get(path) for path in changed} == shown

    def _contents(self) -> dict[Path, bytes]:
        return {path: node.data for path, node in self.disk.nodes.items()}

    def _look_at_all(self) -> list[tuple[Answer, Outcome]]:
        """Return every answer with what it comes to; the files, and what is asked, stay as they are."""
        plan = self.engine.plan()
        before, trace, status = _meant(plan), len(self.disk.trace), self.engine.status()
        every = [
            Answer(one.id, take, revision=one.revision, alike=alike)
            for one in plan.decisions
            for take in one.choices
            for alike in (False, True)
        ]
        shown = []
        for answer in every:
            with suppress(ClashLeftError):  # nothing is left of what does not clash
                shown.append((answer, self.engine.preview_answer(answer)))
        assert all(entry[0] != "replaced" for entry in self.disk.trace[trace:])
        assert self.engine.status() == status
        assert _meant(self.engine.plan()) == before
        return shown

    def _give(self, answer: Answer, outcome: Outcome) -> None:
        receipt = self.engine.settle(answer)
        written = {replaced.path: replaced.new_hash for replaced in receipt.written}
        assert written == _meant(outcome.plan)


def _play(seed: int) -> int:
    """Live through a run; return how many answers were seen before they were given."""
    world = Previewed(seed)
    try:
        for _ in range(2):
            world.people.quarrel()
            for _ in range(world.rng.randint(1, 5)):
                world.disturb()
            world.rest()
    except BaseException as error:
        error.add_note("\n".join([f"seed {seed}", *world.log]))
        raise
    finally:
        world.machine.close()
    return world.previewed


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.timeout(3600)
def test_what_is_shown_is_what_is_written(part: int) -> None:
    assert sum(map(_play, seeds(_RUNS, part, _PARTS)))


def test_a_step_beside_a_file_that_cannot_be_read_is_shown() -> None:
    """A seed that many runs found: a project's file broke, which a change before it had written."""
    _play(10_077)

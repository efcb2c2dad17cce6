"""The list in the consent is what is written: over files that worlds left behind, on any terms that can be said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from aisync_desktop.files.protocol import Outcome
from aisync_desktop.sync.answering.beginning import Agreement, Proposed
from aisync_desktop.sync.answering.deciding import Answer
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.taking import MERGED
from tests.helpers.effort import tries
from tests.helpers.fresh_seeds import seeds
from tests.simulation.machine import CLIENTS, Image, Machine, new_database
from tests.simulation.world import World

_RUNS = tries(desk=24, check=400, deep=4_000)
_PARTS = tries(desk=2, check=4, deep=8)


def _left_behind(seed: int) -> Machine:
    """Return a new machine with the files of a world in which some things have happened."""
    world = World(seed)
    try:
        for _ in range(world.rng.randint(1, 6)):
            world.people.quarrel()
            world.people.edit()
        world.people.finish()
        return Machine(Image(new_database(), world.machine.image().files))
    finally:
        world.machine.close()


def _terms(engine: Engine, chance: random.Random) -> tuple[Agreement, Proposed]:
    """Say on what terms to begin, as a person would: look, leave something out, answer, and look again."""
    agreement = Agreement(chance.choice(["", "", *CLIENTS]))
    proposed = engine.propose(agreement)
    out = [*CLIENTS, "rules", *(str(key) for one in proposed.plan.scopes for key in one.after.items())]
    agreement = Agreement(agreement.prefer, tuple(chance.sample(out, chance.choice([0, 0, 1, 2]))))
    proposed = engine.propose(agreement)
    for _ in range(chance.randint(0, 4)):
        asked = [(one, take) for one in proposed.plan.decisions for take in one.choices if take != MERGED]
        if not asked:
            break
        question, take = chance.choice(asked)
        answer = Answer(question.id, take, revision=question.revision, alike=chance.random() < 0.5)
        agreement = Agreement(agreement.prefer, agreement.without, (*agreement.answers, answer))
        proposed = engine.propose(agreement)
        assert all(one.id != question.id for one in proposed.plan.decisions)
    return agreement, proposed


def _begin(seed: int) -> int:
    machine = _left_behind(seed)
    try:
        engine, chance = machine.boot(), random.Random(seed)
        before = {path: node.data for path, node in machine.disk.nodes.items()}
        agreement, proposed = _terms(engine, chance)
        assert {path: node.data for path, node in machine.disk.nodes.items()} == before
        assert not engine.adopted
        listed: dict[Path, bytes | None] = {target.path: target.data for target in proposed.plan.targets}
        receipt = engine.begin("user", agreement, proposed.agreed)
        assert all(replaced.outcome is not Outcome.FOREIGN for replaced in receipt.written)
        assert [replaced.path for replaced in receipt.written] == [*listed]
        after = {path: node.data for path, node in machine.disk.nodes.items()}
        assert after == {path: data for path, data in {**before, **listed}.items() if data is not None}
        return len(listed)
    finally:
        machine.close()


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.timeout(3600)
def test_exactly_the_listed_files_are_written(part: int) -> None:
    written = 0
    for seed in seeds(_RUNS, part, _PARTS):
        try:
            written += _begin(seed)
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
    assert written

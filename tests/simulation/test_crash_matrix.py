from __future__ import annotations

import pytest

from tests.helpers.fresh_seeds import some
from tests.simulation.apply_of_many import Apply, planned, steps, written
from tests.simulation.faults import Fault, crash
from tests.simulation.sim_disk import Crash

_PARTS = 4


def test_there_are_many_files_to_write_and_many_steps() -> None:
    assert len(written()) >= 6
    assert {"db-begin", "db-commit", "db-committed", "compare", "temp", "swap", "look", "sync"} <= {
        step for step, _ in steps()
    }


def test_without_a_fault_it_completes() -> None:
    with Apply() as apply:
        apply.engine.sync("watch")
        apply.must_complete()


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
def test_after_the_end_at_any_step_the_next_start_completes(part: int) -> None:
    for at in some(len(steps()), desk=4)[part::_PARTS]:
        with Apply() as apply:
            apply.machine.hook = Fault(at, crash)
            with pytest.raises(Crash):
                apply.engine.sync("watch")
            for path, data in apply.files().items():
                assert data in (apply.before[path], planned()[path]), f"{path} is neither old nor new at {at}"
            apply.again()
            apply.must_complete()


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
def test_the_end_may_come_again_while_the_next_start_clears_up(part: int) -> None:
    look = [at for at, (step, _) in enumerate(steps()) if step == "look"]
    for at in look[part::_PARTS]:
        for then in some(34, desk=17, check=12):
            with Apply() as apply:
                apply.machine.hook = Fault(at, crash)
                with pytest.raises(Crash):
                    apply.engine.sync("watch")
                apply.machine.disk.crash()
                apply.machine.hook = second = Fault(then, crash)
                try:
                    apply.engine = apply.machine.boot()
                    apply.engine.recover()
                except Crash:
                    apply.again()
                assert second.fired
                apply.must_complete()

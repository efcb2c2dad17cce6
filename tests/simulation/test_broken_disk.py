from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

import pytest

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.sync.model.status import Health
from tests.helpers.fresh_seeds import some
from tests.simulation.apply_of_many import LONG, Apply, planned, steps, written
from tests.simulation.faults import CODES, Fault, failing
from tests.simulation.machine import HOME, PROJECT
from tests.simulation.sim_disk import Hook

_PARTS = 4
_STORE = HOME / ".qwen/mcpApprovals.json"
_BESIDE = {HOME / ".rovodev/config.yml": HOME / ".rovodev/mcp.json"}
_EDITED = (HOME / ".claude.json", PROJECT / ".mcp.json", HOME / ".claude/CLAUDE.md")


def _places() -> list[tuple[str, Path]]:
    """Return each operation of the apply on each file, once; a trust store that cannot be read approves nothing."""
    return list(dict.fromkeys((step, path) for step, path in steps() if not step.startswith("db-") and path != _STORE))


def _at(step: str, broken: Path, fail: Hook) -> Hook:
    """Return what makes one operation on one file fail, every time."""
    return lambda at, path: fail(at, path) if (at, path) == (step, broken) else None


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
def test_a_file_that_fails_is_told_of_and_done_later_and_the_others_are_done_now(part: int) -> None:
    for number in some(len(_places()), desk=4)[part::_PARTS]:
        step, broken = _places()[number]
        fail = failing(CODES[number % len(CODES)])
        with Apply() as apply:
            apply.machine.hook = _at(step, broken, fail)
            receipt = apply.engine.sync("watch")
            case = f"{step} of {broken}"
            assert not receipt.complete, case
            told = [client for client in apply.status().clients if client.problem and str(broken) in client.paths]
            assert told, case
            assert apply.status().health is not Health.IN_STEP, case
            assert apply.machine.disk.data(broken) == apply.before.get(broken), case
            for path in set(written()) - {broken}:
                unread = step == "read" and (broken in _EDITED or _BESIDE.get(broken) == path)
                if not unread:  # else there is nothing to spread yet, or half of what is needed to write
                    assert apply.machine.disk.data(path) == planned()[path], f"{case} kept {path} from being written"
            apply.must_complete()


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
def test_any_operation_may_fail_once(part: int) -> None:
    disk_steps = [at for at, (step, _) in enumerate(steps()) if not step.startswith("db-")]
    for number in some(len(disk_steps), desk=8, check=2)[part::_PARTS]:
        with Apply() as apply:
            apply.machine.hook = Fault(disk_steps[number], failing(CODES[number % len(CODES)]))
            apply.engine.sync("watch")
            apply.must_complete()


@pytest.mark.sweep
def test_any_transaction_may_fail_once() -> None:
    transactions = [at for at, (step, _) in enumerate(steps()) if step in {"db-begin", "db-commit"}]
    for at in [transactions[number] for number in some(len(transactions), desk=4)]:
        with Apply() as apply:
            apply.machine.hook = Fault(at, failing(errno.ENOSPC))
            with suppress(WorldError):
                apply.engine.sync("watch")
            apply.witness.check_history()
            apply.machine.hook = lambda _step, _path: None
            apply.machine.clock.sleep(LONG)
            apply.engine.sync("watch")
            assert apply.files() == planned(), at
            apply.again()
            apply.must_complete()


@pytest.mark.parametrize("gone", [HOME / ".codex", PROJECT, HOME])
@pytest.mark.parametrize("code", CODES)
def test_a_disk_that_is_gone_holds_up_nothing_else_and_is_taken_up_again(gone: Path, code: int) -> None:
    fail = failing(code)
    with Apply() as apply:
        apply.machine.hook = lambda step, path: fail(step, path) if gone in (path, *path.parents) else None
        apply.engine.sync("watch")
        apply.engine.sync("watch")
        assert apply.status().health is Health.PENDING
        for path, data in apply.files().items():
            assert data == (apply.before[path] if gone in path.parents else planned()[path])
        apply.must_complete()

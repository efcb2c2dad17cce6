"""Every system call of every change fails once, or from some call on: old or new, nothing lost, no litter.

At a desk each call fails in one way, another one with every commit.
"""

from __future__ import annotations

import errno
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from aisync_desktop.files.errors import FileProblem
from aisync_desktop.files.protocol import Outcome
from tests.files.breaking import Kept, failing
from tests.files.scenarios import SCENARIOS, THEIRS, Scenario, content, litter, versions_on_disk
from tests.helpers.alike import spread
from tests.helpers.effort import tries
from tests.helpers.fresh_seeds import first_fresh_seed

_CODES = [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS]
_NOTHING = failing(0)


def _calls_of(scenario: Scenario, folder: Path) -> int:
    """Count the calls of a run that goes well, the later looks at displaced files included."""
    disk, calls = scenario.disk(_NOTHING, folder)
    scenario.act(disk, scenario.prepare(folder), Kept())
    disk.late_writes(closing=True)
    return len(calls.trace)


def _break(scenario: Scenario, at: int, code: int, *, sticky: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, kept = Path(name), Kept()
        path = scenario.prepare(folder)
        before = {one.relative_to(folder) for one in folder.rglob("*")}
        disk, calls = scenario.disk(failing(code, at=at, sticky=sticky), folder)
        outcome = None
        with suppress(FileProblem):
            outcome = scenario.act(disk, path, kept).outcome
        late = [write.data for write in disk.late_writes(closing=True)]
        there, acted = content(path), scenario.acted(calls)
        case = f"{calls.trace[at] if at < len(calls.trace) else None} fails with {errno.errorcode[code]}"

        assert there in scenario.allowed(acted=acted), case
        seen = {*kept.versions, *late, *versions_on_disk(folder)}
        last_known = THEIRS if acted else scenario.old
        assert last_known is None or last_known in seen, case
        if not sticky and not acted:
            assert litter(folder) == [], case
            assert there == (scenario.new if outcome is Outcome.WRITTEN else scenario.old), case
            after = {one.relative_to(folder) for one in folder.rglob("*")}
            assert outcome is Outcome.WRITTEN or after == before, case
            assert not [one for one in after if one.name.endswith(".lock")], case


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_any_call_may_fail_once(scenario: Scenario, tmp_path: Path) -> None:
    for at in range(_calls_of(scenario, tmp_path)):
        for code in spread(_CODES, tries(desk=1, check=4, deep=4), at + first_fresh_seed()):
            _break(scenario, at, code, sticky=False)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_all_calls_may_fail_from_some_call_on(scenario: Scenario, tmp_path: Path) -> None:
    for at in range(_calls_of(scenario, tmp_path)):
        _break(scenario, at, _CODES[at % len(_CODES)], sticky=True)

"""kill -9 of a real process in the middle of an apply, on a real disk with the real database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


@pytest.mark.sweep
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("stride", [37, pytest.param(1, marks=[pytest.mark.deep, pytest.mark.timeout(1800)])])
def test_killed_at_any_step_the_next_start_completes_and_nothing_is_lost(tmp_path: Path, stride: int) -> None:
    done = subprocess.run(
        [sys.executable, _ROOT / "tests" / "simulation" / "dying_apply.py", tmp_path, str(stride)],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, *deaths = [json.loads(line) for line in done.stdout.splitlines()]
    before, wanted = first["before"], deaths[-1]["after"]

    assert [death["signal"] for death in deaths] == [9] * (len(deaths) - 1) + [0]
    assert len(deaths) > 10
    assert sum(before.get(path) != data for path, data in wanted.items()) >= 6
    for death in deaths:
        for path, data in death["seen"].items():
            assert data in {before.get(path), wanted[path]}, f"{path} is neither old nor new: {death['at']}"
        assert death["after"] == wanted, death["at"]
        assert (death["health"], death["open"], death["lost"]) == ("in-step", 0, []), death["at"]

"""kill -9 right before every system call: the name holds old or new, nothing is lost, the next start sweeps up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.files.scenarios import SCENARIOS, THEIRS, Scenario

_ROOT = Path(__file__).parents[2]


_MAIN = ["replace-link-locked", "replace-by-links", "create", "remove", "foreign"]
_OTHERS = [scenario.name for scenario in SCENARIOS if scenario.name not in _MAIN]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("names", [_MAIN, pytest.param(_OTHERS, marks=pytest.mark.deep)], ids=["main", "others"])
def test_any_call_may_be_the_last(tmp_path: Path, names: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, _ROOT / "tests" / "files" / "dying.py", tmp_path, *names],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    deaths = [json.loads(line) for line in done.stdout.splitlines()]

    by_name = {name: list(each) for name, each in groupby(deaths, key=lambda death: death["scenario"])}
    assert set(by_name) == set(names)
    for scenario in (one for one in SCENARIOS if one.name in names):
        each = by_name[scenario.name]
        assert len(each) > 15
        assert [death["signal"] for death in each] == [9] * (len(each) - 1) + [0]
        _check_states(scenario, each)
        if scenario.foreign:
            _check_foreign(each)


def _check_states(scenario: Scenario, deaths: list[dict[str, Any]]) -> None:
    old, new = (None if state is None else state.decode() for state in (scenario.old, scenario.new))
    for death in deaths:
        assert death["content"] in {old, new} | ({THEIRS.decode()} if scenario.foreign else set()), death
        assert death["litter"] == [], death
        assert death["after"] == death["content"], death
        if old is not None and not scenario.foreign:
            assert any(old in version for version in death["versions"]), death


def _check_foreign(deaths: list[dict[str, Any]]) -> None:
    """Once another program has written, its version is there to the end, and found by the next start."""
    theirs, written = THEIRS.decode(), False
    for death in deaths:
        present = any(theirs in version for version in death["versions"])
        assert present or not written, death
        written = written or present
        if present and death["content"] != theirs:
            assert theirs in death["recovered"], death
            assert theirs in death["kept"], death
    assert written

"""What `make bench` prints of a row, and what it keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import common
import pytest
import run as runner
from common import Floor, judged


@pytest.mark.parametrize(
    ("value", "limits", "verdict"),
    [
        (7.0, {"floor": Floor("nothing", 2.0, times=4)}, "met"),
        (9.0, {"floor": Floor("nothing", 2.0, times=4)}, "MISSED"),
        (7.0, {"floor": Floor("nothing", 2.0, times=4), "most": 6}, "MISSED"),
        (7.0, {"most": 7}, "met"),
        (1.0, {"most": 0}, "MISSED"),
        (7.0, {"floor": Floor("nothing", 2.0)}, ""),
        (7.0, {}, ""),
    ],
)
def test_a_row_has_a_verdict_where_it_has_a_budget(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    value: float,
    limits: dict[str, Any],
    verdict: str,
) -> None:
    monkeypatch.setenv(common.ROWS, str(tmp_path / "rows"))
    judged("to do something", value, "ms", **limits)

    kept = json.loads((tmp_path / "rows").read_text(encoding="utf-8"))
    assert (kept["what"], kept["value"], kept["verdict"]) == ("to do something", value, verdict)
    assert capsys.readouterr().out.rstrip().endswith(verdict)


def test_a_run_is_one_line_of_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "HISTORY", tmp_path / "history.jsonl")
    row: dict[str, object] = {"what": "a start", "value": 2, "unit": "s", "budget": "<= 1 s", "verdict": "MISSED"}
    runner.keep([row, {"what": "an edit", "value": 2, "unit": "s", "budget": "", "verdict": ""}])
    runner.keep([])

    (line,) = (tmp_path / "history.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert kept["rows"][0] == row
    assert {"commit", "changed", "at", "python", "system"} < set(kept)
    assert capsys.readouterr().out.splitlines() == ["missed: a start: 2 s, budget <= 1 s", "0 of 1 budgets met"]


def test_what_is_no_bench_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["run.py", "nonsense"])

    assert runner.main() == 2
    assert "startup" in capsys.readouterr().err

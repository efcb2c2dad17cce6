from __future__ import annotations

from pathlib import Path

import pytest

from tools import coverage_ratchet
from tools.coverage_ratchet import judge


def test_a_listed_module_may_not_fall() -> None:
    verdict = judge(["a.py", "b.py"], {"a.py": ["line 3"], "b.py": []})
    assert verdict.fallen == {"a.py": ["line 3"]}


def test_a_listed_module_that_is_gone_must_leave_the_list() -> None:
    assert judge(["a.py"], {}).gone == ["a.py"]


def test_a_module_that_is_fully_covered_may_join() -> None:
    assert judge(["a.py"], {"a.py": [], "b.py": [], "c.py": ["branch 1 to 2"]}).risen == ["b.py"]


def test_the_list_is_sorted_and_names_real_modules() -> None:
    listed = coverage_ratchet.LIST.read_text(encoding="utf-8").split()
    assert listed == sorted(set(listed))
    assert all((coverage_ratchet.ROOT / name).is_file() for name in listed)


def test_a_fall_fails_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(coverage_ratchet, "LIST", tmp_path / "list")
    (tmp_path / "list").write_text("a.py\n", encoding="utf-8")
    monkeypatch.setattr(coverage_ratchet, "measured", lambda: {"a.py": ["line 1"]})
    assert coverage_ratchet.main([]) == 1
    assert "a.py was fully covered and no longer is: line 1" in capsys.readouterr().out


def test_updating_lets_modules_join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage_ratchet, "LIST", tmp_path / "list")
    (tmp_path / "list").write_text("b.py\n", encoding="utf-8")
    monkeypatch.setattr(coverage_ratchet, "measured", lambda: {"a.py": [], "b.py": [], "c.py": ["line 1"]})
    assert coverage_ratchet.main(["--update"]) == 0
    assert (tmp_path / "list").read_text(encoding="utf-8") == "a.py\nb.py\n"

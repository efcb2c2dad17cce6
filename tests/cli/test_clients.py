"""What `aisync clients` tells: versions beside those that were checked, what machine this is, and what is rejected."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from aisync_desktop.files.machine import Machine
from aisync_desktop.program.world import World
from tests.cli.conftest import answer, run

pytestmark = [
    pytest.mark.usefixtures("clients"),
    pytest.mark.skipif(os.name == "nt", reason="programs are found otherwise there"),
]
CHECKED = "2.1.329, 2.1.332"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the manifest of a Claude Code that is on the PATH."""
    program = tmp_path / "node_modules" / "@anthropic-ai" / "claude-code" / "claude"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program.with_name("package.json")


@pytest.mark.parametrize(
    ("version", "age", "told"),
    [
        ("2.1.332", "checked", "version 2.1.332"),
        ("2.1.400", "newer", f"checked against {CHECKED}, found 2.1.400, which is newer"),
        ("2.1.2", "older", f"checked against {CHECKED}, found 2.1.2, which is older"),
        ("2.1.330", "between", f"version 2.1.330; checked against {CHECKED}, before and after it"),
        ("nightly", "", "version nightly"),
    ],
)
def test_a_version_is_told_beside_those_that_were_checked(installed: Path, version: str, age: str, told: str) -> None:
    installed.write_text(json.dumps({"name": "@anthropic-ai/claude-code", "version": version}))
    (claude,) = (one for one in answer("clients")["clients"] if one["id"] == "claude-code")
    assert (claude["version"], claude["age"], claude["windows_side"]) == (version, age, False)
    assert f"{told}\n" in run("clients").stdout
    found = [one for one in answer_of_the_doctor() if one["code"] == "doctor.age"]
    assert [one["client"] for one in found] == (["claude-code"] if age in {"newer", "older"} else [])


def answer_of_the_doctor() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(run("doctor", "--json").stdout)["findings"]
    return found


def test_what_is_found_in_wsl_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "machines", (Machine.WSL,))
    assert answer("clients")["machines"] == ["wsl"]
    assert "Found in WSL: the clients of Windows itself are not looked at.\n" in run("clients").stdout


def test_a_description_that_cannot_be_used_is_told_with_its_place(
    isolated_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(os.environ["AISYNC_HOME"]) / "config" / "clients"
    folder.mkdir(parents=True)
    bad = folder / "bad.toml"
    bad.write_text('id = "bad"\nname = "Bad"\nverified = "docs"\npresence = ["~/.bad"]\nendpoints = 3\n')
    (rejected,) = answer("clients")["rejected"]
    assert (rejected["path"], rejected["line"]) == (str(bad), 5)
    assert "endpoints" in rejected["message"]["text"]
    shown = run("clients").stdout
    assert f"A description that cannot be used: {bad}:5:" in shown
    assert rejected["next_step"]["text"] in shown


def test_a_program_of_windows_is_told_apart(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed.write_text(json.dumps({"name": "@anthropic-ai/claude-code", "version": "9.9.9"}))
    monkeypatch.setattr("aisync_desktop.sync.reports.inventory.is_windows_side", lambda *_: True)
    program = installed.with_name("claude")
    assert f"installed: {program}, which is of Windows and keeps its files there\n" in run("clients").stdout
    assert not [one for one in answer_of_the_doctor() if one["code"] == "doctor.age"]

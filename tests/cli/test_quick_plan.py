"""`aisync plan` reads its own few words: Typer, and what only a status is made of, would be a fifth of its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aisync_desktop.cli import plans
from tests.cli.conftest import run
from tests.helpers.clients import Clients
from tests.helpers.program import aisync

UNNEEDED = ["typer", "aisync_desktop.sync.model.events", "aisync_desktop.sync.model.status"]


def test_a_plan_is_told_without_what_it_does_not_need(clients: Clients) -> None:
    script = (
        "import sys\nfrom aisync_desktop import __main__\nsys.argv = ['aisync', 'plan', '--json']\n"
        f"try:\n    __main__.main()\nfinally:\n    print(sorted(sys.modules.keys() & {UNNEEDED}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert json.loads(done.stdout)["in_step"] is True


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_it_says_what_the_full_reader_says(
    clients: Clients, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    clients.add("claude-code", "another")
    whole = run("plan", *words)
    assert (plans.tell(words), capsys.readouterr().out) == (3, whole.stdout)
    assert whole.exit_code == 3
    assert "another" in whole.stdout


@pytest.mark.parametrize("words", [["--help"], ["--json", "--json"], ["--json=1"], ["codex"]])
def test_other_words_are_left_to_the_full_reader(words: list[str]) -> None:
    assert plans.tell(words) is None


def test_what_is_wrong_is_told_as_by_the_full_reader(
    clients: Clients, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AISYNC_POLICY_MCP", "whoever")
    whole = run("plan", "--json")
    assert plans.tell(["--json"]) == whole.exit_code == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == (whole.stdout, whole.stderr)


def test_words_that_it_does_not_take_are_refused_by_the_program(clients: Clients) -> None:
    done = aisync("plan", "--prefer", "codex")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--prefer" in done.stderr


def test_with_the_bytes_it_shows_each_line_and_no_secret(isolated_home: Path) -> None:
    Clients.make(isolated_home)
    token = "ghp_0123456789abcdefghijABCDEFGHIJ012345"  # noqa: S105 - looks like one, which is the point
    path = isolated_home / ".claude.json"
    servers = json.loads(path.read_text())["mcpServers"] | {"t": {"command": "t", "env": {"TOKEN": token}}}
    path.write_text(json.dumps({"mcpServers": servers}))
    done = run("plan", "--diff")
    assert (done.exit_code, done.stderr) == (3, "")
    assert "Codex CLI  ~/.codex/config.toml  (+" in done.stdout
    assert '  + command = "npx"' in done.stdout
    assert token not in done.stdout + run("plan", "--diff", "--json").stdout
    assert "Secrets are hidden here" in done.stdout
    told = json.loads(run("plan", "--diff", "--json").stdout)
    assert [one["path"] for one in told["files"]] == [one["path"] for one in told["targets"]]
    assert told["agreed"] == json.loads(run("plan", "--json").stdout)["agreed"]


def test_what_is_in_step_has_no_bytes_to_show(clients: Clients) -> None:
    assert run("plan", "--diff").stdout == "Everything is in step; nothing would be written.\n"

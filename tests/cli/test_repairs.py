"""`aisync doctor --repair`: shown first, done only when that is wanted, by the running app too (tests/api)."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tests.helpers.program import aisync, answer

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


@pytest.fixture
def claude(isolated_home: Path) -> Path:
    path = isolated_home / ".claude.json"
    entry = {"command": "x", "env": {"TOKEN": CANARY}}
    path.write_text(json.dumps({"mcpServers": {"s": entry}}))
    path.chmod(0o644)
    aisync("init", "--yes")
    return path


def repairs(cure: str) -> list[str]:
    found = answer("doctor")["findings"]
    return sorted({one["id"] for finding in found for one in finding["repairs"] if one["cure"] == cure})


def test_nothing_is_done_unless_that_is_agreed_to(claude: Path) -> None:
    before = claude.read_bytes()
    done = aisync("doctor", "--repair")  # nobody answers
    assert (done.returncode, claude.read_bytes()) == (1, before)
    assert f"Make {claude} private" in done.stdout
    assert os.name != "posix" or stat.S_IMODE(claude.stat().st_mode) == 0o644


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_all_that_need_not_be_asked_for_are_done_at_once(claude: Path) -> None:
    assert aisync("doctor", "--repair", "--yes").returncode == 0
    assert stat.S_IMODE(claude.stat().st_mode) == 0o600
    assert CANARY in claude.read_text()
    assert "Nothing to repair" in aisync("doctor", "--repair").stdout


def test_a_secret_is_taken_out_by_the_repair_that_was_named(claude: Path) -> None:
    (launch,) = repairs("launch")
    told = aisync("doctor", "--repair", launch)
    assert "Claude Code  ~/.claude.json\n  ~ mcp/s" in told.stdout  # what would be written
    assert CANARY not in told.stdout
    done = aisync("doctor", "--repair", launch, "--yes", "--json")
    assert json.loads(done.stdout)["written"] == [str(claude)]
    assert CANARY not in claude.read_text()
    assert aisync("undo").returncode == 0
    assert CANARY in claude.read_text()


@pytest.mark.parametrize("words", [("deadbeef",), ("--repair", "deadbeef")])
def test_an_id_that_fits_nothing_is_refused(claude: Path, words: tuple[str, ...]) -> None:
    done = aisync("doctor", *words)
    assert done.returncode == (1 if "--repair" in words else 2)
    assert done.stderr

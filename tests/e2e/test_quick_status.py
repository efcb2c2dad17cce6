"""What the running app says for `aisync status` is what the command line would have said itself, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.clients import Clients
from tests.helpers.program import aisync, answer, running, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and flock as POSIX has them")
# A variable that changes nothing, but that only the full reader understands.
SLOW = {"AISYNC_LOG_LEVEL": "info"}
HEAVY = {"typer", "pydantic", "peewee", "logging", "sqlite3"}
TERMINALS = [
    {"LC_ALL": "C.UTF-8"},
    {"LC_ALL": "ko_KR.EUC-KR", "PYTHONIOENCODING": "euc-kr", "TZ": "Asia/Seoul"},
    {"LC_ALL": "ko_KR", "PYTHONIOENCODING": "ascii", "TZ": "America/New_York"},
]


def _cold(*words: str, **environ: str) -> tuple[bytes, bytes, int]:
    """Run a command from nothing; return what it prints, and how it ends."""
    environ = {**os.environ, **environ}
    done = subprocess.run(
        [sys.executable, "-m", "aisync_desktop", *words], env=environ, capture_output=True, check=False
    )
    return done.stdout, done.stderr, done.returncode


def _has_looked() -> bool:
    return answer("status")["last"] is not None


def test_the_app_says_what_the_command_line_says(isolated_home: Path) -> None:
    clients = Clients.make(isolated_home)
    clients.add("codex", "파일-서버")
    aisync("init", "--yes")
    clients.paths["qwen-code"].write_text('{"mcpServers": ', encoding="utf-8")
    with running("--headless", "--port", "0"):
        until(_has_looked)
        for terminal in TERMINALS:
            for words in (["status"], ["status", "--json"]):
                quick, slow = _cold(*words, **terminal), _cold(*words, **terminal, **SLOW)
                assert quick == slow
                assert (quick[1], quick[2]) == (b"", 3)
        aisync("settings", "set", "language", "ko")
        english = {"LC_ALL": "C.UTF-8"}
        assert _cold("status", **english) == _cold("status", **english, **SLOW)
        assert "항목" in _cold("status", **english)[0].decode()


def test_nothing_but_the_way_to_ask_is_imported(isolated_home: Path) -> None:
    Clients.make(isolated_home)
    aisync("init", "--yes")
    script = (
        "import os, sys\nfrom aisync_desktop.cli.quick_status import tell\n"
        f"print(tell([], os.environ), sorted(sys.modules.keys() & {HEAVY}))"
    )
    with running("--headless", "--port", "0"):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"

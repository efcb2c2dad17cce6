"""`aisync status --metrics`: figures in words."""

from __future__ import annotations

import json
import os
import re
from typing import Any

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from tests.cli.conftest import run
from tests.helpers.clients import Clients


def test_it_tells_what_each_client_had_of_it(isolated_home: Any) -> None:
    clients = Clients.make(isolated_home)
    engine = open_engine(World.real(os.environ))
    engine.adopt("user")
    clients.add("codex", "fresh")
    engine.sync("watch")
    clients.paths["qwen-code"].chmod(0o444)
    clients.add("codex", "more")
    engine.sync("watch")
    engine.close()
    told = run("status", "--metrics")
    assert told.exit_code == 0
    first, latency, *others = told.stdout.splitlines()
    assert "reached every file" in first
    assert latency.startswith("From an edit to the last file: ")
    assert any(line.startswith("  Codex CLI: 3 edits made there, ") for line in others)
    assert any(line.startswith("  Qwen Code: ") and "1 failed" in line for line in others)
    assert any(re.fullmatch(r"    [-0-9]{10} [:0-9]{8}  last written, in \d+ ms", line) for line in others)
    assert any(line.endswith("  last written") for line in others)  # where another one was not, it has no duration
    assert any(line.startswith("Lines in the log: debug 0, info ") for line in others)
    assert others[-1].startswith("This command, as the app does not run: ")


def test_of_nothing_it_says_so(isolated_home: Any) -> None:
    told = run("status", "--metrics").stdout.splitlines()
    assert told[0] == "Nothing was synced in the last 24 hours."
    assert len(told) == 3
    assert json.loads(run("status", "--metrics", "--json").stdout)["syncs"]["success_rate"] is None

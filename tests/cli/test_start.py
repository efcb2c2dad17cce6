from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.helpers.clients import Clients
from tests.helpers.program import aisync

HEAVY = ["PySide6", "fastapi", "keyring", "uvicorn", "structlog", "cryptography", "watchdog", "rich"]
CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
LOOKING = [
    "aisync_desktop.clients.loader",
    "aisync_desktop.clients.descriptor",
    "aisync_desktop.documents",
    "aisync_desktop.sync.planning.planner",
]


def test_a_server_that_is_started_by_us_waits_for_nothing_heavy(clients: Clients) -> None:
    entry = f'"s": {{"command": {json.dumps(sys.executable)}, "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    aisync("init", "--yes")
    (asked,) = json.loads(aisync("decisions", "--json").stdout)["decisions"]
    aisync("decide", asked["id"], "--take", "launch")
    script = (
        "import sys\nfrom aisync_desktop.cli import exec as started\n"
        "print(started._start_of(started.parse(['s'])).env['TOKEN'])\n"
        f"print(sorted(sys.modules.keys() & {[*HEAVY, 'pydantic', 'peewee', 'typer', 'zstandard', *LOOKING]}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    # Here no keyring has the value, and it lies in the database: then it takes the library that it is encrypted with.
    assert done.stdout.splitlines() == [CANARY, "['cryptography']"]


@pytest.mark.alike(desk=2)
@pytest.mark.parametrize(
    "words", [["history"], ["show", "1"], ["diff", "1"], ["logs"], ["settings", "get"], ["secrets", "list"]]
)
def test_what_only_reads_the_database_starts_without_what_looks_at_files(clients: Clients, words: list[str]) -> None:
    script = (
        "import sys\nfrom aisync_desktop.cli.app import app\n"
        f"app({words}, standalone_mode=False)\nprint(sorted(sys.modules.keys() & {HEAVY + LOOKING}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

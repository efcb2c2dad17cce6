from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.clients import Clients

HEAVY = ["PySide6", "fastapi", "keyring", "uvicorn", "structlog", "cryptography", "watchdog", "rich"]
LOOKING = ["aisync_desktop.connectors", "aisync_desktop.documents", "aisync_desktop.engine.planning"]


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

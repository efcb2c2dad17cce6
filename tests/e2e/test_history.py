"""History, log, export and backup beside the running app, which answers for them over HTTP as well."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from aisync_desktop.service.client import AppClient
from tests.helpers.clients import Clients
from tests.helpers.program import aisync, answer, endpoint, running, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and flock as POSIX has them")


def test_history_is_read_while_the_app_runs(isolated_home: Path, tmp_path: Path) -> None:
    clients = Clients.make(isolated_home)
    aisync("init", "--yes")
    with running("--headless", "--port", "0"):
        clients.add("codex", "fresh")
        until(lambda: "fresh" in clients.servers("rovodev"))
        until(lambda: answer("status")["health"] == "in-step")
        snapshots = answer("history")["snapshots"]
        assert snapshots[0]["summary"] == "+ mcp/fresh"
        assert _get("/api/v1/config/snapshots") == {"snapshots": snapshots}
        assert _get("/api/v1/items") == answer("items")
        assert _get("/api/v1/clients") == answer("clients")
        assert _get("/api/v1/logs")["logs"] == answer("logs")["logs"]
        exported = answer("export", "logs", "--format", "ndjson", "-o", str(tmp_path / "logs"))["export"]
        assert exported["recorded"]
        assert len((tmp_path / "logs").read_text().splitlines()) == exported["rows"] == 2
        saved = tmp_path / "saved"
        assert answer("backup", str(saved))["backup"]["size"] == saved.stat().st_size
        refused = aisync("restore", str(saved), "--yes")
        assert (refused.returncode, "already running" in refused.stderr) == (1, True)
    assert json.loads(aisync("restore", str(saved), "--yes", "--json").stdout)["restore"]["kept"]
    assert answer("history")["snapshots"] == snapshots


def _get(path: str) -> Any:
    address = urlsplit(endpoint()["url"])
    api = AppClient(address.hostname or "", address.port or 0, aisync("token").stdout.strip())
    return api.call("GET", path)

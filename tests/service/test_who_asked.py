"""What is done says who asked for it, in the feed and in the audit trail: an assistant by its name, or by which way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.kernel.actors import NO_ASSISTANT
from aisync_desktop.program.world import World
from aisync_desktop.service.client import ASSISTANT_HEADER, WAY_HEADER
from aisync_desktop.service.live.asking import LiveAsking
from aisync_desktop.service.operations.switching import SwitchRequest
from aisync_desktop.sync.store.reader import Reader
from tests.cli.conftest import run
from tests.helpers.clients import Clients
from tests.helpers.facade import RealFacade

ASSISTANT, TOKEN = "codex", "t0ken"
OFF = SwitchRequest(what="mcp", on=False)


@pytest.fixture(autouse=True)
def _adopted(isolated_home: Path) -> None:
    Clients.make(isolated_home)
    facade = RealFacade(World.real(os.environ), adopt=True)
    facade.close()


def told() -> list[tuple[str, str]]:
    """Return what has happened since the beginning, with who asked for it."""
    with closing(Reader.of(World.real(os.environ))) as reader:
        entries = reader.happened().entries
    new = [(one.type, one.actor) for one in entries]
    return new[new.index(("adopted", "user")) + 1 :]


def over_http(method: str, path: str, body: object = None, **headers: str) -> None:
    facade = RealFacade(World.real(os.environ))
    with TestClient(make_app(facade, lambda: TOKEN), base_url="http://127.0.0.1:8377") as caller:
        said = {"Authorization": f"Bearer {TOKEN}", **headers}
        assert caller.request(method, f"/api/v1{path}", json=body, headers=said).status_code == 200
    facade.close()


def by_window() -> None:
    facade = RealFacade(World.real(os.environ))
    asks = LiveAsking(facade, facade.world)
    asks.ask(OFF).result(30)
    asks.stop()
    facade.close()


@pytest.mark.parametrize(
    ("ask", "who"),
    [
        (lambda: run("off", "mcp"), "cli"),
        (lambda: over_http("POST", "/sync/switch", {"what": "mcp", "on": False}), "api"),
        (lambda: over_http("POST", "/sync/switch", {"what": "mcp", "on": False}, **{WAY_HEADER: "cli"}), "cli"),
        (by_window, "window"),
    ],
)
def test_it_is_told_by_which_way_somebody_asked(ask: Callable[[], object], who: str) -> None:
    ask()
    assert ("switched", who) in told()


def test_an_assistant_that_runs_a_command_is_named_for_what_it_may_do_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aisync_desktop.service.who_asks.assistant_above", lambda _world: ASSISTANT)
    assert run("pause").exit_code == 0
    assert ("paused", ASSISTANT) in told()


def test_an_assistant_that_says_so_over_http_is_named() -> None:
    over_http("POST", "/sync/pause", {}, **{ASSISTANT_HEADER: ASSISTANT})
    assert ("paused", ASSISTANT) in told()


def test_the_audit_trail_has_the_same() -> None:
    assert run("pause").exit_code == 0
    rows = json.loads(run("export", "audit", "--output", "-").stdout)["audit"]
    assert {row["action"]: row["actor"] for row in rows}["paused"] == "cli"


@pytest.mark.parametrize("name", sorted(NO_ASSISTANT))
def test_no_assistant_is_called_as_somebody_else_is(name: str) -> None:
    facade = RealFacade(World.real(os.environ))
    with TestClient(make_app(facade, lambda: TOKEN), base_url="http://127.0.0.1:8377") as caller:
        said = {"Authorization": f"Bearer {TOKEN}", ASSISTANT_HEADER: name}
        assert caller.post("/api/v1/sync/pause", headers=said).status_code == 422
    facade.close()

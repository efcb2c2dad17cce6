"""The doctor over HTTP: findings with their repairs, what these would write, and doing them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.repairs import Repair
from aisync_desktop.sync.model.status import Status
from aisync_desktop.sync.planning.planner import Plan
from tests.helpers.clients import Clients
from tests.helpers.facade import FakeEngine, FakeFacade

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
REPAIRS = "/api/v1/doctor/repairs"


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    clients = Clients.make(isolated_home)
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    return clients


class Told(FakeEngine):
    """An engine that takes note of what it is told to repair; a real one belongs to its own thread."""

    def __init__(self, status: Status) -> None:
        self._status = status
        self.told = list[tuple[Repair, ...]]()

    def repair(self, repairs: tuple[Repair, ...]) -> Receipt:
        self.told.append(repairs)
        return Receipt("user", Plan())

    def status(self) -> Status:
        return self._status


@pytest.fixture
def repaired(facade: FakeFacade, clients: Clients) -> list[tuple[Repair, ...]]:
    facade.world = World.real(os.environ)
    engine = open_engine(facade.world)
    engine.adopt("user")
    facade.engine = double = Told(engine.status())
    engine.close()
    return double.told


def offered(client: TestClient) -> dict[str, dict[str, Any]]:
    findings = client.get("/api/v1/doctor").json()["findings"]
    return {one["cure"]: one for finding in findings for one in finding["repairs"]}


def test_findings_tell_what_can_be_repaired_and_no_secret(client: TestClient, repaired: list[object]) -> None:
    assert offered(client)["launch"].keys() == {"id", "cure", "summary", "unasked"}
    assert CANARY not in client.get("/api/v1/doctor").text


def test_what_a_repair_would_write_is_shown_and_not_done(
    client: TestClient, clients: Clients, repaired: list[object]
) -> None:
    before = clients.bytes()
    launch = offered(client)["launch"]["id"]
    shown = client.post(f"{REPAIRS}/preview", json={"ids": [launch]}).json()
    assert shown["writes"] == [str(clients.paths["claude-code"])]
    assert [one["id"] for one in shown["repairs"]] == [launch]
    assert (clients.bytes(), repaired) == (before, [])


def test_the_engine_does_what_was_named(client: TestClient, repaired: list[tuple[Repair, ...]]) -> None:
    launch = offered(client)["launch"]["id"]
    assert client.post(REPAIRS, json={"ids": [launch]}).status_code == 200
    ((done,),) = repaired
    assert done.id == launch


@pytest.mark.parametrize(("body", "status"), [({"ids": ["deadbeef"]}, 404), ({"all": True}, 422)])
def test_what_is_not_offered_is_refused(
    client: TestClient, repaired: list[object], body: dict[str, object], status: int
) -> None:
    assert client.post(REPAIRS, json=body).status_code == status
    assert repaired == []

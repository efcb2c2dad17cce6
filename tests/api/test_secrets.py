"""Secrets over HTTP: a value comes in, none goes out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.clients import Clients
from tests.helpers.facade import FakeEngine, FakeFacade

OLD = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
NEW = "ghp_9876543210abcdefghijABCDEFGHIJ012345"
URL = "/api/v1/secrets"


@pytest.fixture
def clients(facade: FakeFacade, isolated_home: Path) -> Iterator[Clients]:
    """One secret in one client's file, agreed on; the facade's engine is the test's own thread's."""
    made = Clients.make(isolated_home)
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{OLD}"}}}}'
    made.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    facade.world = World.real(os.environ)
    engine = open_engine(facade.world)
    engine.adopt("user")
    engine.decide(engine.status().decisions[0].id, "copy")
    engine.close()
    yield made
    if facade.engine:
        facade.engine.close()


class InThread(FakeEngine):
    """An engine that is opened by whichever thread asks, for one call."""

    def __init__(self, world: World) -> None:
        self._world = world

    def set_secret(self, reference: str, literal: str) -> object:
        self.engine = open_engine(self._world)
        return self.engine.set_secret(reference, literal)

    def remove_secret(self, reference: str, *, used: bool) -> None:
        engine = open_engine(self._world)
        try:
            engine.remove_secret(reference, used=used)
        finally:
            engine.close()

    def status(self) -> object:
        status = self.engine.status()
        self.engine.close()
        return status

    def close(self) -> None:
        """Nothing is left open."""


@pytest.fixture
def reference(client: TestClient, clients: Clients, facade: FakeFacade) -> str:
    facade.engine = InThread(facade.world)
    (secret,) = client.get(URL).json()["secrets"]
    assert (secret["kept"], secret["used"], len(secret["places"][0]["clients"])) == ("database", True, 4)
    return str(secret["reference"])


def test_a_value_is_set_everywhere_and_repeated_nowhere(client: TestClient, clients: Clients, reference: str) -> None:
    done = client.put(f"{URL}/{reference}", json={"value": NEW})
    assert (done.status_code, len(done.json()["written"])) == (200, 4)
    assert all(NEW.encode() in data and OLD.encode() not in data for data in clients.bytes().values())
    told = done.text + client.get(URL).text + client.get(f"{URL}/check").text
    assert OLD not in told
    assert NEW not in told


@pytest.mark.parametrize("body", [{}, {"value": ""}, {"value": [NEW]}, {"value": NEW, "more": 1}])
def test_what_is_not_understood_is_not_repeated(client: TestClient, reference: str, body: dict[str, object]) -> None:
    done = client.put(f"{URL}/{reference}", json=body)
    assert (done.status_code, NEW in done.text) == (422, False)


def test_what_is_no_reference_is_refused(client: TestClient, reference: str) -> None:
    assert client.put(f"{URL}/{OLD}", json={"value": NEW}).status_code == 422
    assert client.delete(f"{URL}/nonsense").status_code == 422


def test_a_value_in_use_is_forgotten_only_where_that_is_said(client: TestClient, reference: str) -> None:
    assert client.delete(f"{URL}/{reference}").status_code == 409
    assert client.delete(f"{URL}/{reference}?used=true").json() == {"removed": reference}
    assert client.delete(f"{URL}/{reference}?used=true").status_code == 404
    (secret,) = client.get(f"{URL}/check").json()["secrets"]
    assert secret == {"reference": reference, "had": "in-files", "used": True}

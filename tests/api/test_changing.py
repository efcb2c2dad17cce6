"""What a script has done over HTTP: a snapshot applied to some clients, and which client wins."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.program.world import World
from tests.api.conftest import BASE, TOKEN
from tests.helpers.clients import Clients
from tests.helpers.facade import RealFacade


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    return Clients.make(isolated_home)


@pytest.fixture
def owner(clients: Clients) -> Iterator[TestClient]:
    facade = RealFacade(World.real(os.environ), adopt=True)
    with TestClient(make_app(facade, lambda: TOKEN), base_url=BASE, raise_server_exceptions=False) as made:
        made.headers["Authorization"] = f"Bearer {TOKEN}"
        yield made
    facade.close()


@pytest.mark.parametrize("chosen", [[], ["codex"], ["codex", "qwen-code"]])
def test_a_snapshot_is_applied_to_the_clients_that_are_named_and_the_others_follow(
    chosen: list[str], owner: TestClient, clients: Clients
) -> None:
    before = clients.bytes()
    (first, *_) = owner.get("/api/v1/config/snapshots").json()["snapshots"]
    clients.add("codex", "fresh")
    owner.post("/api/v1/sync/trigger")
    assert clients.bytes() != before
    done = owner.post("/api/v1/config/apply", json={"snapshot": first["id"], "clients": chosen})
    assert (done.status_code, len(done.json()["written"])) == (200, len(clients.paths))
    assert clients.bytes() == before


def test_what_is_not_there_cannot_be_applied(owner: TestClient) -> None:
    for body in ({"snapshot": 999}, {"snapshot": 1, "clients": ["nobody"]}, {"snapshot": 1, "clients": [""]}):
        assert owner.post("/api/v1/config/apply", json=body).status_code == 404


@pytest.mark.parametrize(
    "body",
    [{"snapshot": 1, "adopt": True}, {"snapshot": 1, "prefer": "codex"}, {"clients": ["codex"]}, {"snapshot": 0}],
)
def test_a_snapshot_is_no_beginning(body: dict[str, Any], owner: TestClient) -> None:
    assert owner.post("/api/v1/config/apply", json=body).status_code == 422


def test_a_client_is_given_its_place_among_those_that_win(owner: TestClient) -> None:
    for client, place, order in (
        ("codex", 1, "codex"),
        ("qwen-code", 1, "qwen-code,codex"),
        ("rovodev", 2, "qwen-code,rovodev,codex"),
        ("qwen-code", 9, "rovodev,codex,qwen-code"),
    ):
        assert owner.patch(f"/api/v1/clients/{client}", json={"priority": place}).status_code == 200
        assert owner.get("/api/v1/settings?name=priority").json() == {"settings": {"priority": order}}
    assert owner.patch("/api/v1/clients/nobody", json={"priority": 1}).status_code == 404
    for body in ({}, {"priority": 0}, {"priority": 1, "enabled": True}):
        assert owner.patch("/api/v1/clients/codex", json=body).status_code == 422

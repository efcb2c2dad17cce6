"""Permissions over HTTP: what clients would do, and what each may do."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.clients import Clients
from tests.helpers.facade import FakeFacade


@pytest.fixture
def clients(facade: FakeFacade, isolated_home: Path) -> Clients:
    made = Clients.make(isolated_home)
    facade.world = World.real(os.environ)
    with closing(open_engine(facade.world)) as engine:
        engine.adopt("user")
    return made


def test_an_answer_says_what_confines_it_and_who_is_asked(client: TestClient, clients: Clients) -> None:
    del clients
    told = client.get("/api/v1/allowed", params={"tool": "shell", "argument": "make"}).json()["answers"]
    found = {one["client"]: (one["action"], one["confined"], one["judge"]) for one in told}
    assert found["codex"] == ("allow", "read-only", "you")
    assert found["qwen-code"] == ("ask", "", "model")


def test_what_is_no_request_is_refused_and_who_is_not_here_is_told(client: TestClient, clients: Clients) -> None:
    del clients
    assert client.get("/api/v1/allowed", params={"tool": "dance", "argument": "x"}).status_code == 422
    asked = {"tool": "shell", "argument": "x", "client": "amp"}
    assert client.get("/api/v1/allowed", params=asked).status_code >= 400


@pytest.mark.parametrize("path", ["permissions?project=shop", "allowed?tool=shell&argument=ls&project=./shop"])
def test_a_project_is_named_by_its_whole_path(path: str, client: TestClient, clients: Clients) -> None:
    del clients
    refused = client.get(f"/api/v1/{path}")
    assert (refused.status_code, refused.json()["problem"]["message"]["code"]) == (409, "project.refused.relative")


def test_the_audit_names_dangerous_modes(client: TestClient, clients: Clients) -> None:
    clients.paths["codex"].write_text('sandbox_mode = "danger-full-access"\n', encoding="utf-8")
    told = {one["client"]: one for one in client.get("/api/v1/permissions").json()["clients"]}
    answers = {danger["code"]: danger["answer"] for danger in told["codex"]["dangers"]}
    assert (answers["open"]["mode"], answers["open"]["line"]) == ("danger-full-access", 1)


def test_the_schema_says_what_can_confine_an_answer(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["Confined"]["enum"] == ["", "read-only", "workspace", "own"]
    assert schemas["Answer"]["properties"]["judge"]["enum"] == ["you", "model"]

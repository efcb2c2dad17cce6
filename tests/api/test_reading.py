"""What can be read over HTTP: snapshots, the log, clients, items; and the log as an export."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.store.reader import Reader
from tests.api.conftest import BASE, TOKEN
from tests.helpers.clients import Clients
from tests.helpers.facade import FakeFacade, RealFacade
from tests.helpers.logfail import ExpectLog


@pytest.fixture
def recorded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the engine was told of exports; without its thread, the store would refuse."""
    told = list[tuple[object, ...]]()
    monkeypatch.setattr(engine, "record_export", lambda *given: told.append(given))
    return told


@pytest.fixture
def engine(facade: FakeFacade, isolated_home: Any) -> Iterator[Engine]:
    """An engine over the four clients in step, with two snapshots; the facade reads what it wrote."""
    clients = Clients.make(isolated_home)
    facade.world = World.real(os.environ)
    facade.engine = open_engine(facade.world)
    facade.engine.adopt("user")
    clients.add("codex", "fresh")
    facade.engine.sync("watch")
    yield facade.engine
    facade.engine.close()


def ids(answer: Any, noun: str) -> list[int]:
    return [each["id"] for each in answer.json()[noun]]


def test_snapshots_are_listed_newest_first_page_by_page(client: TestClient, engine: Engine) -> None:
    assert ids(client.get("/api/v1/config/snapshots"), "snapshots") == [2, 1]
    assert ids(client.get("/api/v1/config/snapshots?limit=1"), "snapshots") == [2]
    assert ids(client.get("/api/v1/config/snapshots?before=2"), "snapshots") == [1]
    assert ids(client.get("/api/v1/config/snapshots?scope=project:/x"), "snapshots") == []
    first = client.get("/api/v1/config/snapshots").json()["snapshots"][0]
    assert (first["created_by"], first["changed"], first["summary"]) == ("codex", 1, "+ mcp/fresh")
    assert len(first["files"]) == 3


def test_one_snapshot_has_its_config_its_changes_and_its_files(client: TestClient, engine: Engine) -> None:
    found = client.get("/api/v1/config/snapshots/2").json()
    assert found["config"].keys() == {"mcp/files", "mcp/fresh", "mcp/github"}
    assert [(change["item"], change["change"]) for change in found["changes"]] == [("mcp/fresh", "added")]
    assert {write["state"] for write in found["writes"]} == {"done"}
    gone = client.get("/api/v1/config/snapshots/3")
    assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")


def test_the_log_is_filtered(client: TestClient, engine: Engine) -> None:
    assert ids(client.get("/api/v1/logs"), "logs") == [2, 1]
    assert ids(client.get("/api/v1/logs?limit=1"), "logs") == [2]
    assert ids(client.get("/api/v1/logs?after=1"), "logs") == [2]
    assert ids(client.get("/api/v1/logs?before=2"), "logs") == [1]
    assert ids(client.get("/api/v1/logs?level=warning"), "logs") == []
    assert ids(client.get("/api/v1/logs?client=codex&search=sync"), "logs") == [2]
    assert ids(client.get("/api/v1/logs?since=2999-01-01T00:00:00Z"), "logs") == []
    assert ids(client.get("/api/v1/logs?until=2001-01-01T00:00:00Z"), "logs") == []


def test_clients_and_items_are_a_look_at_everything(client: TestClient, engine: Engine) -> None:
    found = {each["id"]: each for each in client.get("/api/v1/clients").json()["clients"]}
    assert found["codex"]["present"]
    assert found["codex"]["endpoints"][0]["items"] == 3
    items = client.get("/api/v1/items").json()["items"]
    assert [item["name"] for item in items] == ["files", "fresh", "github"]
    assert {cell["holding"] for item in items for cell in item["clients"]} == {"as-meant"}
    assert client.get("/api/v1/items?kind=rules").json() == {"items": []}


@pytest.mark.parametrize(
    "path",
    [
        "config/snapshots?limit=0",
        "config/snapshots?limit=10001",
        "config/snapshots?before=9223372036854775808",
        "config/snapshots/nonsense",
        "config/snapshots/0",
        "logs?limit=100000",
        "logs?level=loud",
        "logs?since=yesterday",
        "logs?since=2026-01-01T00:00:00",
        "logs?since=0001-01-01T00:00:00%2B14:00",
        "logs?until=9999-12-31T23:59:59-14:00",
        "logs?search=" + "x" * 201,
        "items?kind=nonsense",
    ],
)
def test_what_is_out_of_bounds_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_the_log_is_exported_and_that_is_written_down(client: TestClient, recorded: list[tuple[object, ...]]) -> None:
    answer = client.post("/api/v1/logs/export", json={"format": "ndjson", "client": "codex"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line)["id"] for line in answer.text.splitlines()] == [2]
    table = client.post("/api/v1/logs/export", json={"format": "csv"})
    assert "aisync-logs.csv" in table.headers["content-disposition"]
    assert len(table.text.splitlines()) == 3
    assert recorded == [("logs", "ndjson", "", 1, "api"), ("logs", "csv", "", 2, "api")]
    assert client.post("/api/v1/logs/export", json={"format": "xml"}).status_code == 422


@pytest.mark.parametrize(("path", "noun"), [("config/snapshots", "snapshots"), ("audit", "audit")])
def test_tables_are_exported_as_the_command_line_does(
    path: str, noun: str, client: TestClient, recorded: list[tuple[object, ...]]
) -> None:
    answer = client.post(f"/api/v1/{path}/export", json={})
    assert answer.headers["content-disposition"] == f'attachment; filename="aisync-{noun}.json"'
    assert list(answer.json()) == [noun]
    table = client.post(f"/api/v1/{path}/export", json={"format": "csv"})
    assert table.content.decode("utf-8-sig").startswith("id,")
    assert [one[:2] for one in recorded] == [(noun, "json"), (noun, "csv")]
    assert client.post(f"/api/v1/{path}/export", json={"level": "info"}).status_code == 422


def test_an_export_goes_on_if_it_cannot_be_written_down(
    client: TestClient, engine: Engine, facade: FakeFacade, expect_log: ExpectLog
) -> None:
    facade.error = RuntimeError()
    with expect_log("WARNING", "not written down"):
        assert len(client.post("/api/v1/logs/export", json={}).json()["logs"]) == 2


def test_who_exported_by_himself_can_have_it_written_down(
    client: TestClient, recorded: list[tuple[object, ...]]
) -> None:
    made = {"kind": "audit", "format": "csv", "path": "/x.csv", "rows": 3}
    assert client.post("/api/v1/exports", json=made).status_code == 200
    assert client.post("/api/v1/exports", json=made | {"rows": -1}).status_code == 422
    assert client.post("/api/v1/exports", json=made | {"by": "user"}).status_code == 422  # nobody says who they are
    assert recorded == [("audit", "csv", "/x.csv", 3, "api")]


def test_nothing_is_read_in_the_engines_thread(
    client: TestClient, engine: Engine, facade: FakeFacade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine is not asked at all, and not the thread that serves either: it has other calls to answer."""
    threads = set[str]()
    reading = Reader._reading

    def noted(self: Reader) -> Any:
        threads.add(threading.current_thread().name)
        return reading(self)

    monkeypatch.setattr(Reader, "_reading", noted)
    facade.error = AssertionError("asked the engine")
    for path in ("config/snapshots", "config/snapshots/1", "logs", "clients", "items"):
        assert client.get(f"/api/v1/{path}").status_code == 200
    assert threads
    assert all("worker" in name.lower() for name in threads), threads


def test_a_decision_can_be_asked_for_with_its_sides(isolated_home: Any) -> None:
    clients = Clients.make(isolated_home)
    facade = RealFacade(World.real(os.environ), adopt=True)
    with closing(facade), TestClient(make_app(facade, lambda: TOKEN), base_url=BASE) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
        clients.replace("codex", 'command = "npx"', 'command = "deno"')
        (line,) = client.post("/api/v1/sync/trigger").json()["status"]["decisions"]
        found = client.get(f"/api/v1/decisions/{line['id']}").json()
        assert client.get("/api/v1/decisions/nonsense").status_code == 404
    assert [(side["take"], side["fields"]["command"]) for side in found["sides"]] == [
        ("claude-code", "bunx"),
        ("codex", "deno"),
    ]
    assert found["base"]["command"] == "npx"
    assert found["choices"] == ["claude-code", "codex", "base", "merged"]


def test_a_client_that_nobody_knows_is_preferred_by_none(client: TestClient, facade: FakeFacade) -> None:
    facade.world = World.real(os.environ)
    refused = client.get("/api/v1/sync/plan?prefer=zzz")
    assert (refused.status_code, refused.json()["problem"]["title"]["code"]) == (404, "connector.unknown-client")
    assert client.get("/api/v1/sync/plan?prefer=codex").status_code == 200

"""Figures over HTTP: as Prometheus reads them, as JSON, and of each client in the status."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.observe.exposition import MEDIA_TYPE
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.reports.metrics import ClientFigures, client_figures
from aisync_desktop.sync.store.reader import Reader
from tests.api.test_access import Make, clock, make, owner, real  # noqa: F401 - fixtures
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock
from tests.helpers.facade import FakeFacade
from tests.helpers.prometheus import parse


@pytest.fixture
def engine(facade: FakeFacade, isolated_home: Any) -> Iterator[Engine]:
    """An engine that has brought one edit everywhere; the facade reads what it wrote."""
    clients = Clients.make(isolated_home)
    facade.world = World.real(os.environ)
    facade.engine = open_engine(facade.world)
    facade.engine.adopt("user")
    clients.add("codex", "fresh")
    facade.engine.sync("watch")
    yield facade.engine
    facade.engine.close()


def test_prometheus_reads_what_there_is(client: TestClient, engine: Engine) -> None:
    answer = client.get("/metrics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)
    before = parse(answer.text)
    assert all(name.endswith("_total") == (found.sort == "counter") for name, found in before.items())
    assert all(found.about for found in before.values())
    codex = [one for one in before["aisync_client_edits_total"].samples if one.labels == {"client": "codex"}]
    assert [one.value for one in codex] == [2]  # what it had at the beginning, and the edit
    engine.maintain()
    after = parse(client.get("/metrics").text)
    for name, found in before.items():
        if name.startswith("aisync_"):
            assert after[name].samples == found.samples  # whatever has been added up meanwhile


def test_a_database_of_nothing_has_figures_of_nothing(client: TestClient) -> None:
    found = parse(client.get("/metrics").text)
    assert {one.value for one in found["aisync_syncs_total"].samples} == {0}
    assert "aisync_client_edits_total" not in found
    told = client.get("/api/v1/metrics").json()
    assert (told["syncs"]["success_rate"], told["clients"], told["periods"]) == (None, [], [])


def test_days_hold_what_their_hours_do(client: TestClient, engine: Engine) -> None:
    by_hour, by_day = (client.get("/api/v1/metrics", params={"hours": 48, "by": by}).json() for by in ("hour", "day"))
    (hour,), (day,) = by_hour["periods"], by_day["periods"]
    assert hour["start"][:13] == dt.datetime.now(dt.UTC).isoformat()[:13]
    assert day == {**hour, "start": f"{hour['start'][:11]}00:00:00Z"}
    assert by_hour["syncs"] == {name: hour[name] for name in by_hour["syncs"]}
    assert hour["latency"]["p50_ms"] <= hour["latency"]["p99_ms"]
    del engine


def test_the_status_tells_of_each_client(client: TestClient, engine: Engine, facade: FakeFacade) -> None:
    facade.status = engine.status()
    synced = client.get("/api/v1/sync/status").json()["synced"]
    assert synced["codex"]["edits"] == 2
    assert synced["qwen-code"]["last_ms"] > 0
    assert synced["qwen-code"]["name"] == "Qwen Code"


def test_what_the_status_tells_of_clients_is_looked_up_when_something_was_written(
    client: TestClient, engine: Engine, facade: FakeFacade, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[dt.datetime] = []

    def looked(reader: Reader, now: dt.datetime) -> dict[str, ClientFigures]:
        looks.append(now)
        return dict(client_figures(reader, now))

    monkeypatch.setattr("aisync_desktop.service.status.client_figures", looked)
    hand = HandClock()
    facade.status, facade.world = engine.status(), replace(facade.world, clock=hand)
    for _ in range(3):
        client.get("/api/v1/sync/status")
    assert len(looks) == 1
    engine.pause_for(5)
    client.get("/api/v1/sync/status")
    assert len(looks) == 2
    hand.sleep(60)
    client.get("/api/v1/sync/status")
    assert len(looks) == 3


def test_a_status_without_figures_is_a_status(
    client: TestClient, engine: Engine, facade: FakeFacade, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise DamagedDatabaseError(facade.world.database)

    facade.status = engine.status()
    monkeypatch.setattr("aisync_desktop.service.status.client_figures", damaged)
    told = client.get("/api/v1/sync/status").json()
    assert "synced" not in told
    assert told["health"] == "in-step"


@pytest.mark.parametrize("asked", [{"hours": 0}, {"hours": 2161}, {"by": "week"}, {"x": 1}])
def test_what_is_no_question_is_refused(client: TestClient, asked: dict[str, Any]) -> None:
    assert client.get("/api/v1/metrics", params=asked).status_code == 422


@pytest.mark.parametrize("path", ["/metrics", "/api/v1/metrics"])
def test_who_may_read_may_read_them_and_nobody_else(owner: TestClient, make: Make, path: str) -> None:  # noqa: F811 - the fixtures
    reads, others = make("mine", "read"), make("other", "write", "person", "ingest")
    assert owner.get(path, headers=reads).status_code == 200
    assert owner.get(path, headers=others).json()["code"] == "access.missing"
    assert owner.get(path, headers={"Authorization": "Bearer none"}).status_code == 401


def test_the_description_tells_of_every_answer(owner: TestClient) -> None:  # noqa: F811 - the fixture
    told = owner.get("/openapi.json").json()["paths"]["/metrics"]["get"]["responses"]
    assert set(told) == {"200", "304", "400", "401", "403", "409", "413", "414", "422", "429", "431"}
    assert list(told["200"]["content"]) == [MEDIA_TYPE]
    assert owner.get("/metrics?x=1").status_code == 422
    assert owner.head("/metrics").headers["content-type"] == MEDIA_TYPE

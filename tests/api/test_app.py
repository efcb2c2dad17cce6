from __future__ import annotations

import os

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.guard import MAX_BODY
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.deciding import Answer
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.model.status import Status
from aisync_desktop.sync.planning.planner import Plan
from tests.api.conftest import BASE
from tests.helpers.facade import STATUS, FakeEngine, FakeFacade


def test_health_needs_no_token(client: TestClient) -> None:
    del client.headers["Authorization"]
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_nobody_is_told_of_requests(client: TestClient, facade: FakeFacade, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []

    async def tell(*_: object, **scope: object) -> None:
        told.append(scope)

    monkeypatch.setattr("fastapi.telemetry._asgi._unconfigured", lambda _provider: False)  # as where one listens
    monkeypatch.setattr("fastapi.applications.NativeTelemetry.__call__", tell)

    assert client.get("/healthz").status_code == 200
    assert told == []


def test_the_status_is_the_one_status_value(client: TestClient) -> None:
    assert Status.model_validate(client.get("/api/v1/sync/status").json()) == STATUS


def test_the_status_is_told_as_a_command_prints_it(
    client: TestClient, facade: FakeFacade, isolated_home: object
) -> None:
    facade.world = World.real(os.environ)
    told = client.get("/api/v1/sync/status/told?language=en").json()

    assert Status.model_validate(told["status"]) == STATUS
    assert (told["lines"], told["exit_code"]) == (["Everything is in step"], 0)
    assert client.get(f"/api/v1/sync/status/told?language={'x' * 65}").status_code == 422


def test_before_the_first_look_the_api_waits_for_it(client: TestClient, facade: FakeFacade) -> None:
    facade.status = None
    facade.engine = Told()
    assert Status.model_validate(client.get("/api/v1/sync/status").json()) == STATUS
    assert client.get("/api/v1/decisions").json() == {"decisions": []}


@pytest.mark.parametrize("given", [None, "Bearer wrong", "Basic dDBrZW46", "Bearer", "Bearer tökén"])
def test_without_the_token_nothing_is_answered(client: TestClient, given: str | None) -> None:
    del client.headers["Authorization"]
    headers = {"Authorization": given.encode()} if given else {}
    answer = client.get("/api/v1/sync/status", headers=headers)  # type: ignore[arg-type]  # httpx takes bytes
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_route_but_health_and_the_one_that_gives_tokens_out_wants_one(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    del client.headers["Authorization"]
    assert client.get("/openapi.json").status_code == 401
    open_routes = [
        (method, path)
        for path, methods in paths.items()
        for method in methods
        if client.request(method.upper(), path, json={}).status_code != 401
    ]
    assert open_routes == [("get", "/healthz"), ("post", "/api/v1/auth/token")]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8377", "127.0.0.1.evil.example", ""])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example", 403), ("null", 403), (BASE, 200)])
def test_calls_from_other_sites_are_refused(client: TestClient, origin: str, status: int) -> None:
    assert client.get("/api/v1/sync/status", headers={"Origin": origin}).status_code == status


def test_a_second_origin_is_no_word_for_the_first(client: TestClient) -> None:
    mine = ("Origin", "http://127.0.0.1:8377")
    assert client.get("/healthz", headers=[mine]).status_code == 200
    assert client.get("/healthz", headers=[mine, ("Origin", "http://evil.example")]).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:1", "LocalHost:8377"])
def test_this_machine_is_called_by_its_names_through_whatever_port(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/v1/secrets/x", "DELETE, PUT"),
        ("DELETE", "/api/v1/settings", "GET, HEAD, PATCH"),
        ("POST", "/healthz", "GET, HEAD"),
    ],
)
def test_what_cannot_be_asked_for_so_says_how_it_can(client: TestClient, method: str, path: str, allowed: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_a_large_body_is_refused_unread(client: TestClient) -> None:
    answer = client.post("/api/v1/config/apply", content=b" " * (MAX_BODY + 1))
    assert answer.status_code == 413


def test_a_body_of_unknown_length_is_refused(client: TestClient) -> None:
    assert client.post("/api/v1/config/apply", content=iter([b"{}"])).status_code == 413


@pytest.mark.parametrize("body", [{"adopt": "perhaps"}, {"unknown": 1}, [], "x"])
def test_bad_input_is_a_problem_that_names_the_place(client: TestClient, body: object) -> None:
    answer = client.post("/api/v1/config/apply", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "body" in answer.json()["detail"]
    assert answer.json()["code"] == "request.refused"


@pytest.mark.parametrize(
    ("method", "path", "place"),
    [
        ("GET", "/sync/status?unknown=1", "query.unknown"),
        ("GET", "/sync/status/told?language=en&langauge=ko", "query.langauge"),
        ("GET", "/events?since=1", "query.since"),
        ("POST", "/sync/trigger?now=1", "query.now"),
        ("POST", "/config/apply?adopt=true", "query.adopt"),
        ("DELETE", "/projects?path=/p&keep=1", "query.keep"),
    ],
)
def test_words_in_a_query_that_nobody_knows_are_refused(
    method: str, path: str, place: str, client: TestClient, facade: FakeFacade
) -> None:
    facade.engine = Told()
    answer = client.request(method, f"/api/v1{path}")
    assert (answer.status_code, answer.json()["detail"]) == (422, f"Not understood: {place}")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/sync/trigger", "/sync/resume", "/config/leave", "/window/show"])
@pytest.mark.parametrize("body", [b'{"unknown": 1}', b"[1]", b'"x"', b"no JSON", b"\xff"])
def test_a_body_is_refused_where_none_is_taken(path: str, body: bytes, client: TestClient, facade: FakeFacade) -> None:
    facade.engine = Told()
    answer = client.post(f"/api/v1{path}", content=body)
    assert (answer.status_code, answer.json()["detail"], facade.shown) == (422, "Not understood: body", 0)


@pytest.mark.parametrize("body", [b"", b"{}", b" {} "])
def test_a_body_that_says_nothing_is_none(body: bytes, client: TestClient, facade: FakeFacade) -> None:
    facade.engine = Told()
    assert client.post("/api/v1/sync/trigger", content=body).status_code == 200


def test_a_problem_of_the_world_reaches_the_caller(client: TestClient, facade: FakeFacade) -> None:
    facade.error = WorldError(text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next"))
    answer = client.post("/api/v1/sync/trigger")
    assert answer.status_code == 409
    assert "gone" in answer.json()["detail"]
    assert answer.json()["code"] == "engine.vanished"


def test_an_engine_that_is_busy_for_too_long_is_a_problem_too(client: TestClient, facade: FakeFacade) -> None:
    facade.error = TimeoutError()
    answer = client.post("/api/v1/sync/trigger")
    assert (answer.status_code, answer.json()["code"]) == (504, "api.busy")


def test_the_window_can_be_called_up(client: TestClient, facade: FakeFacade) -> None:
    assert client.post("/api/v1/window/show").status_code == 200
    assert (facade.shown, facade.route) == (1, "")
    assert client.post("/api/v1/window/show", json={"route": "decisions/7"}).json() == {"shown": True}
    assert (facade.shown, facade.route) == (2, "decisions/7")


class Told(FakeEngine):
    """An engine that takes note of the answer that it gets."""

    def __init__(self) -> None:
        self.told: Answer | None = None

    def proposal(self, decision: str) -> None:
        """Know of nothing that an assistant asked for."""

    def settle(self, answer: Answer) -> Receipt:
        self.told = answer
        return Receipt("user", Plan())

    def sync(self, origin: str, *, patient: bool) -> Receipt:
        del patient
        return Receipt(origin, Plan())

    def status(self) -> Status:
        return STATUS

    def questions(self) -> tuple[()]:
        return ()


@pytest.mark.parametrize("more", [{}, {"alike": True}])
def test_one_answer_can_be_meant_for_all_of_a_kind(
    more: dict[str, bool], client: TestClient, facade: FakeFacade
) -> None:
    facade.engine = Told()
    answer = client.post("/api/v1/decisions/7", json={"take": "copy", **more})
    assert answer.status_code == 200
    assert facade.engine.told == Answer("7", "copy", alike=bool(more))


def test_an_answer_can_be_meant_for_some_of_a_projects_servers(client: TestClient, facade: FakeFacade) -> None:
    facade.engine = Told()
    answer = client.post("/api/v1/decisions/7", json={"take": "allow", "items": ["db", "web"]})
    assert answer.status_code == 200
    assert facade.engine.told == Answer("7", "allow", items=("db", "web"))


def test_fields_can_be_taken_from_several_sides(client: TestClient, facade: FakeFacade) -> None:
    facade.engine = Told()
    fields = {"args": "codex", "env.A": "base"}
    answer = client.post("/api/v1/decisions/7", json={"take": "merged", "fields": fields})
    assert answer.status_code == 200
    assert facade.engine.told == Answer("7", "merged", fields=fields)

"""Who may ask for what: the row of an operation decides, a token says what its holder may, and guesses have to wait."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.kernel.access import Access
from aisync_desktop.observe.logging import FILE_NAME, configure_logging, stop_logging
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.service.access.password import check_password
from aisync_desktop.service.client import ASSISTANT_HEADER, WAY_HEADER
from aisync_desktop.service.operations.listed import OPERATIONS
from aisync_desktop.service.operations.operation import Operation
from tests.api.conftest import BASE, TOKEN
from tests.helpers.clock import HandClock
from tests.helpers.facade import RealFacade

PASSWORD = "correct horse battery"  # noqa: S105 - of this test
LOGIN = "/api/v1/auth/token"
NEEDED = {Access.READ: "read", Access.WRITE: "write", Access.PERSON: "person"}
Make = Callable[..., dict[str, str]]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def real(isolated_home: object, clock: HandClock) -> Iterator[RealFacade]:
    made = RealFacade(replace(World.real(os.environ), clock=clock, disk=RealDisk(clock)))
    yield made
    made.close()


@pytest.fixture
def owner(real: RealFacade) -> Iterator[TestClient]:
    with TestClient(make_app(real, lambda: TOKEN), base_url=BASE, raise_server_exceptions=False) as made:
        made.headers["Authorization"] = f"Bearer {TOKEN}"
        yield made


@pytest.fixture
def make(owner: TestClient) -> Make:
    """Make a token of this name for this; return what shows it."""

    def made(name: str, *scopes: str, **more: Any) -> dict[str, str]:
        answer = owner.post("/api/v1/tokens", json={"name": name, "scopes": scopes or ["read"], **more})
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    return made


def trail(real: RealFacade) -> list[tuple[str, str, str]]:
    with closing(ProgramReader.of(real.world)) as reader:
        return [(one.actor, one.action, one.target) for one in reversed(reader.audit_trail())]


def call(operation: Operation, caller: TestClient, headers: dict[str, str]) -> Any:
    path = operation.path
    for name in operation.in_path:
        path = path.replace(f"{{{name}}}", "9" if name != "client" else "codex")
    return caller.request(operation.method, f"/api/v1{path}", headers=headers)


@pytest.mark.parametrize("scope", list(Access))
def test_a_token_may_what_the_rows_say_that_need_it_and_nothing_else(
    scope: Access, owner: TestClient, make: Make
) -> None:
    mine = make("mine", scope.value)
    for operation in OPERATIONS:
        if operation.name in {"leave", "keyring-open"}:
            continue
        if scope is Access.WRITE and getattr(operation.request, "for_a_person_now", False):
            continue  # what its body says is looked at first; what it is refused is tested below
        refused = call(operation, owner, mine)
        may = operation.access is scope or (operation.access is Access.PERSON and scope is Access.WRITE)
        told = refused.json().get("code") if refused.status_code == 403 else ""
        assert (told != "access.missing") is may, (operation.name, refused.text)
        if not may and refused.status_code == 403:
            needed = NEEDED[operation.access]
            assert refused.json()["problem"]["message"]["params"] == {"access": needed}
            assert f'error="insufficient_scope", scope="{needed}"' in refused.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/events"), *(("POST", f"/{noun}/export") for noun in ("logs", "config/snapshots", "audit"))],
)
def test_what_is_no_operation_reads_and_needs_to(method: str, path: str, owner: TestClient, make: Make) -> None:
    refused = owner.request(method, f"/api/v1{path}", headers=make("mine", "write", "person", "ingest"), json={})
    assert (refused.status_code, refused.json()["code"]) == (403, "access.missing")


def test_what_only_a_person_settles_waits_where_a_token_may_only_write(
    owner: TestClient, make: Make, real: RealFacade
) -> None:
    asked = owner.patch("/api/v1/settings", json={"name": "port", "value": 9000}, headers=make("ci", "write"))
    assert (asked.status_code, asked.json()["code"]) == (202, "proposal.made")
    (found,) = owner.get("/api/v1/decisions").json()["decisions"]
    assert "token/ci asks to set “port” to 9000" in found["summary"]["text"]
    done = owner.post(f"/api/v1/decisions/{found['id']}", json={"take": "allow"})
    assert done.status_code == 200
    assert owner.get("/api/v1/settings?name=port").json() == {"settings": {"port": 9000}}


@pytest.mark.parametrize("path", ["/tokens", "/tokens/ci/rotate", "/auth/tickets"])
def test_a_secret_is_for_a_person_who_asks_for_it_now(
    path: str, owner: TestClient, make: Make, real: RealFacade
) -> None:
    body = {"name": "more"} if path == "/tokens" else {}
    refused = owner.post(f"/api/v1{path}", json=body, headers=make("ci", "read", "write"))
    assert (refused.status_code, refused.json()["code"]) == (403, "access.missing")
    by_assistant = owner.post(f"/api/v1{path}", json=body, headers={ASSISTANT_HEADER: "codex"})
    assert (by_assistant.status_code, by_assistant.json()["code"]) == (403, "proposal.never")
    assert owner.get("/api/v1/decisions").json() == {"decisions": []}
    assert [one["name"] for one in owner.get("/api/v1/tokens").json()["tokens"]] == ["ci"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"scopes": ["read"], "minutes": 30}, 200),
        ({"scopes": ["person", "read"], "minutes": 59}, 200),
        ({"scopes": ["read", "write"], "minutes": 30}, 403),
        ({"scopes": ["ingest"], "minutes": 30}, 403),
        ({"scopes": ["read"], "minutes": 61}, 403),
        ({"scopes": ["read"], "minutes": None}, 403),
        ({"scopes": ["read"]}, 200),
    ],
)
def test_a_token_makes_none_that_may_more_or_lasts_longer(
    asked: dict[str, Any], status: int, owner: TestClient, make: Make
) -> None:
    mine = make("mine", "read", "person", minutes=60)
    assert owner.post("/api/v1/tokens", json={"name": "more", **asked}, headers=mine).status_code == status
    ends = [one["expires_at"] for one in owner.get("/api/v1/tokens").json()["tokens"]]
    assert ends == sorted(ends, reverse=True)


def test_a_token_sees_no_secret_of_one_that_may_more(owner: TestClient, make: Make) -> None:
    make("wide", "read", "write", "person")
    mine = make("mine", "person", "read")
    refused = owner.post("/api/v1/tokens/wide/rotate", headers=mine)
    assert (refused.status_code, refused.json()["code"]) == (403, "token.too-much")
    again = owner.post("/api/v1/tokens/mine/rotate", headers=mine)
    assert again.status_code == 200
    assert owner.get("/api/v1/tokens", headers=mine).status_code == 401
    mine["Authorization"] = f"Bearer {again.json()['token']}"
    assert owner.get("/api/v1/tokens", headers=mine).status_code == 200


def test_a_token_gets_the_secret_of_no_ticket(owner: TestClient, make: Make) -> None:
    """Who holds the ticket of another acts as them: with more access, and for longer than their own token lasts."""
    mine = make("mine", "person", minutes=60)
    assert owner.post("/api/v1/auth/tickets").status_code == 200
    ticket = next(one["name"] for one in owner.get("/api/v1/tokens").json()["tokens"] if one["name"] != "mine")
    refused = owner.post(f"/api/v1/tokens/{ticket}/rotate", headers=mine)
    assert (refused.status_code, refused.json().get("code")) == (403, "token.too-much")


def test_a_token_gets_the_secrets_of_none_but_itself_and_what_it_made(owner: TestClient, make: Make) -> None:
    """Else what it knows of would be good after it is revoked."""
    make("other", "person")
    mine = make("mine", "person", "read")
    for name in ("child", "grandchild"):
        child = owner.post("/api/v1/tokens", json={"name": name, "scopes": ["person"]}, headers=mine).json()["token"]
        mine = {"Authorization": f"Bearer {child}"} if name == "child" else mine
    refused = owner.post("/api/v1/tokens/other/rotate", headers=mine)
    assert (refused.status_code, refused.json()["code"]) == (403, "token.too-much")
    above = owner.post("/api/v1/tokens/mine/rotate", headers=mine)
    assert (above.status_code, above.json()["code"]) == (403, "token.too-much")
    assert owner.post("/api/v1/tokens/grandchild/rotate", headers=mine).status_code == 200


def test_one_that_is_revoked_is_unknown_from_the_next_call_on_with_what_it_made(owner: TestClient, make: Make) -> None:
    mine = make("mine", "person", "read")
    child = owner.post("/api/v1/tokens", json={"name": "child"}, headers=mine).json()["token"]
    theirs = {"Authorization": f"Bearer {child}"}
    assert owner.get("/api/v1/tokens", headers=theirs).status_code == 200
    assert owner.delete("/api/v1/tokens/mine").json() == {"revoked": ["mine", "child"]}
    for one in (mine, theirs):
        refused = owner.get("/api/v1/tokens", headers=one)
        assert (refused.status_code, refused.json()["code"]) == (401, "access.unknown")
        assert refused.headers["WWW-Authenticate"] == 'Bearer realm="AISync", error="invalid_token"'
    assert owner.delete("/api/v1/tokens/mine").status_code == 404


def test_one_whose_time_is_over_is_unknown(owner: TestClient, make: Make, clock: HandClock) -> None:
    mine = make("mine", minutes=1)
    assert owner.get("/api/v1/tokens", headers=mine).status_code == 200
    clock.sleep(61)
    assert owner.get("/api/v1/tokens", headers=mine).status_code == 401
    (told,) = owner.get("/api/v1/tokens").json()["tokens"]
    assert told["expired"] is True


def test_the_audit_trail_has_the_name_of_who_asked_whatever_that_says_of_itself(
    owner: TestClient, make: Make, real: RealFacade
) -> None:
    mine = make("ci", "write", "person")
    change = {"name": "port", "value": 9000}
    for headers in (
        mine,
        mine | {WAY_HEADER: "cli"},
        mine | {ASSISTANT_HEADER: "codex"},
        {WAY_HEADER: "cli"},
        {},
    ):
        owner.patch("/api/v1/settings", json=change, headers=headers)
    actors = [actor for actor, action, _ in trail(real) if action == "setting-changed"]
    assert actors == ["token/ci", "token/ci", "cli", "api"]
    with closing(real_reader(real)) as reader:
        proposed = [one.actor for one in reader.happened().entries if one.type == "proposed"]
    assert proposed == ["token/ci/codex"]


def real_reader(real: RealFacade) -> Any:
    from aisync_desktop.sync.store.reader import Reader  # of the feed of sync

    return Reader.of(real.world)


def test_a_secret_is_in_no_log_and_no_audit_trail(owner: TestClient, make: Make, real: RealFacade) -> None:
    configure_logging(real.world.places.log, "debug")
    try:
        mine = make("ci", "read")
        owner.post("/api/v1/sync/trigger", headers=mine)
        owner.get(f"/api/v1/logs?search={mine['Authorization'][7:]}", headers={"Authorization": "Bearer no"})
    finally:
        stop_logging()
    secret = mine["Authorization"].rpartition("_")[2]
    kept = "".join(path.read_text("latin-1") for path in real.world.places.state.iterdir() if path.is_file())
    assert secret not in kept
    assert secret not in (real.world.places.log / FILE_NAME).read_text()


def test_a_refusal_has_a_code_a_next_step_and_the_id_that_the_log_has(
    owner: TestClient, make: Make, real: RealFacade, clock: HandClock
) -> None:
    configure_logging(real.world.places.log)
    mine = make("ci", "read")
    try:
        refused = [owner.get("/api/v1/tokens", headers={"Authorization": "Bearer no"}) for _ in range(7)]
        refused += [owner.post("/api/v1/sync/trigger", headers=mine) for _ in range(40)]
        clock.sleep(10)
        refused += [owner.post("/api/v1/sync/trigger", headers=mine)]
    finally:
        stop_logging()
    assert [one.status_code for one in refused] == [401] * 5 + [429] * 2 + [403] * 41
    lines = (real.world.places.log / FILE_NAME).read_text().splitlines()
    logged = {line["id"]: line["event"] for line in map(json.loads, lines) if "id" in line}
    for one in refused:
        told = one.json()
        assert (told["status"], told["type"]) == (one.status_code, "about:blank")
        assert told["code"] in {"access.unknown", "access.slow", "access.missing"}
        assert told["next_step"] == told["problem"]["next_step"]["text"] != ""
        assert one.headers["content-type"] == "application/problem+json"
        assert told["id"] in logged
    assert logged[refused[-1].json()["id"]] == "refused access.missing to token/ci"
    assert refused[-1].json()["id"] != refused[-2].json()["id"]


def test_who_guesses_waits_and_who_has_a_token_never_does(owner: TestClient, make: Make, clock: HandClock) -> None:
    mine = make("mine")
    wrong = {"Authorization": "Bearer guess"}
    for _ in range(20):
        owner.get("/api/v1/tokens", headers=wrong)
        assert owner.get("/api/v1/tokens", headers=mine).status_code == 200
        assert owner.get("/api/v1/tokens").status_code == 200
    refused = owner.get("/api/v1/tokens", headers=wrong)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    clock.sleep(1)
    assert owner.get("/api/v1/tokens", headers=wrong).status_code == 401
    assert owner.get("/api/v1/tokens", headers=wrong).headers["Retry-After"] == "2"


def test_who_shows_no_token_has_not_guessed(owner: TestClient) -> None:
    del owner.headers["Authorization"]
    for _ in range(10):
        refused = owner.get("/api/v1/tokens")
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="AISync"')
    assert owner.get("/api/v1/tokens", headers={"Authorization": "Bearer guess"}).status_code == 401


@pytest.fixture
def with_password(owner: TestClient, memory_keyring: dict[tuple[str, str], str]) -> TestClient:
    assert owner.put("/api/v1/auth/password", json={"password": PASSWORD}).json() == {"password": True}
    return owner


def login(caller: TestClient, password: str = PASSWORD, **more: str) -> Any:
    form = {"grant_type": "password", "username": "me", "password": password, **more}
    return caller.post(LOGIN, data=form, headers={"Authorization": ""})


def test_the_password_gives_out_a_token_for_an_hour_and_for_what_was_asked_for(
    with_password: TestClient, clock: HandClock, real: RealFacade
) -> None:
    given = login(with_password, scope="write read")
    assert given.headers["Cache-Control"] == "no-store"
    told = given.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("bearer", 3_600, "read write")
    mine = {"Authorization": f"Bearer {told['access_token']}"}
    assert with_password.get("/api/v1/tokens", headers=mine).json()["tokens"][0]["login"] is True
    refused = with_password.post("/api/v1/tokens", json={"name": "x"}, headers=mine)
    assert refused.json()["code"] == "access.missing"
    clock.sleep(3_600)
    assert with_password.get("/api/v1/tokens", headers=mine).status_code == 401
    assert login(with_password).json()["scope"] == "read"
    assert len(with_password.get("/api/v1/tokens").json()["tokens"]) == 1  # the one that was over is gone
    assert ("api", "token-made") in [one[:2] for one in trail(real)]


def test_it_is_taken_as_json_too(with_password: TestClient) -> None:
    given = with_password.post(LOGIN, json={"grant_type": "password", "password": PASSWORD, "scope": "person"})
    assert given.json()["scope"] == "person"


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"grant_type=password", "application/x-www-form-urlencoded"),
        (b"grant_type=code&password=x", "application/x-www-form-urlencoded"),
        (b"grant_type=password&password=a&password=b", "application/x-www-form-urlencoded"),
        (b"grant_type=password&password=%ff", "application/x-www-form-urlencoded"),
        (b"grant_type=password&password=x&scope=all", "application/x-www-form-urlencoded"),
        (b"grant_type=password&password=x&client_secret=y", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"[]", "application/json"),
        (b"[" * 10_000, "application/json"),
        (b'{"grant_type": "password", "password": 1}', "application/json"),
        (b"<x/>", "text/xml"),
    ],
)
def test_what_is_no_such_request_is_not_understood(body: bytes, media: str, with_password: TestClient) -> None:
    refused = with_password.post(LOGIN, content=body, headers={"Content-Type": media})
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")


def test_a_password_in_the_address_is_refused_and_a_large_body_is_not_read(with_password: TestClient) -> None:
    asked = {"grant_type": "password", "password": PASSWORD}
    assert with_password.post(LOGIN, params=asked, data=asked).status_code == 422
    assert with_password.post(LOGIN, data=asked | {"username": "x" * 20_000}).status_code == 413


def test_wrong_passwords_are_refused_ever_later_and_then_the_right_one_waits_too(
    with_password: TestClient, clock: HandClock
) -> None:
    refused = [login(with_password, "guess") for _ in range(5)]
    assert {(one.status_code, one.json()["code"]) for one in refused} == {(401, "password.wrong")}
    late = login(with_password)
    assert (late.status_code, late.json()["code"], late.headers["Retry-After"]) == (429, "access.slow", "1")
    assert late.json()["id"] == refused[-1].json()["id"]
    clock.sleep(1)
    assert login(with_password).status_code == 200
    assert with_password.get("/api/v1/tokens").status_code == 200


def test_guessed_tokens_do_not_hold_up_who_has_the_password(with_password: TestClient) -> None:
    for _ in range(10):
        with_password.get("/api/v1/tokens", headers={"Authorization": "Bearer guess"})
    assert login(with_password).status_code == 200


def test_without_a_password_nothing_is_given_out_and_no_keyring_is_asked(owner: TestClient) -> None:
    for refused in [login(owner) for _ in range(10)]:
        assert (refused.status_code, refused.json()["code"]) == (409, "password.none")
        assert "aisync token password" in refused.json()["next_step"]


def test_a_keyring_that_does_not_answer_now_is_told_of(
    with_password: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", None)  # it would choose `fail`, which fails
    assert login(with_password).json()["code"] == "secrets.keyring-silent"


@pytest.mark.parametrize("change", ["set", "remove"])
def test_with_another_password_or_none_what_the_one_before_gave_out_is_over(
    change: str, with_password: TestClient, make: Make
) -> None:
    kept = make("kept")
    given = {"Authorization": f"Bearer {login(with_password, scope='read person').json()['access_token']}"}
    if change == "set":
        with_password.put("/api/v1/auth/password", json={"password": "another one"})
    else:
        assert with_password.delete("/api/v1/auth/password").json() == {"password": False}
    assert with_password.get("/api/v1/tokens", headers=given).status_code == 401
    assert with_password.get("/api/v1/tokens", headers=kept).status_code == 200
    assert login(with_password).status_code == (401 if change == "set" else 409)


@pytest.mark.parametrize(
    ("scopes", "minutes", "status"),
    [(list(Access), None, 200), (list(Access), 600, 403), (["person", "read", "write"], None, 403)],
)
def test_the_password_is_set_by_who_may_everything_for_ever(
    scopes: list[str], minutes: int | None, status: int, with_password: TestClient, make: Make
) -> None:
    mine = make("mine", *scopes, minutes=minutes)
    asked = with_password.put("/api/v1/auth/password", json={"password": "another one"}, headers=mine)
    assert asked.status_code == status
    assert login(with_password).status_code == (401 if status == 200 else 200)


def test_the_description_says_what_each_route_needs_and_may_answer(owner: TestClient) -> None:
    told = owner.get("/openapi.json").json()
    schemes = told["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["scheme"]) == ("http", "bearer")
    flow = schemes["password"]["flows"]["password"]
    assert (flow["tokenUrl"], list(flow["scopes"])) == (LOGIN, list(Access))
    for operation in OPERATIONS:
        route = told["paths"][f"/api/v1{operation.path}"][operation.method.lower()]
        assert route["security"] == [{"token": [operation.access]}, {"password": [operation.access]}]
        assert {"400", "401", "403", "409", "413", "414", "422", "429"} <= route["responses"].keys()
        waits = operation.access is Access.PERSON and not getattr(operation.request, "for_a_person_now", False)
        assert ("202" in route["responses"]) is waits
    assert told["paths"]["/api/v1/events"]["get"]["security"] == [{"token": ["read"]}, {"password": ["read"]}]
    assert told["paths"][LOGIN]["post"]["security"] == []
    refused = told["paths"]["/api/v1/tokens"]["get"]["responses"]["401"]
    assert list(refused["content"]) == ["application/problem+json"]
    assert "ProblemDetails" in told["components"]["schemas"]


@pytest.mark.parametrize(("method", "status"), [("PUT", 401), ("DELETE", 409)])
def test_who_gave_the_password_before_last_gets_no_token(
    method: str, status: int, with_password: TestClient, owner: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look at a password takes a while, and the user may set another one meanwhile: that ends what was given out."""

    def slowly(world: World, given: str) -> None:
        check_password(world, given)
        body = {"password": "another horse battery"} if method == "PUT" else None
        assert owner.request(method, "/api/v1/auth/password", json=body).status_code == 200

    monkeypatch.setattr("aisync_desktop.api.auth.check_password", slowly)
    asked = {"grant_type": "password", "password": PASSWORD}
    assert with_password.post(LOGIN, json=asked).status_code == status
    assert owner.get("/api/v1/tokens").json()["tokens"] == []

"""Web pages of others: none may call, but those that the user named by their exact origin."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.kernel.settings import SettingRefusedError, check
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.settings import program_in_force
from tests.api.conftest import BASE, TOKEN
from tests.helpers.facade import FakeFacade, RealFacade

_PAGE = "http://localhost:3000"
_STATUS = "/api/v1/sync/status"
_ASKS = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization"}


@pytest.fixture
def named(client: TestClient, facade: FakeFacade) -> TestClient:
    facade.world = replace(facade.world, environ={"AISYNC_API_ORIGINS": f"https://a.example, {_PAGE}"})
    with TestClient(make_app(facade, lambda: TOKEN), base_url=BASE) as made:
        made.headers["Authorization"] = f"Bearer {TOKEN}"
        return made


def test_a_page_that_is_named_may_call_and_read_the_answer(named: TestClient) -> None:
    answer = named.get(_STATUS, headers={"Origin": _PAGE})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == _PAGE
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


def test_it_needs_a_token_like_everybody_and_can_read_why_it_was_refused(named: TestClient) -> None:
    del named.headers["Authorization"]
    answer = named.get(_STATUS, headers={"Origin": _PAGE})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (401, _PAGE)


def test_a_browser_that_asks_first_is_told_what_may_be_sent(named: TestClient) -> None:
    del named.headers["Authorization"]
    answer = named.options("/api/v1/settings", headers={"Origin": _PAGE, **_ASKS})
    assert (answer.status_code, answer.content) == (204, b"")
    assert "PATCH" in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-private-network" not in answer.headers
    local = {"Access-Control-Request-Private-Network": "true"}
    again = named.options("/api/v1/settings", headers={"Origin": _PAGE, **_ASKS, **local})
    assert again.headers["access-control-allow-private-network"] == "true"
    assert named.options("/api/v1/settings", headers={"Origin": _PAGE}).status_code == 401


@pytest.mark.parametrize(
    "origin", ["http://localhost:3001", "https://localhost:3000", "http://evil.example", "null", "*"]
)
def test_every_other_page_is_refused_and_told_nothing(origin: str, named: TestClient) -> None:
    for answer in (
        named.get(_STATUS, headers={"Origin": origin}),
        named.options(_STATUS, headers={"Origin": origin, **_ASKS}),
    ):
        assert answer.status_code == 403
        assert not any(name.startswith("access-control") for name in answer.headers)


def test_a_foreign_host_is_refused_even_so(named: TestClient) -> None:
    answer = named.get(_STATUS, headers={"Origin": _PAGE, "Host": "evil.example:8377"})
    assert answer.status_code == 400


def test_any_page_can_call_and_costs_no_look_into_the_database(
    real: RealFacade, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[World] = []

    def look(world: World) -> ProgramSettings:
        looks.append(world)
        return program_in_force(world)

    monkeypatch.setattr("aisync_desktop.api.origins.program_in_force", look)
    with TestClient(make_app(real, lambda: TOKEN), base_url=BASE) as made:
        for _ in range(3):
            assert made.get(_STATUS, headers={"Origin": "http://evil.example"}).status_code == 403
    assert len(looks) == 1


def test_where_settings_cannot_be_read_no_page_may_call(client: TestClient, facade: FakeFacade) -> None:
    facade.world = replace(facade.world, environ={"AISYNC_API_ORIGINS": f"{_PAGE}, *"})
    with TestClient(make_app(facade, lambda: TOKEN), base_url=BASE) as made:
        assert made.get(_STATUS, headers={"Origin": _PAGE}).status_code == 403


@pytest.fixture
def real(isolated_home: object) -> Iterator[RealFacade]:
    made = RealFacade(World.real(os.environ))
    yield made
    made.close()


def test_what_is_taken_from_the_setting_is_refused_at_once(real: RealFacade) -> None:
    with TestClient(make_app(real, lambda: TOKEN), base_url=BASE) as made:
        made.headers["Authorization"] = f"Bearer {TOKEN}"
        for value, status in (("", 403), (_PAGE, 200), ("", 403)):
            assert made.patch("/api/v1/settings", json={"name": "api_origins", "value": value}).status_code == 200
            assert made.get(_STATUS, headers={"Origin": _PAGE}).status_code == status


@pytest.mark.parametrize(
    "value", ["*", "null", "localhost:3000", "http://a.example/", "http://a.example/x", "http://*.example", "http://A.example",
              "http://a.example http://b.example", "http://a@b.example", "http://a.example:x"],
)  # fmt: skip
def test_what_is_no_exact_origin_is_refused(value: str) -> None:
    with pytest.raises(SettingRefusedError):
        check(ProgramSettings, {"api_origins": value})


@pytest.mark.parametrize("value", ["", _PAGE, "https://a.example,http://[::1]:80 ,chrome-extension://abc"])
def test_exact_origins_are_taken(value: str) -> None:
    assert check(ProgramSettings, {"api_origins": value}).api_origins == value

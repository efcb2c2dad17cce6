"""The status page: open to whoever asks, as it holds nothing; let in by a ticket, good once and for a minute."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.service.facade import ask_engine
from aisync_desktop.service.operations.program import SettingChange
from aisync_desktop.service.operations.tickets import PAGE_LASTS
from tests.api.conftest import BASE, TOKEN
from tests.api.test_access import Make, clock, make, owner, real  # noqa: F401 - fixtures
from tests.helpers.clock import LeapingClock
from tests.helpers.facade import RealFacade
from tests.helpers.patience import PATIENCE

TICKETS, TICKET = "/api/v1/auth/tickets", "/api/v1/auth/ticket"
STATUS = "/api/v1/sync/status"


@pytest.fixture
def stranger(real: RealFacade) -> Iterator[TestClient]:  # noqa: F811 - the fixture
    with TestClient(make_app(real, lambda: TOKEN), base_url=BASE, raise_server_exceptions=False) as made:
        yield made


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_page_runs_nothing_but_itself(stranger: TestClient) -> None:
    answer = stranger.get("/")
    assert answer.status_code == 200
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    for tag, source in (("script", "script-src"), ("style", "style-src")):
        (part,) = re.findall(f"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        assert policy[source] == f"'sha256-{base64.b64encode(sha256(part.encode()).digest()).decode()}'"
    assert "on" not in {name[:2] for name in re.findall(r" (\w+)=", answer.text.split("<body>")[1].split("<script")[0])}


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("fr, ko;q=0.5", "ko"),
        ("en, ko", "en"),
        ("fr", "en"),
        ("", "en"),
        (";;,", "en"),
    ],
)
def test_the_page_speaks_the_language_of_the_browser(stranger: TestClient, wanted: str, language: str) -> None:
    page = stranger.get("/", headers={"Accept-Language": wanted}).text
    assert f'<html lang="{language}"' in page
    words = json.loads(page.split('id="words">')[1].split("</script>")[0])
    assert (words["places"]["sync"] == "Sync now") is (language == "en")


def test_settings_win_over_the_browser(stranger: TestClient, real: RealFacade) -> None:  # noqa: F811 - the fixture
    for name, value in (("language", "ko"), ("appearance", "dark")):
        ask_engine(real, real.world, SettingChange(name=name, value=value), "user").result(PATIENCE)
    assert ProgramSettings().language == "system"
    assert '<html lang="ko" data-scheme="dark">' in stranger.get("/", headers={"Accept-Language": "en"}).text


def test_texts_of_an_answer_are_in_the_language_that_is_wanted(owner: TestClient) -> None:  # noqa: F811
    said = {
        language: owner.get(STATUS, headers={"Accept-Language": language}).json()["headline"]
        for language in ("en", "ko", "fr")
    }
    assert said["en"] == said["fr"] != said["ko"]
    assert said["en"]["code"] == said["ko"]["code"]
    assert owner.get(STATUS, headers={"Accept-Language": "ko"}).headers["content-language"] == "ko"
    refused = owner.get("/api/v1/decisions/none", headers={"Accept-Language": "ko"}).json()
    assert not refused["problem"]["title"]["text"].isascii()


def test_a_ticket_opens_the_page_once(owner: TestClient, stranger: TestClient) -> None:  # noqa: F811
    ticket = owner.post(TICKETS).json()["ticket"]
    assert stranger.get(STATUS, headers=bearer(ticket)).status_code == 403  # it is good for nothing else
    given = stranger.post(TICKET, headers=bearer(ticket))
    assert given.status_code == 200
    assert given.headers["cache-control"] == "no-store"
    token = given.json()["access_token"]
    assert given.json()["scope"] == "read write person"
    assert stranger.get(STATUS, headers=bearer(token)).status_code == 200
    assert stranger.post(TICKET, headers=bearer(ticket)).status_code == 401
    assert stranger.post(TICKET, headers=bearer(token)).status_code == 401  # nor is the page's token a ticket


def test_a_ticket_is_good_for_a_minute_and_what_it_gives_for_half_a_day(
    owner: TestClient,  # noqa: F811
    stranger: TestClient,
    clock: LeapingClock,  # noqa: F811
) -> None:
    late, used = owner.post(TICKETS).json()["ticket"], owner.post(TICKETS).json()["ticket"]
    token = stranger.post(TICKET, headers=bearer(used)).json()["access_token"]
    clock.sleep(61)
    assert stranger.post(TICKET, headers=bearer(late)).status_code == 401
    assert stranger.get(STATUS, headers=bearer(token)).status_code == 200
    clock.sleep(PAGE_LASTS.total_seconds())
    assert stranger.get(STATUS, headers=bearer(token)).status_code == 401


def test_who_may_less_than_the_page_gets_no_ticket(owner: TestClient, make: Make) -> None:  # noqa: F811
    assert owner.post(TICKETS, headers=make("reader")).status_code == 403
    assert owner.post(TICKETS, headers=make("writer", "read", "write")).status_code in {202, 403}
    whole = make("brief", "read", "write", "person", minutes=5)
    assert owner.post(TICKETS, headers=whole).status_code == 403  # the page would last longer than that
    assert owner.post(TICKET).status_code == 401  # the owner's token is no ticket


def test_what_a_token_opened_is_closed_with_it(owner: TestClient, stranger: TestClient, make: Make) -> None:  # noqa: F811
    whole = make("whole", "read", "write", "person", minutes=None)
    ticket = owner.post(TICKETS, headers=whole).json()["ticket"]
    token = stranger.post(TICKET, headers=bearer(ticket)).json()["access_token"]
    owner.delete("/api/v1/tokens/whole")
    assert stranger.get(STATUS, headers=bearer(token)).status_code == 401

"""A client of the API over a facade without an engine, as every test of a route wants it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from tests.helpers.clock import LeapingClock
from tests.helpers.facade import FakeFacade

TOKEN = "t0ken"  # noqa: S105 - of this test's server
BASE = "http://127.0.0.1:8377"


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aisync_desktop.program.world.SystemClock", LeapingClock)


@pytest.fixture
def facade() -> FakeFacade:
    return FakeFacade()


@pytest.fixture
def client(facade: FakeFacade) -> Iterator[TestClient]:
    with TestClient(make_app(facade, lambda: TOKEN), base_url=BASE, raise_server_exceptions=False) as made:
        made.headers["Authorization"] = f"Bearer {TOKEN}"
        yield made

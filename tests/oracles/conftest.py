"""What the oracles run with: a sandbox and a real client, or the reason why there is none."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.program import answer
from tests.oracles.clients import CLIENTS, RealClient
from tests.oracles.sandbox import PROGRAMS, Sandbox, cannot, sandbox
from tests.oracles.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and nothing else: a real client runs only when it is asked for."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.oracle)


@pytest.fixture(params=CLIENTS, ids=lambda client: client.id)
def client(request: pytest.FixtureRequest, isolated_home: Path) -> RealClient:
    """Return each real client in turn."""
    found: RealClient = request.param
    reason = missing(found)
    if reason:
        pytest.skip(reason)
    return found


def missing(client: RealClient) -> str:
    """Return why a client cannot be tried; nothing if it can."""
    if not (PROGRAMS / ".bin" / client.program).exists():
        return f"{client.program} is not installed (make oracles tries to, and tells pytest where)"
    if client.id not in _described():
        return f"{client.id} is not described yet"
    return _cannot()


@functools.cache
def _described() -> frozenset[str]:
    return frozenset(client["id"] for client in answer("status")["clients"])


@functools.cache
def _cannot() -> str:
    return cannot()


@pytest.fixture
def box(isolated_home: Path) -> Iterator[Sandbox]:
    """Hold a sandbox for the test."""
    with sandbox(isolated_home) as held:
        yield held


@pytest.fixture
def world(client: RealClient, box: Sandbox) -> World:
    """Return a home in which AISync has not begun yet."""
    found = World(box, client)
    found.prepare()
    return found

"""What happens, as a script hears it from the running app: over a kill of the app, too."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.helpers.clients import Clients
from tests.helpers.event_stream import EventCaller, Heard
from tests.helpers.program import aisync, endpoint, running

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and flock as POSIX has them")


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    return Clients.make(isolated_home)


def call(where: str | None = None) -> EventCaller:
    return EventCaller(urlsplit(endpoint()["url"]).port or 0, aisync("token").stdout.strip(), where)


def synced(caller: EventCaller, server: str, clients: Clients) -> Heard:
    """Edit, and return the event of the sync."""
    clients.add("codex", server)
    while (heard := caller.event()).type != "synced":
        pass
    return heard


def trail() -> list[tuple[str, str]]:
    done = json.loads(aisync("export", "audit", "-o", "-").stdout)["audit"]
    return [(row["action"], json.dumps(row["detail"])) for row in reversed(done)]


def test_edits_and_requests_are_heard_once_over_a_kill_and_a_restart(clients: Clients) -> None:
    aisync("init", "--yes")
    with running("--headless", "--port", "0", killed=True), call() as caller:
        assert caller.status()["adopted"]
        first = synced(caller, "one", clients)
        assert first.data["detail"]["files"].keys() == {"claude-code", "qwen-code", "rovodev"}
        aisync("pause")
        assert caller.event().type == "paused"
        where = caller.where
        aisync("resume")
    with running("--headless", "--port", "0"):
        again = call(where)
        assert again.event().type == "resumed"
        second = synced(again, "two", clients)
        assert second.data["detail"]["sync"] > first.data["detail"]["sync"]
        rows = trail()
    again.until_end()  # the app has ended, as it should, with a caller that listened
    again.close()
    for heard in (first, second):
        assert rows.count(("synced", json.dumps(heard.data["detail"]))) == 1
    assert [action for action, _ in rows if action in {"adopted", "paused", "resumed"}] == [
        "adopted",
        "paused",
        "resumed",
    ]

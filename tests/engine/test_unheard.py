"""A question stays open while a file that it is about cannot be read: nothing spreads, and it can be answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from aisync_desktop.engine.facade import Engine
from aisync_desktop.engine.opening import open_engine
from aisync_desktop.engine.surroundings import Surroundings
from tests.engine.conftest import OpenEngine
from tests.helpers.clients import Clients

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


@dataclass(frozen=True)
class Case:
    """A question: how it comes about, in whose file, and what each answer makes of the files."""

    kind: str
    client: str
    provoke: Callable[[Engine, Clients], None]
    prepare: Callable[[Clients], None] = lambda _clients: None


def conflict(engine: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")


def new_conflict(engine: Engine, clients: Clients) -> None:
    clients.add("rovodev", "fresh", "bunx")
    clients.add("codex", "fresh", "deno")
    engine.sync("watch")


def rename(engine: Engine, clients: Clients) -> None:
    clients.replace("codex", "[mcp_servers.github]", "[mcp_servers.gh]")
    clients.replace("claude-code", '"github": {', '"hub": {')
    engine.sync("watch")


def mass_deletion(engine: Engine, clients: Clients) -> None:
    clients.paths["rovodev"].write_text('{"mcpServers": {}}')
    engine.sync("user", patient=False)


def leak(engine: Engine, clients: Clients) -> None:
    clients.replace("qwen-code", "${PLACE}", "plainword")
    engine.sync("watch")


def with_reference(clients: Clients) -> None:
    arguments = '"args": ["-y", "server-github"]'
    clients.replace("claude-code", arguments, '"args": ["-y", "${PLACE}"]')


def secret(engine: Engine, clients: Clients) -> None:
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    engine.sync("watch")


def wider(engine: Engine, clients: Clients) -> None:
    settings = clients.home / ".claude" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps({"permissions": {"allow": ["Bash(npm test:*)"]}}))
    engine.sync("watch")


def stale(engine: Engine, clients: Clients) -> None:
    memory = clients.bytes()["rovodev"]
    text = clients.paths["codex"].read_text()
    clients.paths["codex"].write_text(
        text.replace('[mcp_servers.github]\ncommand = "npx"\nargs = ["-y", "server-github"]\n', "")
    )
    engine.sync("user", patient=False)
    clients.paths["rovodev"].write_bytes(memory)
    engine.sync("watch")


def lost_text(engine: Engine, clients: Clients) -> None:
    path = clients.paths["qwen-code"]
    path.write_text(path.read_text().replace("\t// mine\n", ""))
    engine.sync("watch")


CASES = [
    Case("conflict", "claude-code", conflict),
    Case("conflict", "codex", conflict),
    Case("conflict", "rovodev", new_conflict),
    Case("rename", "claude-code", rename),
    Case("rename", "codex", rename),
    Case("mass-deletion", "rovodev", mass_deletion),
    Case("leak", "qwen-code", leak, with_reference),
    Case("secret", "codex", secret),
    Case("secret", "claude-code", secret),
    Case("wider", "qwen-code", wider),
    Case("stale", "rovodev", stale),
    Case("lost-text", "qwen-code", lost_text),
]


def take_away(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2] + b"\x00{[")


def make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS = [take_away, truncate, cut, make_a_folder]


def mend(path: Path, data: bytes) -> None:
    if path.is_dir():
        path.rmdir()
    path.write_bytes(data)


@pytest.fixture
def opening(world: Surroundings) -> Iterator[OpenEngine]:
    """Opens engines one after the other, as a user starts the program again."""
    opened: list[Engine] = []

    def start() -> Engine:
        for engine in opened:
            engine.close()
        opened[:] = [open_engine(world)]
        return opened[0]

    yield start
    for engine in opened:
        engine.close()


@pytest.fixture(params=CASES, ids=lambda case: f"{case.kind}-{case.client}")
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def lose(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    way: Callable[[Path], None] = request.param
    return way


def asked(engine: Engine) -> list[tuple[str, str]]:
    return [(line.kind, line.id) for line in engine.status().decisions]


def others(clients: Clients, client: str) -> dict[str, bytes]:
    return {of: path.read_bytes() for of, path in clients.paths.items() if of != client}


def provoked(case: Case, opening: OpenEngine, clients: Clients) -> Engine:
    case.prepare(clients)
    engine = opening()
    engine.adopt("user")
    case.provoke(engine, clients)
    assert {kind for kind, _ in asked(engine)} == {case.kind}
    return engine


@pytest.mark.parametrize("again", [False, True], ids=["running", "restarted"])
def test_nothing_follows_from_a_file_that_cannot_be_read(
    case: Case, lose: Callable[[Path], None], again: bool, opening: OpenEngine, clients: Clients
) -> None:
    engine = provoked(case, opening, clients)
    before, held, path = asked(engine), others(clients, case.client), clients.paths[case.client]
    whole = path.read_bytes()
    lose(path)
    engine.sync("watch")
    if again:
        engine = opening()
    engine.sync("user", patient=False)
    assert asked(engine) == before
    assert others(clients, case.client) == held
    notes = [line.note.english() for line in engine.status().decisions if line.note]
    assert notes or case.kind in {"secret", "wider"}  # where nothing was there yet, nothing is missed
    assert all("cannot be read" in note for note in notes)
    mend(path, whole)
    engine.sync("user", patient=False)
    assert asked(engine) == before
    assert others(clients, case.client) == held
    assert [line.note for line in engine.status().decisions if line.note] == []

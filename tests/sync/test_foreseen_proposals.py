"""What an assistant asked for is shown before it is allowed: the files that it writes, and what gets looser by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import JsonValue

from aisync_desktop.clients.items import USER
from aisync_desktop.kernel.access import Access
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.listed import OPERATIONS
from aisync_desktop.service.operations.operation import Operation
from aisync_desktop.service.operations.previews import DecisionPreviewRequest
from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.terms.agent_proposals import ASKED_IN_WORDS
from aisync_desktop.sync.terms.messages import MESSAGES
from tests.helpers.clients import Clients


def _put_right(engine: Engine, clients: Clients) -> None:
    clients.paths["rovodev"].write_text("{")
    engine.sync("watch")


def _undone(engine: Engine, clients: Clients) -> None:
    engine.undo()


def _off(engine: Engine, clients: Clients) -> None:
    engine.switch(USER, "codex", on=False)
    clients.add("claude-code", "later")
    engine.sync("watch")


def _nothing(engine: Engine, clients: Clients) -> None: ...


_FORESEEN: list[tuple[str, dict[str, JsonValue], Callable[[Engine, Clients], None]]] = [
    ("undo", {}, _nothing),
    ("redo", {}, _undone),
    ("rollback", {"snapshot": 1}, _nothing),
    ("rollback", {"snapshot": 1, "client": "codex"}, _nothing),
    ("restore-file", {"path": "{rovodev}"}, _put_right),
    ("pin", {"item": "mcp/fresh", "clients": ["codex"]}, _nothing),
    ("switch", {"what": "codex", "on": True}, _off),
    ("switch-client", {"client": "codex", "enabled": True}, _off),
    ("apply", {"snapshot": 1}, _nothing),
    ("apply", {"snapshot": 1, "clients": ["codex", "qwen-code"]}, _nothing),
    ("apply", {"adopt": True}, _nothing),
    ("repair", {}, _nothing),
    ("project-add", {"path": "{repo}"}, _nothing),
]


@pytest.mark.parametrize(("operation", "request_", "prepare"), _FORESEEN)
def test_what_an_assistant_asked_for_shows_the_files_that_are_written_once_it_is_allowed(
    operation: str,
    request_: dict[str, JsonValue],
    prepare: Callable[[Engine, Clients], None],
    engine: Engine,
    clients: Clients,
    world: World,
) -> None:
    repo = clients.home / "repo"
    repo.mkdir()
    (repo / ".mcp.json").write_text('{"mcpServers": {}}')
    (repo / "AGENTS.md").write_text("Be brief.")
    engine.adopt("user")
    clients.add("codex", "fresh")
    engine.sync("watch")
    prepare(engine, clients)
    places = {"{rovodev}": str(clients.paths["rovodev"]), "{repo}": str(repo)}
    wanted = {name: places.get(value, value) if isinstance(value, str) else value for name, value in request_.items()}
    proposal = engine.propose_for(operation, wanted, "claude-code")
    before = clients.bytes()
    told = DecisionPreviewRequest(decision=proposal.id, take="allow").run(engine, world)
    assert clients.bytes() == before
    done = DecideRequest(decision=proposal.id, take="allow").run(engine, world)
    assert {one.path for one in told.files} == set(done.written)
    assert told.settles == (proposal.id,)


def test_what_gets_looser_by_it_is_told(engine: Engine, clients: Clients, world: World) -> None:
    settings = clients.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{"permissions": {}}')
    engine.adopt("user")
    settings.write_text('{"permissions": {"deny": ["Bash(rm:*)"]}}')
    engine.sync("watch")
    proposal = engine.propose_for("undo", {}, "codex")
    told = DecisionPreviewRequest(decision=proposal.id, take="allow").run(engine, world)
    assert {one.item for one in told.loosens} == {"permissions/shell: rm"}


def _is_never_kept(operation: Operation) -> bool:
    """Whether it does not wait for a person, as it holds a secret, or answers with one."""
    secrets = [one for one in operation.request.model_fields.values() if not one.repr and one.is_required()]
    return bool(secrets) or getattr(operation.request, "for_a_person_now", False)


def test_each_operation_that_waits_for_a_person_is_asked_for_in_words() -> None:
    persons = [one for one in OPERATIONS if one.access is Access.PERSON and not _is_never_kept(one)]
    assert {words.partition(".")[0] for words in ASKED_IN_WORDS} == {one.name for one in persons}
    codes = {code.removeprefix("decision.proposal.") for code in MESSAGES if code.startswith("decision.proposal.")}
    assert codes - {"note"} == ASKED_IN_WORDS


@pytest.mark.parametrize(
    ("operation", "request_", "said"),
    [
        (
            "pin",
            {"item": "mcp/db", "clients": ["codex", "none"]},
            "Codex CLI asks to have “db” in Codex CLI, none only",
        ),
        ("pin", {"item": "mcp/db"}, "Codex CLI asks to have “db” everywhere again"),
        ("switch", {"what": "codex", "on": False}, "Codex CLI asks to leave “Codex CLI” alone"),
        ("switch-client", {"client": "codex", "enabled": True}, "Codex CLI asks to keep “Codex CLI” in step"),
        (
            "switch-client",
            {"client": "codex", "priority": 2},
            "Codex CLI asks to give “Codex CLI” place 2 among the clients that win where they differ",
        ),
        ("apply", {"adopt": True}, "Codex CLI asks to begin keeping everything in step"),
        ("apply", {"snapshot": 3, "clients": ["codex"]}, "Codex CLI asks to go back to change 3"),
        ("setting-set", {"name": "port", "value": 8}, "Codex CLI asks to set “port” to 8"),
        ("made-up", {}, "Codex CLI asks for “made-up”: do it?"),
    ],
)
def test_client_and_operation_are_told_by_words(
    operation: str, request_: dict[str, JsonValue], said: str, engine: Engine
) -> None:
    engine.adopt("user")
    made = engine.propose_for(operation, request_, "codex")
    (line,) = engine.status().decisions
    assert (line.id, line.summary.english()) == (made.id, said)
    assert engine.question(made.id).sides[0].name == "Codex CLI"

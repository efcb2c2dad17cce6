"""An undo, a redo and a rollback name their change and show each file before they are done, and do just that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from aisync_desktop.clients.items import USER
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.going_back import (
    RedoPreviewRequest,
    RedoRequest,
    RollbackPreviewRequest,
    RollbackRequest,
    UndoPreviewRequest,
    UndoRequest,
)
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.going_back import Way
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.undo_choice import (
    ChangedSinceError,
    NothingToRedoError,
    NothingToUndoError,
    TakesBackDenialError,
)
from aisync_desktop.sync.reports.steps import StepPreview
from tests.helpers.clients import Clients
from tests.sync.question_cases import CANARY, CASES, Case


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    return engine


def undone(engine: Engine, world: World) -> StepPreview:
    return UndoPreviewRequest().run(engine, world)


def holds_to(way: Way, act: Callable[[], Receipt]) -> None:
    """Do what was shown, and see that each file is as it was shown, and no other is another one."""
    files = [file.path for state in way.survey.endpoints for file in state.files.values()]
    before = contents(files)
    written = contents([*files, *(replaced.path for replaced in act().written)])
    changed = {path: data for path, data in written.items() if data != before.get(path)}
    assert changed == {target.path: target.data for target in way.whole.targets}


def contents(paths: Iterable[Path]) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.exists() else None for path in paths}


def test_an_undo_names_its_change_and_shows_each_file(adopted: Engine, clients: Clients, world: World) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    before = clients.bytes()
    told = undone(adopted, world)
    assert (told.event, told.by, told.scope) == ("undo", ("codex",), "user")
    assert [(one.item, one.change) for one in told.items] == [("mcp/fresh", "added")]
    assert (told.to, told.at is not None) == (told.snapshot - 1, True)
    assert {one.path for one in told.files} == {str(path) for path in clients.paths.values()}
    claude = next(one for one in told.files if one.client == "claude-code")
    assert [(one.item, one.change) for one in claude.changes] == [("mcp/fresh", "removed")]
    assert {line.sign for line in claude.lines} >= {"-"}
    assert (clients.bytes(), told.loosens) == (before, ())


def test_what_is_shown_is_what_undo_and_redo_write(adopted: Engine, clients: Clients, world: World) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    status = adopted.status()
    way = adopted.going_back.way_back()
    assert adopted.status().model_copy(update={"sequence": 0}) == status.model_copy(update={"sequence": 0})
    holds_to(way, adopted.undo)
    told = RedoPreviewRequest().run(adopted, world)
    assert [(one.item, one.change) for one in told.items] == [("mcp/fresh", "added")]
    holds_to(adopted.going_back.way_forth(), adopted.redo)
    assert "fresh" in clients.servers("rovodev")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.client}")
def test_the_undo_of_an_answer_is_shown_as_it_is_done(case: Case, engine: Engine, clients: Clients) -> None:
    case.prepare(clients)
    engine.adopt("user")
    case.provoke(engine, clients)
    question = next(one for one in engine.status().decisions if one.kind == case.kind)
    if not engine.decide(question.id, case.takes[0]).written:
        return
    holds_to(engine.going_back.way_back(), lambda: engine.undo(loosening=True))


def test_a_file_too_large_to_be_kept_is_shown_as_it_will_be(engine: Engine, clients: Clients) -> None:
    big = json.dumps({"n": ["x" * 100] * 12_000, "mcpServers": {"github": {"command": "npx"}}}, indent=1)
    clients.paths["claude-code"].write_text(big)
    engine.adopt("user")
    big = clients.paths["claude-code"].read_text()
    clients.add("codex", "fresh")
    engine.sync("watch")
    way = engine.going_back.way_back()
    assert clients.paths["claude-code"] in {target.path for target in way.whole.targets}
    holds_to(way, engine.undo)
    assert clients.paths["claude-code"].read_text() == big


def test_a_client_that_is_put_back_alone_takes_the_others_along_and_that_is_shown(
    adopted: Engine, clients: Clients, world: World
) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    request = RollbackPreviewRequest(snapshot=1, client="codex")
    assert {one.client for one in request.run(adopted, world).files} == {*clients.paths}
    holds_to(adopted.going_back.way_to(1, "codex"), lambda: adopted.rollback(1, "codex"))
    assert all("fresh" not in clients.servers(client) for client in clients.paths)


def test_files_of_a_folder_come_and_go_as_shown(engine: Engine, clients: Clients, tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    rules = repo / ".claude" / "rules"
    rules.mkdir(parents=True)
    (repo / "AGENTS.md").write_text("Be kind.\n")
    (repo / ".cursor" / "rules").mkdir(parents=True)
    (clients.home / ".cursor").mkdir()
    engine.adopt("user")
    engine.add_project(str(repo))
    (rules / "style.md").write_text("---\npaths: ['*.py']\n---\nUse types.\n")
    engine.sync("user", patient=False)
    holds_to(engine.going_back.way_back(), engine.undo)
    (repo / ".cursor" / "rules" / "style.mdc").unlink()
    (rules / "style.md").unlink()
    engine.sync("user", patient=False)
    holds_to(engine.going_back.way_back(), engine.undo)


def test_a_secret_is_not_shown(adopted: Engine, clients: Clients, world: World) -> None:
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    adopted.sync("watch")
    adopted.decide(adopted.status().decisions[0].id, "copy")
    told = undone(adopted, world)
    assert told.files
    assert CANARY not in told.model_dump_json()


def test_a_step_is_shown_while_nothing_is_written(adopted: Engine, clients: Clients, world: World) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    shown = undone(adopted, world)
    adopted.pause_for()
    assert undone(adopted, world) == shown


def test_what_cannot_be_undone_cannot_be_previewed(adopted: Engine, clients: Clients, world: World) -> None:
    with pytest.raises(NothingToUndoError):
        undone(adopted, world)
    with pytest.raises(NothingToRedoError):
        RedoPreviewRequest().run(adopted, world)
    clients.add("codex", "fresh")
    adopted.sync("watch")
    with pytest.raises(ChangedSinceError):
        UndoPreviewRequest(only=1).run(adopted, world)


@pytest.fixture
def denying(adopted: Engine, clients: Clients) -> Engine:
    """An engine whose last change is that a command is refused everywhere."""
    settings = clients.home / ".claude" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps({"permissions": {"deny": ["Bash(git push:*)"]}}))
    adopted.sync("user")
    return adopted


def test_what_would_be_allowed_again_is_named(denying: Engine, world: World) -> None:
    told = undone(denying, world)
    assert told.takes_back_a_denial
    assert {(one.item, one.before, one.after) for one in told.loosens} == {("permissions/shell: git push", "deny", "")}
    assert {"Claude Code", "Codex CLI"} <= {one.name for one in told.loosens}


def test_an_undo_that_takes_back_a_denial_needs_a_word(denying: Engine, clients: Clients, world: World) -> None:
    settings = clients.home / ".claude" / "settings.json"
    with pytest.raises(TakesBackDenialError):
        UndoRequest().run(denying, world)
    assert "git push" in settings.read_text()
    UndoRequest(allow_loosening=True).run(denying, world)
    assert not settings.exists() or "git push" not in settings.read_text()


def test_a_redo_and_a_rollback_that_take_back_a_denial_need_a_word_too(
    adopted: Engine, clients: Clients, world: World
) -> None:
    for client in ("codex", "qwen-code", "rovodev"):  # what one allows again would be asked about at these
        adopted.switch(USER, client, on=False)
    settings = clients.home / ".claude" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps({"permissions": {"deny": ["Bash(git push:*)"]}}))
    adopted.sync("user")
    number = adopted._store.latest("user")
    settings.write_text('{"permissions": {"deny": []}}')
    adopted.sync("user", patient=False)
    UndoRequest().run(adopted, world)  # the denial comes back: nothing to ask
    assert "git push" in settings.read_text()
    assert RedoPreviewRequest().run(adopted, world).takes_back_a_denial
    with pytest.raises(TakesBackDenialError):
        RedoRequest().run(adopted, world)
    with pytest.raises(TakesBackDenialError):
        RollbackRequest(snapshot=number - 1).run(adopted, world)
    RedoRequest(allow_loosening=True).run(adopted, world)
    assert "git push" not in settings.read_text()
    RollbackRequest(snapshot=number).run(adopted, world)
    assert "git push" in settings.read_text()


def test_tools_that_open_again_are_named(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    clients.replace("codex", 'command = "uvx"', 'command = "uvx"\ndisabled_tools = ["rm"]')
    engine.sync("user")
    told = undone(engine, world)
    assert {one.tools for one in told.loosens} == {("rm",)}
    with pytest.raises(TakesBackDenialError):
        engine.undo()

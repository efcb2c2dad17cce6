"""Going back: to a snapshot, before the last change, to first sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.undo_choice import ChangedSinceError, NothingToRedoError, NothingToUndoError
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.history import history
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.errors import NoSuchSnapshotError, NotWritingError
from tests.helpers.clients import Clients

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    return engine


@pytest.fixture
def reader(world: World) -> Reader:
    return Reader(world.database, world.keys())


def latest(reader: Reader) -> int:
    return reader.snapshots(limit=1)[0].id


def test_undo_puts_every_file_back_to_the_byte(adopted: Engine, clients: Clients) -> None:
    before = clients.bytes()
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    adopted.sync("watch")
    assert clients.commands()["codex"]["github"] == "bunx"
    adopted.undo()
    assert clients.bytes() == before
    assert adopted.status().health is Health.IN_STEP
    assert adopted.sync("watch").written == ()


def test_each_undo_goes_further_back(adopted: Engine, clients: Clients, reader: Reader) -> None:
    states = [clients.bytes()]
    for name in ("one", "two", "three"):
        clients.add("codex", name)
        adopted.sync("watch")
        states.append(clients.bytes())
    for state in reversed(states[:-1]):
        adopted.undo()
        assert clients.bytes() == state
    with pytest.raises(NothingToUndoError):
        adopted.undo()


def test_an_undo_can_be_taken_back(adopted: Engine, clients: Clients, reader: Reader) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    after, number = clients.bytes(), latest(reader)
    adopted.undo()
    adopted.rollback(number)
    assert clients.bytes() == after


def test_a_change_after_an_undo_is_what_the_next_undo_takes_back(adopted: Engine, clients: Clients) -> None:
    clients.add("codex", "one")
    adopted.sync("watch")
    adopted.undo()
    before = clients.bytes()
    clients.add("codex", "two")
    adopted.sync("watch")
    adopted.undo()
    assert clients.bytes() == before


def test_a_rollback_brings_deleted_items_back(adopted: Engine, clients: Clients, reader: Reader) -> None:
    before, number = clients.bytes(), latest(reader)
    clients.paths["rovodev"].write_text('{"mcpServers": {}}')
    adopted.sync("watch")
    adopted.decide(adopted.status().decisions[0].id, "rovodev")
    assert clients.servers("claude-code") == {}
    adopted.rollback(number)
    assert clients.bytes() == before
    assert adopted.status().health is Health.IN_STEP


def test_what_a_client_keeps_for_itself_is_not_rolled_back(adopted: Engine, clients: Clients, reader: Reader) -> None:
    number = latest(reader)
    clients.add("codex", "fresh")
    adopted.sync("watch")
    clients.replace("claude-code", '"numStartups": 12', '"numStartups": 13')
    adopted.rollback(number)
    assert "fresh" not in clients.servers("claude-code")
    assert b'"numStartups": 13' in clients.bytes()["claude-code"]


def test_comments_that_a_client_dropped_come_back(adopted: Engine, clients: Clients, reader: Reader) -> None:
    before, number = clients.bytes(), latest(reader)
    clients.replace("qwen-code", "\t// mine\r\n", "")
    clients.add("codex", "fresh")
    adopted.sync("watch")
    adopted.rollback(number)
    assert clients.bytes() == before


def test_one_client_can_be_put_back_and_the_others_follow(adopted: Engine, clients: Clients, reader: Reader) -> None:
    before, number = clients.bytes(), latest(reader)
    clients.add("codex", "one")
    clients.add("codex", "two")
    clients.add("codex", "three")
    adopted.sync("watch")
    adopted.rollback(number, "rovodev")
    assert clients.bytes() == before
    assert adopted.status().health is Health.IN_STEP


def test_a_secret_is_put_back_with_its_file(adopted: Engine, clients: Clients, reader: Reader) -> None:
    clients.replace("claude-code", '"command": "npx"', f'"env": {{"TOKEN": "{CANARY}"}}, "command": "npx"')
    adopted.sync("watch")
    number, held = latest(reader), clients.bytes()["claude-code"]
    clients.replace("claude-code", f'"env": {{"TOKEN": "{CANARY}"}}, ', "")
    adopted.sync("user", patient=False)
    adopted.rollback(number)
    assert clients.bytes()["claude-code"] == held
    assert [client for client, data in clients.bytes().items() if CANARY.encode() in data] == ["claude-code"]


def test_leaving_puts_back_the_bytes_of_first_sight(engine: Engine, clients: Clients) -> None:
    before = clients.bytes()
    engine.adopt("user")
    clients.add("codex", "fresh")
    engine.sync("watch")
    engine.leave()
    assert clients.bytes() == before
    assert engine.status().health is Health.NEW
    assert engine.sync("watch").written == ()
    with pytest.raises(NotWritingError):
        engine.undo()


def test_leaving_takes_away_the_files_that_we_made(engine: Engine, clients: Clients) -> None:
    clients.paths["rovodev"].unlink()
    engine.adopt("user")
    assert clients.paths["rovodev"].exists()
    engine.leave()
    assert not clients.paths["rovodev"].exists()


def test_one_can_begin_again_after_leaving(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    after = clients.bytes()
    engine.leave()
    engine.adopt("user")
    assert clients.bytes() == after


def test_going_back_leaves_a_file_that_cannot_be_read_alone(adopted: Engine, clients: Clients, reader: Reader) -> None:
    number = latest(reader)
    clients.add("codex", "fresh")
    adopted.sync("watch")
    clients.paths["qwen-code"].write_bytes(b"{")
    adopted.rollback(number)
    assert clients.bytes()["qwen-code"] == b"{"
    assert "fresh" not in clients.servers("claude-code")


@pytest.mark.parametrize("number", [0, 999])
def test_an_unknown_snapshot_is_refused(adopted: Engine, number: int) -> None:
    with pytest.raises(NoSuchSnapshotError):
        adopted.rollback(number)


def test_rules_of_a_project_are_undone_file_by_file(engine: Engine, clients: Clients, tmp_path: Path) -> None:
    repo = tmp_path / "home" / "repo"
    (repo / ".claude" / "rules").mkdir(parents=True)
    (repo / ".git").mkdir()
    engine.adopt("user")
    engine.add_project(str(repo))
    rule = repo / ".claude" / "rules" / "ts.md"
    rule.write_text("---\npaths: ['**/*.ts']\n# why\n---\nNo any.\n")
    engine.sync("watch")
    copy = repo / ".qwen" / "rules" / "ts.md"
    held, kept = copy.read_bytes(), rule.read_bytes()
    rule.unlink()
    engine.sync("user", patient=False)
    assert not copy.exists()
    engine.undo()
    assert (rule.read_bytes(), copy.read_bytes()) == (kept, held)


def test_a_text_that_is_imported_is_put_back_once(engine: Engine, clients: Clients, tmp_path: Path) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    (root / "AGENTS.md").write_text("Use tabs.\n")
    engine.adopt("user")
    engine.add_project(str(root))
    engine.sync("watch")
    (root / "AGENTS.md").write_text("Use spaces.\n")
    engine.sync("watch")
    engine.undo()
    assert (root / "AGENTS.md").read_text() == "Use tabs.\n"
    assert (root / "CLAUDE.md").read_text() == "@AGENTS.md\n"
    assert engine.status().health is Health.IN_STEP


def test_history_says_which_snapshot_an_undo_brought_back(adopted: Engine, clients: Clients, reader: Reader) -> None:
    before = latest(reader)
    clients.add("codex", "fresh")
    adopted.sync("watch")
    adopted.undo()
    assert [line.restored for line in history(reader, 3)] == [before, None, None]


def test_a_note_takes_back_only_the_change_that_it_told_of(adopted: Engine, clients: Clients, reader: Reader) -> None:
    clients.add("codex", "one")
    adopted.sync("watch")
    told = latest(reader)
    clients.add("codex", "two")
    adopted.sync("watch")
    before = clients.bytes()
    with pytest.raises(ChangedSinceError):
        adopted.undo(told)
    assert clients.bytes() == before
    adopted.undo(latest(reader))
    assert "two" not in clients.servers("rovodev")


@pytest.mark.parametrize("take", ["claude-code", "codex"])
def test_an_undo_of_an_answer_goes_back_to_before_the_question(adopted: Engine, clients: Clients, take: str) -> None:
    before = clients.bytes()
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    adopted.sync("watch")
    adopted.decide(adopted.status().decisions[0].id, take)
    adopted.undo()
    assert clients.bytes() == before
    assert adopted.status().health is Health.IN_STEP


def test_an_undo_of_a_copied_secret_takes_it_out_again_and_nothing_else(adopted: Engine, clients: Clients) -> None:
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}},'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry}')
    adopted.sync("watch")
    clients.add("qwen-code", "later", "real")
    adopted.sync("watch")
    (asked,) = adopted.status().decisions
    adopted.decide(asked.id, "copy")
    assert CANARY.encode() in clients.bytes()["codex"]
    adopted.undo()
    assert CANARY.encode() not in clients.bytes()["codex"]
    assert "later" in clients.servers("codex")
    adopted.sync("watch")
    assert CANARY.encode() not in clients.bytes()["codex"]


def test_what_was_undone_is_done_again_step_by_step(adopted: Engine, clients: Clients) -> None:
    states = [clients.bytes()]
    for name in ("one", "two", "three"):
        clients.add("codex", name)
        adopted.sync("watch")
        states.append(clients.bytes())
    for _ in range(3):
        adopted.undo()
    for state in states[1:]:
        adopted.redo()
        assert clients.bytes() == state
    with pytest.raises(NothingToRedoError):
        adopted.redo()
    adopted.undo()
    assert clients.bytes() == states[2]
    adopted.redo()
    assert clients.bytes() == states[3]


def test_an_undo_here_and_there_is_done_again_in_its_turn(adopted: Engine, clients: Clients) -> None:
    clients.add("codex", "one")
    adopted.sync("watch")
    one = clients.bytes()
    clients.add("codex", "two")
    adopted.sync("watch")
    two = clients.bytes()
    adopted.undo()
    adopted.undo()
    adopted.redo()
    assert clients.bytes() == one
    adopted.undo()
    adopted.redo()
    adopted.redo()
    assert clients.bytes() == two


@pytest.mark.parametrize("back", [False, True])
def test_after_another_change_nothing_is_done_again(
    back: bool, adopted: Engine, clients: Clients, reader: Reader
) -> None:
    first = latest(reader)
    for name in ("one", "two", "three"):
        clients.add("codex", name)
        adopted.sync("watch")
    adopted.undo()
    if back:
        adopted.rollback(first)
    else:
        clients.add("codex", "four")
        adopted.sync("watch")
    before = clients.bytes()
    with pytest.raises(NothingToRedoError):
        adopted.redo()
    assert clients.bytes() == before


def test_after_a_change_of_a_project_nothing_is_done_again_elsewhere(
    adopted: Engine, clients: Clients, tmp_path: Path
) -> None:
    repo = tmp_path / "home" / "repo"
    repo.mkdir(parents=True)
    for name in ("CLAUDE.md", "AGENTS.md"):
        (repo / name).write_text("Be brief.\n")
    adopted.add_project(str(repo))
    clients.add("codex", "one")
    adopted.sync("watch")
    adopted.undo()
    (repo / "CLAUDE.md").write_text("Be long.\n")
    adopted.sync("watch")
    with pytest.raises(NothingToRedoError):
        adopted.redo()
    adopted.undo()
    assert (repo / "AGENTS.md").read_text() == "Be brief.\n"
    adopted.redo()
    assert (repo / "AGENTS.md").read_text() == "Be long.\n"
    with pytest.raises(NothingToRedoError):
        adopted.redo()


def test_what_a_client_wrote_for_itself_since_an_undo_stays_when_that_is_done_again(
    adopted: Engine, clients: Clients
) -> None:
    clients.add("codex", "one")
    adopted.sync("watch")
    adopted.undo()
    clients.replace("claude-code", '"numStartups": 12', '"numStartups": 13')
    adopted.sync("watch")
    adopted.redo()
    assert "one" in clients.servers("claude-code")
    assert b'"numStartups": 13' in clients.bytes()["claude-code"]

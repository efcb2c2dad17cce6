"""The last changes are told as entries: of each what, where from, where to, and what can be undone or done again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.service.operations.changes import AnsweredRequest, ChangesRequest
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.reports.changes import ChangeReport
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.sync.question_cases import conflict, wider


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    return engine


def changes(world: World, **asked: object) -> tuple[ChangeReport, ...]:
    return ChangesRequest.model_validate(asked).run(world).changes


def marks(world: World) -> list[tuple[str, bool, bool, bool]]:
    return [(one.way, one.undone, one.undoable, one.redoable) for one in changes(world)]


def test_a_change_tells_what_where_from_and_where_to(adopted: Engine, clients: Clients, world: World) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    newest, first = changes(world)
    assert [(one.item, one.kind, one.name, one.change) for one in newest.items] == [
        ("mcp/fresh", "mcp", "fresh", "added")
    ]
    assert (newest.by, newest.way, newest.scope, newest.more) == (("codex",), "sync", "user", 0)
    assert set(newest.clients) == {"claude-code", "qwen-code", "rovodev"}
    assert str(clients.paths["rovodev"]) in newest.files
    assert (newest.undoable, first.undoable) == (True, False)
    assert ChangesRequest().run(world).newest == newest.snapshot


def test_what_is_undone_and_can_be_done_again_says_so(adopted: Engine, clients: Clients, world: World) -> None:
    for name in ("one", "two"):
        clients.add("codex", name)
        adopted.sync("watch")
    assert marks(world) == [
        ("sync", False, True, False),
        ("sync", False, False, False),
        ("sync", False, False, False),
    ]
    adopted.undo()
    assert marks(world) == [
        ("undo", False, False, False),
        ("sync", True, False, True),
        ("sync", False, True, False),
        ("sync", False, False, False),
    ]
    told = ChangesRequest().run(world)
    adopted.undo(told.newest)
    assert [one.undone for one in changes(world)] == [False, False, True, True, False]
    adopted.redo()
    assert [(one.way, one.undone) for one in changes(world)] == [
        ("redo", False),
        ("undo", False),
        ("undo", False),
        ("sync", True),
        ("sync", False),
        ("sync", False),
    ]


def test_changes_come_in_pages_and_by_scope(adopted: Engine, clients: Clients, world: World, tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    repo.mkdir()
    (repo / "AGENTS.md").write_text("Be kind.\n")
    adopted.add_project(str(repo))
    every = changes(world)
    assert {one.scope for one in every} == {"user", f"project:{repo}"}
    assert changes(world, limit=1) == every[:1]
    assert changes(world, before=every[0].snapshot) == every[1:]
    assert {one.scope for one in changes(world, scope="user")} == {"user"}


def test_of_very_many_items_the_first_are_told(engine: Engine, clients: Clients, world: World) -> None:
    for number in range(60):
        clients.add("codex", f"s{number:02}")
    engine.adopt("user")
    (only,) = changes(world)
    assert (len(only.items), only.more) == (50, 12)
    assert (only.undoable, only.undone) == (False, False)


def test_where_nothing_was_written_there_are_no_changes(engine: Engine, world: World) -> None:
    found = ChangesRequest().run(world)
    assert (found.changes, found.newest) == ((), 0)


def test_answered_decisions_are_told_newest_first(adopted: Engine, clients: Clients, world: World) -> None:
    assert AnsweredRequest().run(world).model_dump() == {"answered": (), "count": 0}
    conflict(adopted, clients)
    adopted.decide(adopted.status().decisions[0].id, "codex")
    wider(adopted, clients)
    adopted.decide(adopted.status().decisions[0].id, "leave")
    asked = adopted.propose_for("undo", {}, "codex")
    with adopted.settling(asked, "leave"):
        pass
    told = AnsweredRequest().run(world)
    assert told.count == 3
    assert [(one.kind, one.item_kind, one.name, one.take) for one in told.answered] == [
        ("proposal", "", "undo", "leave"),
        ("wider", "permissions", "shell: npm test", "leave"),
        ("conflict", "mcp", "github", "codex"),
    ]
    assert told.answered[1].clients
    assert (told.answered[2].item, told.answered[2].scope) == ("mcp/github", "user")
    first = AnsweredRequest(limit=1).run(world)
    assert (first.answered, first.count) == (told.answered[:1], 3)
    assert AnsweredRequest(before=told.answered[1].number).run(world).answered == told.answered[2:]


def test_a_database_without_a_feed_tells_of_no_answers(world: World) -> None:
    with closing(Reader.of(world)) as reader:
        assert (reader.newest_of("decision-answered", 5), reader.count_of("decision-answered")) == ((), 0)

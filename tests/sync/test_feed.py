"""What happens in sync is told in its feed, and taken over into the audit trail: all of it, once, with who asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.clients.items import Scope
from aisync_desktop.database.connection import raw
from aisync_desktop.database.feed import Entry, drop_oldest
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine, recovered
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.changes import changes
from aisync_desktop.sync.reports.history import history, snapshot_report
from aisync_desktop.sync.store.backups import make_backup, restore
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.records import LogQuery, SyncStatus
from aisync_desktop.sync.terms.errors import NoSuchDecisionError, NotWritingError
from tests.helpers.clients import Clients
from tests.helpers.killed import killed_at


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    assert clients.home.is_dir()
    engine.adopt("user")
    return engine


class Listening:
    """Reads the feed from where it was made."""

    def __init__(self, world: World) -> None:
        self._world = world
        with closing(Reader.of(world)) as reader:
            self._cursor = reader.latest_cursor()

    def heard(self) -> list[Entry]:
        with closing(Reader.of(self._world)) as reader:
            batch = reader.happened(self._cursor)
        self._cursor = batch.cursor
        return list(batch.entries)

    def types(self) -> list[str]:
        return [entry.type for entry in self.heard()]


@pytest.fixture
def listening(adopted: Engine, world: World) -> Listening:
    assert adopted.adopted
    return Listening(world)


def clash(clients: Clients, engine: Engine) -> str:
    clients.replace("claude-code", '"npx"', '"bun"')
    clients.replace("codex", '"npx"', '"deno"')
    engine.sync("watch")
    (decision,) = engine.status().decisions
    return decision.id


def test_a_sync_is_told_with_what_was_written_at_whom(
    adopted: Engine, clients: Clients, listening: Listening, world: World
) -> None:
    clients.add("codex", "fresh")
    receipt = adopted.sync("watch")
    (synced,) = [entry for entry in listening.heard() if entry.type == "synced"]
    files: Any = synced.detail["files"]
    told = [file["path"] for written in files.values() for file in written]
    assert sorted(told) == sorted(str(one.path) for one in receipt.written)
    assert files.keys() == {"claude-code", "qwen-code", "rovodev"}
    assert (synced.target, synced.actor) == ("user", "aisync")
    with closing(Reader.of(world)) as reader:
        (record, *_) = reader.sync_events()
    about = synced.detail
    assert (about["sync"], about["snapshot"], about["status"]) == (record.id, record.snapshot, SyncStatus.DONE)
    assert (about["way"], about["asked"]) == ("sync", "watch")


def test_nothing_happened_nothing_told(adopted: Engine, listening: Listening) -> None:
    adopted.sync("watch")
    adopted.status()
    assert listening.heard() == []


def test_a_question_is_told_when_it_comes_is_answered_and_goes(
    adopted: Engine, clients: Clients, listening: Listening
) -> None:
    asked = clash(clients, adopted)
    opened = [
        (one.type, one.target, one.actor, one.detail["id"]) for one in listening.heard() if "decision" in one.type
    ]
    assert opened == [("decision-opened", "mcp/github", "aisync", asked)]
    with adopted.asked_by("mcp:codex"):
        adopted.decide(asked, "codex")
    heard = listening.heard()
    assert [one.type for one in heard] == ["decision-answered", "synced", "decision-closed"]
    assert [one.actor for one in heard] == ["mcp:codex", "mcp:codex", "aisync"]
    assert heard[0].detail == {"id": asked, "kind": "conflict", "scope": "user", "take": "codex", "clients": []}


def test_a_question_that_settles_itself_was_not_answered(
    adopted: Engine, clients: Clients, listening: Listening
) -> None:
    clash(clients, adopted)
    listening.heard()
    clients.replace("claude-code", '"bun"', '"deno"')
    adopted.sync("watch")
    types = listening.types()
    assert "decision-closed" in types
    assert "decision-answered" not in types


def test_what_was_refused_has_not_happened(adopted: Engine, listening: Listening) -> None:
    with pytest.raises(NoSuchDecisionError):
        adopted.decide("none", "codex")
    adopted.pause_for()
    listening.heard()
    with pytest.raises(NotWritingError):
        adopted.switch(Scope(), "codex", on=False)
    adopted.sync("watch")
    assert listening.heard() == []


def _pause(engine: Engine, _clients: Clients) -> None:
    engine.pause_for(10)


def _resume(engine: Engine, _clients: Clients) -> None:
    engine.pause_for()
    engine.resume()
    engine.resume()  # of which nothing is to be told


def _switch(engine: Engine, _clients: Clients) -> None:
    engine.switch(Scope(), "codex", on=False)


def _pin(engine: Engine, _clients: Clients) -> None:
    engine.pin(Scope(), "github", ["codex"])


def _rollback(engine: Engine, clients: Clients) -> None:
    clients.add("codex", "fresh")
    engine.sync("watch")
    engine.undo()


def _leave(engine: Engine, _clients: Clients) -> None:
    engine.leave()


def _project(engine: Engine, clients: Clients) -> None:
    root = clients.home / "code" / "repo"
    root.mkdir(parents=True)
    engine.add_project(str(root))
    engine.remove_project(str(root))


def _export(engine: Engine, _clients: Clients) -> None:
    engine.record_export("logs", "csv", "/x.csv", 3, "user")


def _secret(engine: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"args"', '"env": {"GITHUB_TOKEN": "ghp_' + "a1B2" * 9 + '"}, "args"')
    engine.sync("watch")
    (reference,) = {one.reference for one in engine.remembered().secrets}
    engine.set_secret(reference, "ghp_" + "c3D4" * 9)


@pytest.mark.parametrize(
    ("do", "types"),
    [
        (_pause, ["paused"]),
        (_resume, ["paused", "resumed"]),
        (_switch, ["switched"]),
        (_pin, ["pinned"]),
        (_rollback, ["undone"]),
        (_leave, ["left"]),
        (_project, ["project-added", "project-removed"]),
        (_export, ["exported"]),
        (_secret, ["secret-changed"]),
    ],
)
def test_whatever_somebody_asks_for_is_told_once_with_who_it_was(
    adopted: Engine,
    clients: Clients,
    listening: Listening,
    do: Callable[[Engine, Clients], None],
    types: list[str],
) -> None:
    with adopted.asked_by("window"):
        do(adopted, clients)
    told = [one for one in listening.heard() if one.type not in {"synced", "decision-opened", "decision-closed"}]
    assert [one.type for one in told] == types
    assert {one.actor for one in told} == {"window"}
    assert "c3D4" not in json.dumps([dict(one.detail) for one in told])


def test_what_is_wrong_is_told_when_it_lasts_and_when_it_is_over_also_after_a_restart(
    world: World, clients: Clients
) -> None:
    whole = clients.paths["codex"].read_bytes()
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
        listening = Listening(world)
        clients.paths["codex"].write_bytes(b"[mcp_servers\n")
        engine.sync("watch")
        engine.tell_problems(lasting=False)
        assert listening.types() == []
        engine.tell_problems(lasting=True)
        engine.tell_problems(lasting=True)
    with closing(open_engine(world)) as engine:
        engine.sync("watch")
        engine.tell_problems(lasting=False)
        engine.tell_problems(lasting=True)
        (began,) = [one for one in listening.heard() if one.type.startswith("problem")]
        assert (began.type, began.target, began.actor) == ("problem-began", str(clients.paths["codex"]), "aisync")
        clients.paths["codex"].write_bytes(whole)
        engine.sync("watch")
        engine.tell_problems(lasting=False)
    (ended,) = [one for one in listening.heard() if one.type.startswith("problem")]
    assert (ended.type, ended.detail) == ("problem-ended", began.detail)
    with closing(Reader.of(world)) as reader:
        assert [line.message for line in reader.logs(LogQuery(levels=("error",)))] == [began.detail["code"]]


@pytest.mark.parametrize("stored", ['"all"', '[["a"], 7, ["store.full", "/x", "/y"]]'])
def test_what_was_remembered_of_problems_and_makes_no_sense_is_none(adopted: Engine, world: World, stored: str) -> None:
    raw(adopted._store._writer.db).execute("INSERT INTO fact VALUES ('problems', ?)", (stored,))
    listening = Listening(world)
    adopted.tell_problems(lasting=True)
    assert listening.heard() == []


def trail(world: World) -> list[tuple[str, str]]:
    with closing(ProgramReader.of(world)) as program:
        return [(one.action, one.target) for one in reversed(program.audit_trail(1_000))]


def told(world: World) -> list[tuple[str, str]]:
    with closing(Reader.of(world)) as reader:
        return [(one.type, one.target) for one in reader.happened(limit=1_000).entries]


def test_the_trail_has_it_when_the_engine_has_closed(world: World, clients: Clients) -> None:
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
        clash(clients, engine)
        assert trail(world) == []
        engine.catch_up_audit()
        assert trail(world) == told(world)
        engine.pause_for()
    assert trail(world) == told(world)
    assert trail(world)[-1] == ("paused", "")


@pytest.mark.parametrize(
    "place",
    [
        "sync.store.syncs.told",  # in the transaction that ends a sync
        "sync.store.small_tables.put_decisions",
        "program.store.store.insert_rows",  # in the transaction of the trail
        "sync.answering.engine.catch_up",
    ],
)
def test_whoever_is_killed_misses_nothing_and_has_nothing_twice(world: World, clients: Clients, place: str) -> None:
    first = open_engine(world)
    first.adopt("user")
    first.catch_up_audit()
    clients.add("codex", "fresh")
    clients.replace("claude-code", '"npx"', '"bun"')
    clients.replace("qwen-code", '"npx"', '"deno"')
    with killed_at(place):
        first.sync("watch")
        first.catch_up_audit()
    first._store._writer.db.close()
    first._program._writer.db.close()
    with closing(recovered(lambda **_: open_engine(world))) as again:
        again.sync("watch")
    with closing(Reader.of(world)) as reader:
        ended = {record.id for record in reader.sync_events() if record.finished_at}
        synced = [one.detail["sync"] for one in reader.happened(limit=1_000).entries if one.type == "synced"]
    assert sorted(synced, key=str) == sorted(ended, key=str)
    assert trail(world) == told(world)


@pytest.fixture
def backed_up(world: World, clients: Clients, tmp_path: Path) -> Path:
    """A backup of a state from which things went on."""
    target = tmp_path / "backup"
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
        engine.pause_for()
        with closing(ProgramReader.of(world)) as program:
            make_backup(world.database, target, program)
        engine.resume()
        clients.add("codex", "fresh")
        engine.sync("watch")
    return target


def test_after_a_restore_the_trail_goes_on_with_what_happens_then(world: World, backed_up: Path) -> None:
    before = told(world)
    restore(backed_up, world.database, world.keys(), world.clock.now())
    with closing(recovered(lambda **_: open_engine(world))) as engine:
        assert engine.status().health is Health.PAUSED
        engine.resume()
    kept = before[: before.index(("paused", "")) + 1]
    assert told(world)[: len(kept) + 1] == [*kept, ("resumed", "")]
    assert trail(world) == told(world)


def test_who_listened_over_a_restore_is_told_that_it_has_seen_what_is_no_more(world: World, backed_up: Path) -> None:
    listener = Listening(world)
    restore(backed_up, world.database, world.keys(), world.clock.now())
    with closing(Reader.of(world)) as reader:
        assert reader.happened(listener._cursor).gap == "back"


def test_a_database_that_was_put_back_by_hand_begins_another_epoch(world: World, clients: Clients) -> None:
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
    old = world.database.read_bytes()
    with closing(open_engine(world)) as engine:
        clients.add("codex", "fresh")
        engine.sync("watch")
    listener = Listening(world)
    world.database.write_bytes(old)
    with closing(recovered(lambda **_: open_engine(world))) as engine:
        engine.sync("watch")
    with closing(Reader.of(world)) as reader:
        assert reader.happened(listener._cursor).gap is not None
        assert reader.latest_cursor().epoch != listener._cursor.epoch
    assert ("gap", "sync") in trail(world)


def test_old_rows_go_and_the_trail_has_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aisync_desktop.sync.store.store.drop_oldest", lambda connection: drop_oldest(connection, 1))
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
        engine.pause_for()
        engine.maintain()
        assert told(world) == [("paused", "")]
        assert trail(world)[0] == ("adopted", "")
        assert "gap" not in [action for action, _ in trail(world)]


@pytest.mark.parametrize("actor", ["window", "token/ci", "codex"])
def test_history_says_who_had_a_change_made(adopted: Engine, clients: Clients, world: World, actor: str) -> None:
    clients.add("codex", "by-hand")
    adopted.sync("watch")
    with adopted.asked_by(actor):
        adopted.undo()
    with closing(Reader.of(world)) as reader:
        undone, by_hand = changes(reader, 2).changes
        line, report = history(reader, 1)[0], snapshot_report(reader, undone.snapshot)
        synced = [one for one in reader.happened().entries if one.type == "synced"][-2:]
    assert (undone.asked_by, line.asked_by, report.asked_by) == (actor,) * 3
    assert (by_hand.asked_by, by_hand.by) == ("watch", ("codex",))
    assert [(one.actor, one.detail["asked"]) for one in synced] == [("aisync", "watch"), (actor, actor)]

"""A question stays open while a file that it is about cannot be read: nothing spreads, and it can be answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.clients.items import USER
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.store.store import Store
from tests.helpers.clients import Clients
from tests.helpers.clock import LeapingClock
from tests.helpers.project_servers import allow_servers
from tests.sync.conftest import OpenEngine
from tests.sync.question_cases import (
    CASES,
    Case,
    conflict,
    lost_text,
    mass_deletion,
    stale,
)


def take_away(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2] + b"\x00{[")


def make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


Lose = Callable[[Path], None]
WAYS: list[Lose] = [take_away, truncate, cut, make_a_folder]


def mend(path: Path, data: bytes) -> None:
    if path.is_dir():
        path.rmdir()
    path.write_bytes(data)


@pytest.fixture
def opening(world: World) -> Iterator[OpenEngine]:
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


def named(case: Case) -> str:
    return f"{case.kind}-{case.client}"


@pytest.mark.alike(desk=12)
@pytest.mark.parametrize("lose", WAYS)
@pytest.mark.parametrize("case", CASES, ids=named)
def test_nothing_follows_from_a_file_that_cannot_be_read(
    case: Case, lose: Lose, opening: OpenEngine, clients: Clients
) -> None:
    engine = provoked(case, opening, clients)
    before, held, path = asked(engine), others(clients, case.client), clients.paths[case.client]
    whole = path.read_bytes()
    lose(path)
    for again in (False, True):
        engine = opening() if again else engine
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


def answered(case: Case, home: Path, take: str, lose: Lose | None) -> dict[str, object]:
    """Return what all clients have once a question was answered, be it while the file was lost."""
    clients = Clients.make(home / "home")
    places = Places(*(home / name for name in ("config", "state", "cache", "log")))
    places.create()
    case.prepare(clients)
    world = World(places, clients.home, {}, RealDisk(LeapingClock()), LeapingClock())
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
        case.provoke(engine, clients)
        path = clients.paths[case.client]
        whole = path.read_bytes()
        if lose:
            lose(path)
            engine.sync("watch")
        (decision,) = engine.plan().decisions
        engine.decide(decision.id, take)
        if lose:
            mend(path, whole)
        engine.sync("user", patient=False)
        assert engine.plan().in_step
    rules = [clients.home / ".codex" / "rules" / "default.rules", clients.home / ".rovodev" / "config.yml"]
    permissions = {file.name: file.read_text() for file in rules if file.exists()}
    return {**permissions, **{client: clients.servers(client) for client in clients.paths}}


ANSWERS = [(case, take) for case in CASES for take in case.takes]


@pytest.mark.alike(desk=8)
@pytest.mark.parametrize(
    ("case", "take", "lose"),
    [(case, take, WAYS[number % len(WAYS)]) for number, (case, take) in enumerate(ANSWERS)],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", None) or named(value),
)
def test_an_answer_counts_as_much_as_one_that_was_given_while_all_could_be_read(
    case: Case, take: str, lose: Lose, tmp_path: Path
) -> None:
    then = answered(case, tmp_path / "read", take, None)
    assert answered(case, tmp_path / "unread", take, lose) == then


@pytest.mark.parametrize(("take", "left"), [("qwen-code", 0), ("base", 1)])
def test_lost_text_is_answered_for_after_a_restart_too(
    take: str, left: int, opening: OpenEngine, clients: Clients
) -> None:
    engine = provoked(Case("lost-text", "qwen-code", lost_text, ()), opening, clients)
    whole = clients.paths["qwen-code"].read_bytes()
    cut(clients.paths["qwen-code"])
    engine.sync("watch")
    engine = opening()
    engine.sync("watch")
    engine.decide(engine.status().decisions[0].id, take)
    mend(clients.paths["qwen-code"], whole)
    engine.sync("watch")
    assert engine.plan().in_step
    assert clients.bytes()["qwen-code"].count(b"// mine") == left


def test_the_question_stays_though_nobody_who_can_be_read_disagrees_any_more(
    opening: OpenEngine, clients: Clients
) -> None:
    engine = provoked(CASES[0], opening, clients)
    whole = clients.paths["claude-code"].read_bytes()
    cut(clients.paths["claude-code"])
    clients.replace("codex", 'command = "deno"', 'command = "npx"')
    engine.sync("watch")
    (decision,) = engine.plan().decisions
    assert {label: item.fields()["command"] for label, item in decision.sides.items() if item} == {
        "claude-code": "bunx",
        "codex": "npx",
    }
    assert {commands["github"] for of, commands in commands_of(clients, "claude-code").items()} == {"npx"}
    mend(clients.paths["claude-code"], whole)
    engine.sync("watch")
    assert engine.plan().in_step
    assert {commands["github"] for commands in clients.commands().values()} == {"bunx"}


def commands_of(clients: Clients, but: str) -> dict[str, dict[str, str]]:
    return {
        of: {name: entry["command"] for name, entry in clients.servers(of).items()} for of in clients.paths if of != but
    }


def test_the_question_closes_when_the_file_is_back_and_agrees(opening: OpenEngine, clients: Clients) -> None:
    engine = provoked(CASES[0], opening, clients)
    whole = clients.paths["claude-code"].read_bytes()
    cut(clients.paths["claude-code"])
    engine.sync("watch")
    mend(clients.paths["claude-code"], whole.replace(b"bunx", b"deno"))
    engine.sync("watch")
    assert engine.plan().in_step
    assert {commands["github"] for commands in clients.commands().values()} == {"deno"}


def test_an_older_version_of_the_file_does_not_bring_the_clash_back(opening: OpenEngine, clients: Clients) -> None:
    engine = opening()
    engine.adopt("user")
    before = clients.bytes()["claude-code"]
    conflict(engine, clients)
    cut(clients.paths["claude-code"])
    engine.sync("watch")
    engine.decide(engine.status().decisions[0].id, "claude-code")
    mend(clients.paths["claude-code"], before)
    engine.sync("watch")
    assert engine.plan().in_step
    assert {commands["github"] for commands in clients.commands().values()} == {"bunx"}


def test_what_was_deleted_by_an_answer_does_not_come_back_with_an_older_version(
    opening: OpenEngine, clients: Clients
) -> None:
    engine = opening()
    engine.adopt("user")
    before = clients.bytes()["rovodev"]
    mass_deletion(engine, clients)
    cut(clients.paths["rovodev"])
    engine.sync("watch")
    engine.decide(engine.status().decisions[0].id, "rovodev")
    mend(clients.paths["rovodev"], before)
    engine.sync("user", patient=False)
    assert engine.plan().in_step
    assert {of: set(clients.servers(of)) for of in clients.paths} == {of: set[str]() for of in clients.paths}


def test_a_question_that_came_up_in_a_pause_is_not_forgotten(opening: OpenEngine, clients: Clients) -> None:
    engine = opening()
    engine.adopt("user")
    engine.pause_for()
    conflict(engine, clients)
    cut(clients.paths["claude-code"])
    engine.resume()
    engine.sync("watch")
    assert [kind for kind, _ in asked(engine)] == ["conflict"]
    assert {commands["github"] for of, commands in commands_of(clients, "claude-code").items()} == {"npx", "deno"}


def test_going_back_in_a_project_forgets_no_question_of_the_user(
    opening: OpenEngine, clients: Clients, tmp_path: Path
) -> None:
    repo = tmp_path / "repo"
    repo.mkdir()
    (repo / ".mcp.json").write_text('{"mcpServers": {"db": {"command": "uvx"}}}')
    engine = opening()
    engine.adopt("user")
    engine.add_project(str(repo))
    allow_servers(engine)
    (repo / ".mcp.json").write_text('{"mcpServers": {"db": {"command": "npx"}}}')
    engine.sync("watch")
    allow_servers(engine)
    conflict(engine, clients)
    before, held = asked(engine), others(clients, "claude-code")
    cut(clients.paths["claude-code"])
    engine.sync("watch")
    engine.undo()
    engine.sync("watch")
    assert "uvx" in (repo / ".codex" / "config.toml").read_text()
    assert asked(engine) == before
    assert others(clients, "claude-code") == held


def test_an_overwrite_that_was_asked_about_is_asked_about_after_a_restart(
    opening: OpenEngine, clients: Clients
) -> None:
    engine = provoked(Case("stale", "rovodev", stale, ()), opening, clients)
    before, files = asked(engine), clients.bytes()
    engine = opening()
    engine.sync("user", patient=False)
    assert asked(engine) == before
    assert clients.bytes() == files
    engine.decide(before[0][1], "base")
    assert {of: "github" in clients.servers(of) for of in clients.paths} == dict.fromkeys(clients.paths, False)


def test_nothing_is_loosened_unasked_while_a_file_with_permissions_cannot_be_read(
    opening: OpenEngine, clients: Clients
) -> None:
    settings = clients.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"permissions": {"deny": ["Bash(rm:*)"]}}))
    engine = opening()
    engine.set_setting("loosening", "equal")
    engine.adopt("user")
    rules = clients.home / ".codex" / "rules" / "default.rules"
    whole = rules.read_bytes()
    cut(rules)
    settings.write_text(json.dumps({"permissions": {"deny": ["Bash(rm:*)"], "allow": ["mcp__github__get_issue"]}}))
    engine.sync("watch")
    assert [kind for kind, _ in asked(engine)] == ["wider"]
    assert b"get_issue" not in clients.bytes()["qwen-code"]
    mend(rules, whole)
    engine.sync("watch")
    assert asked(engine) == []
    assert b"get_issue" in clients.bytes()["qwen-code"]


@pytest.mark.parametrize(("case", "take"), [(CASES[0], "codex"), (CASES[0], "claude-code"), (CASES[5], "rovodev")])
def test_who_is_cut_off_after_an_answer_was_written_is_not_asked_again(
    case: Case, take: str, opening: OpenEngine, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    engine = provoked(case, opening, clients)
    path = clients.paths[case.client]
    whole = path.read_bytes()
    cut(path)
    engine.sync("watch")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "put_decisions", cut_off)
        with pytest.raises(KeyboardInterrupt):
            engine.decide(engine.status().decisions[0].id, take)
    engine = opening()
    engine.sync("user", patient=False)
    assert asked(engine) == []
    mend(path, whole)
    engine.sync("user", patient=False)
    assert engine.plan().in_step
    assert len({str(sorted(commands.items())) for commands in clients.commands().values()}) == 1


def test_a_deletion_that_only_just_rested_is_not_followed_from_a_file_that_is_lost_then(
    opening: OpenEngine, clients: Clients
) -> None:
    """What one client said of an item counts for questions in which it has a side, not for those about others."""
    engine = provoked(Case("mass-deletion", "rovodev", mass_deletion, ()), opening, clients)
    path = clients.paths["claude-code"]
    whole = json.loads(path.read_text())
    del whole["mcpServers"]["github"]
    path.write_text(json.dumps(whole))
    engine.sync("watch")
    cut(path)
    engine.sync("user", patient=False)
    assert [kind for kind, _ in asked(engine)] == ["mass-deletion"]
    assert "github" in clients.servers("codex")


def test_both_sides_may_be_lost(opening: OpenEngine, clients: Clients) -> None:
    engine = provoked(CASES[0], opening, clients)
    before = asked(engine)
    files = {client: clients.paths[client].read_bytes() for client in ("claude-code", "codex")}
    for client in files:
        cut(clients.paths[client])
    engine.sync("watch")
    engine = opening()
    engine.sync("watch")
    assert asked(engine) == before
    engine.decide(before[0][1], "codex")
    assert clients.servers("qwen-code")["github"]["command"] == "deno"
    for client, data in files.items():
        mend(clients.paths[client], data)
    engine.sync("watch")
    assert engine.plan().in_step
    assert {commands["github"] for commands in clients.commands().values()} == {"deno"}


def test_a_preferred_client_answers_for_a_file_that_cannot_be_read(opening: OpenEngine, clients: Clients) -> None:
    engine = provoked(CASES[0], opening, clients)
    cut(clients.paths["claude-code"])
    engine.sync("watch")
    engine.adopt("user", prefer="codex")
    assert asked(engine) == []
    assert {commands["github"] for of, commands in commands_of(clients, "claude-code").items()} == {"deno"}


def test_an_item_that_is_switched_off_is_not_asked_about_any_more(opening: OpenEngine, clients: Clients) -> None:
    engine = provoked(CASES[0], opening, clients)
    cut(clients.paths["claude-code"])
    engine.sync("watch")
    engine.switch(USER, "mcp/github", on=False)
    assert asked(engine) == []
    assert {commands["github"] for of, commands in commands_of(clients, "claude-code").items()} == {"npx", "deno"}


def test_what_was_said_last_is_not_followed_when_the_other_side_takes_no_part_any_more(
    opening: OpenEngine, clients: Clients
) -> None:
    engine = provoked(CASES[0], opening, clients)
    before, whole = asked(engine), clients.paths["claude-code"].read_bytes()
    cut(clients.paths["claude-code"])
    engine.sync("watch")
    engine.switch(USER, "codex", on=False)
    assert asked(engine) == before
    assert clients.servers("qwen-code")["github"]["command"] == "npx"
    mend(clients.paths["claude-code"], whole)
    engine.sync("watch")
    assert asked(engine) == []
    assert clients.servers("qwen-code")["github"]["command"] == "bunx"


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("answer", ["allow", "leave"])
def test_a_projects_servers_are_asked_about_while_their_file_cannot_be_read(
    opening: OpenEngine, clients: Clients, tmp_path: Path, answer: str, *, restarted: bool
) -> None:
    repo = tmp_path / "repo"
    repo.mkdir()
    path, other = repo / ".mcp.json", repo / ".codex" / "config.toml"
    path.write_text('{"mcpServers": {"db": {"command": "uvx"}}}')
    engine = opening()
    engine.adopt("user")
    engine.add_project(str(repo))
    whole = path.read_bytes()
    assert [kind for kind, _ in asked(engine)] == ["project-servers"]
    cut(path)
    engine = opening() if restarted else engine
    engine.sync("user", patient=False)
    assert [kind for kind, _ in asked(engine)] == ["project-servers"]
    assert not other.exists()
    engine.decide(engine.status().decisions[0].id, answer)
    assert asked(engine) == []
    path.write_bytes(whole)
    engine.sync("user", patient=False)
    assert asked(engine) == []
    assert other.exists() is (answer == "allow")
    assert path.read_bytes() == whole


def test_a_client_that_is_reset_has_not_given_in(opening: OpenEngine, clients: Clients) -> None:
    """The file can be read, and says nothing any more: that is not believed, so its side of a question stays."""
    for name in ("a", "b", "c"):
        clients.add("claude-code", name, "true")
    engine = opening()
    engine.adopt("user")
    conflict(engine, clients)
    before, held = asked(engine), others(clients, "claude-code")
    whole = clients.paths["claude-code"].read_bytes()
    clients.paths["claude-code"].write_text('{"mcpServers": {}}', encoding="utf-8")
    for again in (engine, opening()):
        for _ in range(2):
            again.sync("user", patient=False)
        assert {kind for kind, _ in asked(again)} == {"conflict", "mass-deletion"}
        assert others(clients, "claude-code") == held
    clients.paths["claude-code"].write_bytes(whole)
    again.sync("user", patient=False)
    assert asked(again) == before
    assert others(clients, "claude-code") == held

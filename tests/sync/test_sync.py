from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.clients import loader
from aisync_desktop.files.protocol import Disk, Keep, Reading, Replaced
from aisync_desktop.files.temps import temp_name
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import ClientState, Health
from aisync_desktop.sync.reports.preview import preview
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.errors import (
    ClashLeftError,
    NoItemError,
    NoSuchChoiceError,
    NoSuchDecisionError,
    NotWritingError,
    SecretByHandError,
)
from tests.helpers.clients import CODEX, Clients
from tests.helpers.one_by_one import OneByOne

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]


def test_before_adoption_nothing_is_written(engine: Engine, clients: Clients) -> None:
    before = clients.bytes()
    receipt = engine.sync("start")
    assert [target.client for target in receipt.plan.targets] == ALL
    assert clients.bytes() == before
    assert engine.status().health is Health.NEW


def test_adoption_brings_every_client_what_the_others_have(engine: Engine, clients: Clients) -> None:
    receipt = engine.adopt("user")
    assert len(receipt.written) == 4
    assert set(map(str, clients.commands().values())) == {str({"files": "uvx", "github": "npx"})}
    assert engine.status().health is Health.IN_STEP


def test_adoption_changes_no_byte_that_is_not_an_items(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    files = clients.bytes()
    assert files["codex"].startswith(CODEX.encode())
    assert b'"numStartups": 12,' in files["claude-code"]
    assert b"\t// mine\r\n" in files["qwen-code"]
    assert b"\n" not in files["qwen-code"].replace(b"\r\n", b"")


@pytest.mark.parametrize("origin", ALL)
def test_a_server_added_at_any_client_reaches_the_others(engine: Engine, clients: Clients, origin: str) -> None:
    engine.adopt("user")
    clients.add(origin, "fresh")
    receipt = engine.sync("watch")
    assert sorted(replaced.path.name for replaced in receipt.written) == sorted(
        path.name for client, path in clients.paths.items() if client != origin
    )
    assert {client: "fresh" in clients.servers(client) for client in ALL} == dict.fromkeys(ALL, True)


def test_a_second_look_finds_nothing_to_do(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    before = clients.bytes()
    receipt = engine.sync("watch")
    assert receipt.written == ()
    assert receipt.plan.in_step
    assert clients.bytes() == before


def test_a_clients_own_reformatting_is_a_non_event(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    path = clients.paths["claude-code"]
    reformatted = json.dumps(json.loads(path.read_text()), indent=8)
    path.write_text(reformatted)
    assert engine.sync("watch").written == ()
    assert path.read_text() == reformatted


def test_a_conflict_is_held_and_everything_else_goes_on(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    clients.add("qwen-code", "fresh")
    engine.sync("watch")
    status = engine.status()
    assert status.health is Health.DECISION
    assert [decision.item for decision in status.decisions] == ["mcp/github"]
    commands = clients.commands()
    assert [commands[client]["github"] for client in ALL] == ["bunx", "deno", "npx", "npx"]
    assert all("fresh" in commands[client] for client in ALL)


def test_a_conflict_ends_when_the_sides_agree(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")
    clients.replace("codex", 'command = "deno"', 'command = "bunx"')
    engine.sync("watch")
    assert engine.status().health is Health.IN_STEP
    assert {commands["github"] for commands in clients.commands().values()} == {"bunx"}


@pytest.mark.parametrize(("take", "command"), [("claude-code", "bunx"), ("codex", "deno"), ("base", "npx")])
def test_a_decision_is_settled_everywhere(engine: Engine, clients: Clients, take: str, command: str) -> None:
    engine.adopt("user")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")
    (decision,) = engine.status().decisions
    engine.decide(decision.id, take)
    assert {commands["github"] for commands in clients.commands().values()} == {command}
    assert engine.status().health is Health.IN_STEP
    assert engine.sync("watch").written == ()


@pytest.fixture
def clashing(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    clients.replace("claude-code", '"command": "npx"', '"env": {"A": "1"}, "command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"\nenv = { B = "2" }')
    engine.sync("watch")
    return engine


def test_merged_takes_all_that_does_not_clash(clashing: Engine, clients: Clients) -> None:
    clashing.decide(clashing.status().decisions[0].id, "merged")
    for client in ALL:
        entry = clients.servers(client)["github"]
        assert (entry["command"], entry["env"]) == ("npx", {"A": "1", "B": "2"})
    assert clashing.status().health is Health.IN_STEP


def test_an_item_can_be_written_by_hand(clashing: Engine, clients: Clients) -> None:
    by_hand = {"transport": "stdio", "command": "uv", "args": ["run"]}
    clashing.decide(clashing.status().decisions[0].id, "merged", json.dumps(by_hand))
    assert {commands["github"] for commands in clients.commands().values()} == {"uv"}
    assert not clients.servers("codex")["github"].get("env")


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("{", NoItemError),
        ("[]", NoItemError),
        ('{"transport": "stdio", "comand": "x"}', NoItemError),
        ('{"transport": "http", "command": "x"}', NoItemError),
        ('{"command": "x", "env": {"TOKEN": "ghp_0123456789abcdefghijABCDEFGHIJ012345"}}', SecretByHandError),
    ],
)
def test_what_is_no_item_is_refused_and_the_question_stays(
    clashing: Engine, clients: Clients, written: str, error: type[WorldError]
) -> None:
    before = clients.bytes()
    (decision,) = clashing.status().decisions
    with pytest.raises(error) as refused:
        clashing.decide(decision.id, "merged", written)
    assert "ghp_" not in str(refused.value)
    assert clients.bytes() == before
    assert clashing.status().decisions == (decision,)


def test_where_all_clashes_there_is_nothing_to_merge(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")
    with pytest.raises(ClashLeftError):
        engine.decide(engine.status().decisions[0].id, "merged")


def test_what_is_left_of_two_new_servers_must_be_one_that_can_be_started(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.add("qwen-code", "fresh", "npx")
    clients.replace("qwen-code", '"command": "npx"', '"env": {"A": "1"}, "command": "npx"')
    clients.add("codex", "fresh", "uvx")
    engine.sync("watch")
    with pytest.raises(ClashLeftError):
        engine.decide(engine.status().decisions[0].id, "merged")


def test_a_preference_never_deletes_and_must_be_known(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.paths["codex"].write_text('model = "o3"\n')
    engine.adopt("user", prefer="claude-code")
    assert clients.servers("rovodev").keys() == {"files", "github"}
    with pytest.raises(loader.UnknownClientError):
        engine.adopt("user", prefer="typo")


def test_items_of_a_quarantined_client_are_not_deleted_behind_its_back(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    whole = clients.bytes()
    for client in ("claude-code", "qwen-code", "rovodev"):
        clients.paths[client].write_bytes(b"{")
    clients.paths["codex"].write_text('model = "o3"\n')
    engine.sync("watch")
    for client in ("claude-code", "qwen-code", "rovodev"):
        clients.paths[client].write_bytes(whole[client])
    engine.sync("watch")
    assert clients.servers("rovodev").keys() == {"files", "github"}
    assert {decision.kind for decision in engine.status().decisions} == {"mass-deletion"}


def test_an_odd_folder_of_one_client_stops_nobody_else(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    engine.close()
    clients.paths["rovodev"].unlink()
    clients.paths["rovodev"].parent.rmdir()
    clients.paths["rovodev"].parent.write_text("a file where a folder should be")
    clients.add("codex", "fresh")
    again = open_engine(world)
    again.recover()
    again.sync("start")
    again.close()
    assert "fresh" in clients.servers("qwen-code")


def test_a_target_that_fails_is_not_tried_at_every_look(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    clients.paths["rovodev"].chmod(0o444)
    clients.add("codex", "fresh")
    for _ in range(5):
        engine.sync("watch")
    reader = Reader.of(world)
    tried = [entry for event in reader.sync_events() for entry in reader.targets(event.id) if entry.state == "failed"]
    reader.close()
    assert len(tried) == 1
    assert {client.id: client.state for client in engine.status().clients}["rovodev"] is ClientState.PENDING


def test_a_target_that_is_made_writable_again_is_written_at_the_next_look(
    timed_engine: Engine, clients: Clients
) -> None:
    timed_engine.adopt("user")
    rovodev = clients.paths["rovodev"]
    rovodev.chmod(0o444)
    clients.add("codex", "fresh")
    timed_engine.sync("watch")
    rovodev.chmod(0o644)
    assert len(timed_engine.sync("watch").written) == 1
    assert "fresh" in clients.servers("rovodev")
    assert {client.id: client.state for client in timed_engine.status().clients}["rovodev"] is ClientState.IN_STEP


@pytest.mark.parametrize("adopted", [True, False])
def test_a_decision_is_not_carried_out_while_nothing_may_be_written(
    engine: Engine, clients: Clients, adopted: bool
) -> None:
    if adopted:
        engine.adopt("user")
        engine.pause_for()
    before = clients.bytes()
    with pytest.raises(NotWritingError):
        engine.decide("whatever", "base")
    assert clients.bytes() == before


def test_an_answer_that_does_not_fit_changes_nothing(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")
    before = clients.bytes()
    (decision,) = engine.status().decisions
    with pytest.raises(NoSuchDecisionError):
        engine.decide("nonsense", "base")
    with pytest.raises(NoSuchChoiceError, match="claude-code, codex, base"):
        engine.decide(decision.id, "rovodev")
    assert clients.bytes() == before


@pytest.mark.parametrize("content", [b"", b"{", b'{"mcpServers": {}', b"\xff\xfe\x00"])
def test_a_broken_file_is_never_a_deletion_and_never_written(engine: Engine, clients: Clients, content: bytes) -> None:
    engine.adopt("user")
    others = {client: data for client, data in clients.bytes().items() if client != "rovodev"}
    clients.paths["rovodev"].write_bytes(content)
    receipt = engine.sync("watch")
    assert receipt.written == ()
    assert not receipt.complete
    assert clients.paths["rovodev"].read_bytes() == content
    assert {client: data for client, data in clients.bytes().items() if client != "rovodev"} == others
    states = {client.id: client.state for client in engine.status().clients}
    assert states["rovodev"] is ClientState.UNREADABLE
    assert {problem.path for problem in engine.status().problems} == {str(clients.paths["rovodev"])}


@pytest.mark.parametrize("content", [b'{"mcpServers": []}', b'{"mcpServers": 7}'])
def test_a_file_without_a_place_for_items_is_named(engine: Engine, clients: Clients, content: bytes) -> None:
    engine.adopt("user")
    clients.paths["rovodev"].write_bytes(content)
    engine.sync("watch")
    (problem,) = engine.status().problems
    assert (problem.title.code, problem.path) == ("documents.malformed", str(clients.paths["rovodev"]))


def test_a_file_that_is_gone_is_never_a_deletion(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.paths["rovodev"].unlink()
    assert engine.sync("watch").written == ()
    assert not clients.paths["rovodev"].exists()
    (problem,) = engine.status().problems
    assert problem.path == str(clients.paths["rovodev"])


def test_a_file_that_comes_back_takes_part_again(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    good = clients.paths["rovodev"].read_bytes()
    clients.paths["rovodev"].write_bytes(b"{")
    engine.sync("watch")
    clients.add("codex", "fresh")
    engine.sync("watch")
    clients.paths["rovodev"].write_bytes(good)
    engine.sync("watch")
    assert "fresh" in clients.servers("rovodev")
    assert engine.status().health is Health.IN_STEP


def test_a_secret_is_not_copied_without_consent(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    canary = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
    clients.replace(
        "claude-code", '"mcpServers": {', f'"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{canary}"}}}},'
    )
    engine.sync("watch")
    assert [decision.kind for decision in engine.status().decisions] == ["secret"]
    holders = [client for client, data in clients.bytes().items() if canary.encode() in data]
    assert holders == ["claude-code"]
    own = [path for path in world.places.state.parent.rglob("*") if path.is_file()]
    assert [path.name for path in own if canary.encode() in path.read_bytes()] == []


def test_an_edit_beside_a_secret_needs_no_consent(engine: Engine, clients: Clients) -> None:
    literal = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
    clients.replace(
        "claude-code", '"mcpServers": {', f'"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{literal}"}}}},'
    )
    with clients.paths["codex"].open("a") as file:
        file.write(f'[mcp_servers.s]\ncommand = "x"\nenv = {{ TOKEN = "{literal}" }}\n')
    engine.adopt("user")
    clients.replace("claude-code", '"command": "x"', '"command": "y"')
    engine.sync("watch")
    assert clients.servers("codex")["s"] == {"command": "y", "env": {"TOKEN": literal}}


def test_memory_survives_a_restart(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    engine.close()
    clients.add("codex", "fresh")
    again = open_engine(world)
    again.recover()
    receipt = again.sync("start")
    again.close()
    assert len(receipt.written) == 3
    assert all("fresh" in clients.servers(client) for client in ALL)


def test_a_client_that_is_described_after_adoption_takes_part(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    engine.close()
    described = (Path(loader.__file__).parent / "descriptors" / "rovodev.toml").read_text()
    (world.places.config / "clients").mkdir()
    (world.places.config / "clients" / "mine.toml").write_text(described.replace("rovodev", "mine"))
    (clients.home / ".mine").mkdir()
    again = open_engine(world)
    again.recover()
    again.sync("start")
    again.close()
    assert json.loads((clients.home / ".mine" / "mcp.json").read_text())["mcpServers"].keys() == {"files", "github"}


def test_looking_needs_no_write_connection(world: World, clients: Clients) -> None:
    seen = preview(world)
    plan, status = seen.looked.plan, seen.status
    assert status.health is Health.NEW
    assert [target.client for target in plan.targets] == ALL
    assert not world.database.exists()


def test_the_replaced_bytes_are_in_history(engine: Engine, clients: Clients, world: World) -> None:
    before = clients.bytes()
    engine.adopt("user")
    with_reader = Reader.of(world)
    for client, path in clients.paths.items():
        kept = {with_reader.blob(version.hash) for version in with_reader.versions(str(path))}
        assert before[client] in kept
    with_reader.close()


class RacingDisk(OneByOne):
    """A disk on which another program writes between our look and our swap."""

    def __init__(self, disk: Disk, path: Path, data: bytes) -> None:
        self._disk = disk
        self._path = path
        self._data = data
        self.raced = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._disk, name)

    def replace(self, expected: Reading, data: bytes, *, keep: Keep, **rest: object) -> Replaced:
        if expected.path == self._path and not self.raced:
            self.raced += 1
            self._path.write_bytes(self._data)
        return self._disk.replace(expected, data, keep=keep, **rest)  # type: ignore[arg-type]


def test_somebody_elses_write_in_the_middle_is_merged_not_lost(world: World, clients: Clients, disk: Disk) -> None:
    first = open_engine(world)
    first.adopt("user")
    first.close()
    path = clients.paths["rovodev"]
    theirs = path.read_text().replace('"mcpServers": {', '"mcpServers": {"theirs": {"command": "t"},').encode()
    racing = RacingDisk(disk, path, theirs)
    engine = open_engine(replace(world, disk=racing))  # type: ignore[arg-type]
    clients.add("codex", "ours")
    engine.sync("watch")
    engine.close()
    assert racing.raced == 1
    assert all({"ours", "theirs"} <= clients.servers(client).keys() for client in ALL)


def test_a_client_that_had_the_file_open_while_we_replaced_it_is_merged(
    engine: Engine, clients: Clients, world: World
) -> None:
    engine.adopt("user")
    with clients.paths["rovodev"].open("r+b") as theirs:
        old = theirs.read()
        clients.add("codex", "ours")
        engine.sync("watch")
        theirs.seek(0)
        theirs.write(old.replace(b'"mcpServers": {', b'"mcpServers": {"theirs": {"command": "t"},'))
    engine.close()  # waits until what it displaced was looked at once more
    again = open_engine(world)
    again.sync("start")
    again.close()
    assert all({"ours", "theirs"} <= clients.servers(client).keys() for client in ALL)


class DyingDisk(OneByOne):
    """A disk on which we die right after a swap that displaced somebody else's write."""

    def __init__(self, disk: Disk, path: Path, theirs: bytes) -> None:
        self._disk = disk
        self._path = path
        self._theirs = theirs

    def __getattr__(self, name: str) -> object:
        return getattr(self._disk, name)

    def replace(self, expected: Reading, data: bytes, *, keep: Keep, **rest: object) -> Replaced:
        if expected.path != self._path:
            return self._disk.replace(expected, data, keep=keep, **rest)  # type: ignore[arg-type]
        expected.path.write_bytes(data)
        (expected.path.parent / temp_name(expected.path, "swap").name).write_bytes(self._theirs)
        raise KeyboardInterrupt


def test_a_foreign_version_that_a_crash_left_displaced_is_merged(world: World, clients: Clients, disk: Disk) -> None:
    first = open_engine(world)
    first.adopt("user")
    first.close()
    path = clients.paths["rovodev"]
    theirs = path.read_text().replace('"mcpServers": {', '"mcpServers": {"theirs": {"command": "t"},').encode()
    dying = open_engine(replace(world, disk=DyingDisk(disk, path, theirs)))  # type: ignore[arg-type]
    clients.add("codex", "ours")
    with pytest.raises(KeyboardInterrupt):
        dying.sync("watch")
    dying.close()
    engine = open_engine(world)
    assert engine.recover() == len(ALL) - 1
    engine.sync("start")
    engine.close()
    assert all({"ours", "theirs"} <= clients.servers(client).keys() for client in ALL)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_clients_that_are_here_are_named_first(engine: Engine, clients: Clients) -> None:
    engine.sync("start")
    states = [client.state for client in engine.status().clients]
    assert ClientState.ABSENT in states[len(ALL) :]
    assert ClientState.ABSENT not in states[: len(ALL)]

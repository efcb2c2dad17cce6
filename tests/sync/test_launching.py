"""An entry that has AISync start the server: it holds no secret, and is the item itself to everybody else."""

from __future__ import annotations

import json
import os
import stat
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import USER, ItemKey, Kind, McpServer, Scope
from aisync_desktop.files.programs import own_program
from aisync_desktop.program.world import World
from aisync_desktop.secrets.references import references
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.repairs import Cure
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.doctor import examine
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.launchers import Launcher, Launching, is_launcher, read_as
from aisync_desktop.sync.terms.starting_servers import unsettled
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers

OTHERS = ["codex", "qwen-code", "rovodev"]
CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
ROTATED = "ghp_9876543210abcdefghijABCDEFGHIJ012345"
COMMAND, WORDS = own_program()
KEY = ItemKey(Kind.MCP, "s")
LINE = [*WORDS, "exec", "s", "--scope", "user"]


@pytest.fixture
def launched(engine: Engine, clients: Clients) -> Engine:
    """An engine that was told to launch where the secret is not."""
    engine.adopt("user")
    entry = f'"s": {{"command": "x", "args": ["-v"], "env": {{"TOKEN": "{CANARY}", "PLAIN": "1"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    engine.sync("watch")
    settle(engine, "launch")
    return engine


def settle(engine: Engine, take: str) -> None:
    (decision,) = engine.plan().decisions
    assert set(decision.choices) >= {"launch", "leave"}
    engine.decide(decision.id, take)


def rest(engine: Engine) -> None:
    assert engine.sync("watch").written == ()
    assert engine.status().health is Health.IN_STEP


def launches(clients: Clients, client: str) -> bool:
    entry = clients.servers(client)["s"]
    return (entry["command"], entry["args"]) == (COMMAND, LINE)


def edit(clients: Clients, client: str, **changes: object) -> None:
    """Change fields of the entry as its client would write them, in a JSON file."""
    path = clients.paths[client]
    whole = json.loads("".join(line for line in path.read_text().splitlines() if "//" not in line))
    whole["mcpServers"]["s"] |= changes
    path.write_text(json.dumps(whole).replace("{", "{\n// mine\n", 1))


def test_the_entry_starts_aisync_and_holds_no_secret(launched: Engine, clients: Clients) -> None:
    for client in OTHERS:
        assert launches(clients, client)
        assert clients.servers(client)["s"]["env"] == {"PLAIN": "1"}
        assert CANARY.encode() not in clients.paths[client].read_bytes()
    assert clients.servers("claude-code")["s"]["command"] == "x"
    rest(launched)


def test_it_is_no_change_after_a_restart_either(launched: Engine, clients: Clients, world: World) -> None:
    before = clients.bytes()
    launched.close()
    again = open_engine(world)
    rest(again)
    again.close()
    assert clients.bytes() == before
    assert look(world).plan.in_step


def test_what_the_launcher_starts_changes_without_a_write_to_its_entry(launched: Engine, clients: Clients) -> None:
    before = clients.bytes()
    clients.replace("claude-code", '"command": "x", "args": ["-v"]', '"command": "y", "args": ["-q"]')
    launched.sync("watch")
    assert {client: data for client, data in clients.bytes().items() if data != before[client]}.keys() == {
        "claude-code"
    }
    rest(launched)
    item = launched.plan().scopes[0].after.mcp["s"]
    assert (item.command, item.args) == ("y", ("-q",))


def test_the_other_fields_still_go_both_ways(launched: Engine, clients: Clients) -> None:
    edit(clients, "qwen-code", timeout=7000, env={"PLAIN": "2"})
    launched.sync("watch")
    assert clients.servers("codex")["s"]["tool_timeout_sec"] == 7
    assert clients.servers("claude-code")["s"]["env"] == {"TOKEN": CANARY, "PLAIN": "2"}
    clients.replace("claude-code", '"PLAIN": "2"', '"PLAIN": "3"')
    launched.sync("watch")
    assert clients.servers("codex")["s"]["env"] == {"PLAIN": "3"}
    assert all(launches(clients, client) for client in OTHERS)
    rest(launched)


def test_an_edited_command_is_a_change_like_any_other_and_takes_no_secret_along(
    launched: Engine, clients: Clients
) -> None:
    edit(clients, "qwen-code", command="z", args=["new"])
    launched.sync("watch")
    assert clients.servers("claude-code")["s"]["command"] == "z"
    assert clients.servers("claude-code")["s"]["env"] == {"TOKEN": CANARY, "PLAIN": "1"}
    assert launches(clients, "qwen-code")  # it still lacks the secret, and was said to get it this way
    rest(launched)


def test_a_value_that_its_user_writes_in_stays(launched: Engine, clients: Clients) -> None:
    edit(clients, "qwen-code", command="x", args=["-v"], env={"PLAIN": "1", "TOKEN": CANARY})
    launched.sync("watch")
    assert clients.servers("qwen-code")["s"]["env"]["TOKEN"] == CANARY
    rest(launched)


def test_another_path_to_aisync_is_left_as_it_is(launched: Engine, clients: Clients) -> None:
    edit(clients, "qwen-code", command="/somewhere/else/aisync", args=["exec", "s"])
    launched.sync("watch")
    assert clients.servers("qwen-code")["s"]["command"] == "/somewhere/else/aisync"
    assert clients.servers("claude-code")["s"]["command"] == "x"
    rest(launched)


def test_a_secret_that_changes_or_comes_along_needs_no_write_and_no_question(
    launched: Engine, clients: Clients
) -> None:
    before = clients.bytes()
    clients.replace("claude-code", f'"TOKEN": "{CANARY}"', f'"TOKEN": "{ROTATED}", "OTHER_TOKEN": "{CANARY}"')
    launched.sync("watch")
    assert {client for client, data in clients.bytes().items() if data != before[client]} == {"claude-code"}
    rest(launched)


def test_a_secret_in_the_arguments_cannot_be_launched(launched: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"-v"', f'"--token", "{ROTATED}"')
    launched.sync("watch")
    (decision,) = launched.plan().decisions
    assert decision.choices == ("copy", "leave")
    assert all(launches(clients, client) for client in OTHERS)
    assert [client for client, data in clients.bytes().items() if ROTATED.encode() in data] == ["claude-code"]


def test_a_server_whose_secret_became_a_reference_is_written_plainly_again(launched: Engine, clients: Clients) -> None:
    clients.replace("claude-code", f'"{CANARY}"', '"${TOKEN}"')
    launched.sync("watch")
    assert clients.servers("qwen-code")["s"]["command"] == "x"
    assert clients.servers("qwen-code")["s"]["env"] == {"TOKEN": "${TOKEN}", "PLAIN": "1"}
    rest(launched)


def test_a_deletion_goes_everywhere(launched: Engine, clients: Clients) -> None:
    whole = json.loads(clients.paths["claude-code"].read_text())
    del whole["mcpServers"]["s"]
    clients.paths["claude-code"].write_text(json.dumps(whole))
    launched.sync("watch", patient=False)
    assert not any("s" in clients.servers(client) for client in clients.paths)


def test_undo_and_going_on_put_bytes_back(engine: Engine, clients: Clients) -> None:
    before = {client: clients.bytes()[client] for client in OTHERS}
    engine.adopt("user")
    clients.replace(
        "claude-code", '"mcpServers": {', f'"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}},'
    )
    engine.sync("watch")
    without = {client: clients.bytes()[client] for client in OTHERS}
    settle(engine, "launch")
    engine.undo()
    assert {client: clients.bytes()[client] for client in OTHERS} == without
    engine.leave()
    assert {client: clients.bytes()[client] for client in OTHERS} == before


def test_going_back_to_a_snapshot_brings_the_launcher_and_its_item_back(launched: Engine, clients: Clients) -> None:
    then, number = clients.bytes(), launched.status().last
    assert number is not None
    clients.replace("claude-code", '"command": "x"', '"command": "y"')
    launched.sync("watch")
    clients.replace("claude-code", f'"TOKEN": "{CANARY}", ', "")
    launched.sync("watch")
    assert not launches(clients, "codex")
    launched.rollback(number.snapshot)
    assert clients.bytes() == then
    assert launched.plan().scopes[0].after.mcp["s"].command == "x"
    rest(launched)


def test_a_launcher_of_something_unknown_is_left_alone(engine: Engine, clients: Clients) -> None:
    entry = json.dumps({"command": COMMAND, "args": LINE})
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{"s": {entry},')
    engine.adopt("user")
    assert not any("s" in clients.servers(client) for client in OTHERS)
    clients.add("qwen-code", "s", "real")
    engine.sync("watch")
    assert clients.servers("codex")["s"]["command"] == "real"
    engine.sync("watch")
    assert engine.plan().scopes[0].after.mcp["s"].command == "real"
    rest(engine)


def test_in_a_project_the_launcher_says_which(engine: Engine, clients: Clients, tmp_path: Path) -> None:
    repo = tmp_path / "home" / "repo"
    (repo / ".git").mkdir(parents=True)
    (repo / ".mcp.json").write_text(f'{{"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}}}}}')
    engine.adopt("user")
    engine.add_project(str(repo))
    allow_servers(engine)
    settle(engine, "launch")
    written = {path.relative_to(repo).as_posix(): path.read_text() for path in repo.rglob("*.*") if path.is_file()}
    assert [name for name, said in written.items() if CANARY in said] == [".mcp.json"]
    entry = tomllib.loads(written[".codex/config.toml"])["mcp_servers"]["s"]
    assert (entry["command"], entry["args"]) == (COMMAND, [*WORDS, "exec", "s", "--project", str(repo)])
    assert "env" not in entry
    rest(engine)


names = st.text(min_size=1, max_size=8)
servers = st.builds(
    McpServer,
    command=st.text(min_size=1, max_size=5),
    args=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    env=st.dictionaries(names, st.sampled_from(["plain", "secret:0123456789abcdef", "x secret:fedcba9876543210"])),
    cwd=st.none() | st.just("/w"),
    timeout_ms=st.none() | st.integers(1, 9),
)
scopes = st.sampled_from([USER, Scope("/repo")])


@given(
    servers,
    scopes,
    st.sampled_from([("/usr/bin/aisync", ()), ("/usr/bin/python3", ("-P", "-m", "aisync_desktop"))]),
)
def test_an_item_reads_back_from_its_launcher(
    item: McpServer, scope: Scope, program: tuple[str, tuple[str, ...]]
) -> None:
    launching = Launching(Launcher(*program), scope, "codex", {KEY: item})
    form = launching.form(KEY, item, None, anew=True)
    if form is None:
        assert not any("secret:" in value for value in item.env.values()) or unsettled(str(scope), item.fields())
        return
    assert "secret:" not in json.dumps(form.fields())
    assert is_launcher(KEY, scope, form)
    assert read_as(KEY, form, item) == item
    seen = launching.seen({KEY: form})
    assert (seen.items, seen.spelled, seen.unknown) == ({KEY: item}, {KEY: form}, frozenset())
    assert launching.form(KEY, item, form) == form


@given(servers, scopes)
def test_what_is_no_launcher_is_read_as_it_is(item: McpServer, scope: Scope) -> None:
    seen = Launching(scope=scope, consents=Consents(), meant={KEY: McpServer(command="else")}).seen({KEY: item})
    assert (seen.items, seen.spelled) == ({KEY: item}, {})


@pytest.mark.parametrize(
    "line",
    [
        '"command": "${HOME}/x"',
        '"command": "./x"',
        '"command": "x", "args": ["-y", "${A}"]',
    ],
)
def test_what_its_caller_would_choose_is_not_launched(engine: Engine, clients: Clients, line: str) -> None:
    engine.adopt("user")
    entry = f'"s": {{{line}, "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    engine.sync("watch")
    (decision,) = engine.plan().decisions
    assert decision.choices == ("copy", "leave")


def test_a_launcher_whose_item_came_to_depend_on_its_caller_is_told_of(
    launched: Engine, clients: Clients, world: World
) -> None:
    clients.replace("claude-code", '"-v"', '"${HOME}/server.py"')
    launched.sync("watch")
    (decision,) = launched.plan().decisions
    assert decision.choices == ("copy", "leave")
    told = [one for one in examine(look(world), world) if one.code == "doctor.launch-depends"]
    assert {one.client for one in told} == {*OTHERS}
    assert not any(one.repairs for one in told)


@pytest.mark.parametrize("name", ["-x", "$HOME", "a{b}", "%PATH%", "", "a`b`", CANARY])
def test_a_name_that_a_client_or_a_shell_might_act_upon_is_not_launched(name: str) -> None:
    item = McpServer(command="x", env={"TOKEN": "secret:0123456789abcdef"})
    assert Launching(Launcher("/bin/aisync")).form(ItemKey(Kind.MCP, name), item, None, anew=True) is None


def test_a_value_that_only_launchers_hand_over_can_be_changed(launched: Engine, clients: Clients, world: World) -> None:
    (found,) = [one for finding in examine(look(world), world) for one in finding.repairs if one.cure is Cure.LAUNCH]
    launched.repair([found])
    assert not any(CANARY.encode() in data for data in clients.bytes().values())
    before = clients.bytes()
    (reference,) = references(launched.plan().scopes[0].after.mcp["s"].fields())
    launched.set_secret(reference, ROTATED)
    assert clients.bytes() == before
    (fresh,) = references(launched.plan().scopes[0].after.mcp["s"].fields())
    with closing(Reader.of(world)) as reader:
        assert (world.safe(reader).get(fresh), world.safe(reader).get(reference)) == (ROTATED, CANARY)
    rest(launched)


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_a_secret_that_comes_back_makes_its_file_private(launched: Engine, clients: Clients, world: World) -> None:
    path = clients.paths["claude-code"]
    before = path.read_bytes()
    (found,) = [one for finding in examine(look(world), world) for one in finding.repairs if one.cure is Cure.LAUNCH]
    launched.repair([found])
    path.chmod(0o644)
    launched.undo()
    assert (path.read_bytes() == before, stat.S_IMODE(path.stat().st_mode)) == (True, 0o600)


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_a_launcher_leaves_the_mode_of_a_file_as_it_is(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.paths["codex"].chmod(0o644)
    clients.replace(
        "claude-code", '"mcpServers": {', f'"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}},'
    )
    engine.sync("watch")
    settle(engine, "launch")
    assert stat.S_IMODE(clients.paths["codex"].stat().st_mode) == 0o644


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_a_new_file_that_a_secret_comes_into_is_private(engine: Engine, clients: Clients) -> None:
    clients.paths["rovodev"].unlink()
    engine.adopt("user")
    clients.replace(
        "claude-code", '"mcpServers": {', f'"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}},'
    )
    engine.sync("watch")
    settle(engine, "copy")
    assert CANARY in clients.paths["rovodev"].read_text()
    assert stat.S_IMODE(clients.paths["rovodev"].stat().st_mode) == 0o600

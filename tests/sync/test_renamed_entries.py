"""A new name is an edit of the name: at every client the entry stays where it is, with all that it has besides."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import Busy
from aisync_desktop.files.protocol import Disk, Keep, Reading, Replaced
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from tests.helpers.clients import Clients
from tests.helpers.clock import LeapingClock
from tests.helpers.one_by_one import OneByOne

CODEX_OWN = """
# what I keep there
[mcp_servers.github]
command = "npx"
args = ["-y", "server-github"]
required = true # mine
supports_parallel_tool_calls = true
"""


@pytest.fixture
def owned(engine: Engine, clients: Clients) -> Engine:
    """Clients that have more in an entry than Claude can say."""
    with clients.paths["codex"].open("a", encoding="utf-8") as file:
        file.write(CODEX_OWN)
    engine.adopt("user")
    clients.replace("qwen-code", '"github": {', '"github": { "trust": true, "description": "my own",')
    engine.sync("watch")
    return engine


def _rename(clients: Clients) -> None:
    clients.replace("claude-code", '"github": {', '"hub": {')


def _keeps_all(clients: Clients, name: str) -> None:
    qwen, codex = clients.servers("qwen-code"), clients.servers("codex")
    assert qwen.keys() == codex.keys() == clients.servers("rovodev").keys() == {name, "files"}
    assert (qwen[name]["trust"], qwen[name]["description"]) == (True, "my own")
    assert codex[name]["required"] is True
    assert codex[name]["supports_parallel_tool_calls"] is True


def test_a_new_name_takes_along_what_only_one_client_knows(owned: Engine, clients: Clients) -> None:
    before = clients.paths["codex"].read_text(encoding="utf-8")
    _rename(clients)
    owned.sync("watch")
    _keeps_all(clients, "hub")
    assert clients.paths["codex"].read_text(encoding="utf-8") == before.replace("mcp_servers.github", "mcp_servers.hub")
    assert owned.sync("watch").written == ()


def test_modes_of_approval_go_with_their_server(engine: Engine, clients: Clients) -> None:
    with clients.paths["codex"].open("a", encoding="utf-8") as file:
        file.write(CODEX_OWN + '\n[mcp_servers.github.tools.search]\napproval_mode = "prompt"\n')
    engine.adopt("user")
    _rename(clients)
    engine.sync("watch")
    assert clients.servers("codex")["hub"]["tools"] == {"search": {"approval_mode": "prompt"}}
    engine.sync("watch")  # to others that has come as a rule about another server
    assert "mcp__hub__search" in (clients.home / ".claude" / "settings.json").read_text(encoding="utf-8")
    assert (engine.sync("watch").written, engine.status().health) == ((), Health.IN_STEP)


def test_there_and_back_again_is_the_same_file(owned: Engine, clients: Clients) -> None:
    before = clients.bytes()
    _rename(clients)
    owned.sync("watch")
    clients.replace("claude-code", '"hub": {', '"github": {')
    owned.sync("watch")
    assert clients.bytes() == before


@pytest.mark.parametrize("back", ["undo", "rollback"])
def test_going_back_over_a_new_name_keeps_what_was_added_since(owned: Engine, clients: Clients, back: str) -> None:
    _rename(clients)
    owned.sync("watch")
    clients.replace("qwen-code", '"trust": true', '"trust": true, "alwaysLoadTools": true')
    owned.sync("watch")
    if back == "undo":
        owned.undo()
    else:
        owned.rollback(owned._store.snapshots()[1].id)
    _keeps_all(clients, "github")
    assert clients.servers("qwen-code")["github"]["alwaysLoadTools"] is True


class _Stubborn(OneByOne, RealDisk):
    """A disk on which one file cannot be written for a while."""

    busy: Path | None = None

    def replace(self, expected: Reading, data: bytes, *, keep: Keep, **more: object) -> Replaced:
        if expected.path == self.busy:
            raise Busy(expected.path)
        return RealDisk.replace(self, expected, data, keep=keep, **more)  # type: ignore[arg-type]


@pytest.fixture
def disk() -> Disk:
    return _Stubborn(LeapingClock())


@pytest.mark.parametrize("restarted", [False, True])
def test_a_client_that_could_not_be_written_gets_the_new_name_later_and_keeps_all(
    owned: Engine, clients: Clients, world: World, disk: _Stubborn, *, restarted: bool
) -> None:
    disk.busy = clients.paths["codex"]
    _rename(clients)
    owned.sync("watch")
    assert "github" in clients.servers("codex")
    disk.busy = None
    if restarted:
        owned.close()
    later = open_engine(world) if restarted else owned
    later.sync("user", patient=False)
    _keeps_all(clients, "hub")
    later.sync("watch")  # which finds that nobody is behind any more
    assert later._rounds.known.of(later._rounds.survey.endpoints[0].scope).renamed == frozenset()
    if restarted:
        later.close()


def test_an_answer_about_two_new_names_keeps_the_entry_too(owned: Engine, clients: Clients) -> None:
    _rename(clients)
    clients.replace("qwen-code", '"github": {', '"gh": {')
    owned.sync("watch")
    (asked,) = owned.status().decisions
    owned.decide(asked.id, "claude-code")
    _keeps_all(clients, "hub")


def test_who_cannot_have_the_new_name_keeps_the_entry_under_the_old_one(owned: Engine, clients: Clients) -> None:
    path = clients.home / ".config" / "opencode" / "opencode.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"mcp": {"github": {"type": "local", "command": ["npx", "-y", "server-github"], "zz": 1}}}')
    owned.sync("user", patient=False)
    clients.replace("codex", "[mcp_servers.github]", "[mcp_servers.hub]")
    owned.sync("watch")
    assert json.loads(path.read_text(encoding="utf-8"))["mcp"]["hub"]["zz"] == 1


def test_a_rule_with_keys_of_its_own_is_its_file_under_another_name(engine: Engine, clients: Clients) -> None:
    ours, theirs = (clients.home / folder / "rules" for folder in (".claude", ".qwen"))
    for folder in (ours, theirs):
        folder.mkdir(parents=True)
        (folder / "tests.md").write_text("---\npaths:\n  - 'tests/**'\n---\n\nTest first.\n", encoding="utf-8")
    engine.adopt("user")
    own = (theirs / "tests.md").read_text(encoding="utf-8").replace("---\n\n", "owner: me # mine\n---\n\n")
    (theirs / "tests.md").write_text(own, encoding="utf-8")
    engine.sync("watch")
    (ours / "tests.md").rename(ours / "testing.md")
    engine.sync("watch")
    assert sorted(path.name for path in theirs.iterdir()) == ["testing.md"]
    assert (theirs / "testing.md").read_text(encoding="utf-8") == own
    assert engine.status().health is Health.IN_STEP


def test_while_two_items_of_one_new_name_are_asked_about_others_keep_both(owned: Engine, clients: Clients) -> None:
    _rename(clients)
    clients.replace("codex", "[mcp_servers.files]", "[mcp_servers.hub]")
    before = clients.bytes()
    for _ in range(2):
        owned.sync("user", patient=False)
        assert [one.item for one in owned.status().decisions] == ["mcp/hub"]
        assert clients.bytes() == before


@pytest.fixture
def contested(owned: Engine, clients: Clients) -> Engine:
    """A question about Codex's list of tools, which is far from what was agreed there; Qwen has keys of its own."""
    clients.replace("qwen-code", '"trust": true', '"trust": true, "excludeTools": ["read", "write", "list"]')
    owned.sync("watch")
    clients.replace("qwen-code", '"excludeTools": ["read", "write", "list"]', '"excludeTools": ["write", "list"]')
    owned.sync("watch")  # Codex keeps its three, until it is said that one of them may be opened there
    codex = clients.paths["codex"]
    said = tomllib.loads(codex.read_text(encoding="utf-8"))["mcp_servers"]["github"]["disabled_tools"]
    assert sorted(said) == ["list", "read", "write"]
    lines = codex.read_text(encoding="utf-8").splitlines(keepends=True)
    codex.write_text("".join(line for line in lines if "disabled_tools" not in line), encoding="utf-8")
    owned.sync("watch")
    assert [one.item for one in owned.status().decisions if one.kind == "conflict"] == ["mcp/github"]
    return owned


def _asked(engine: Engine, item: str) -> str:
    return next(one.id for one in engine.status().decisions if one.kind == "conflict" and one.item == item)


@pytest.mark.parametrize("take", ["codex", "base"])
@pytest.mark.parametrize("restarted", [False, True])
def test_a_question_goes_along_with_a_new_name(
    contested: Engine, clients: Clients, world: World, take: str, *, restarted: bool
) -> None:
    clients.replace("codex", "[mcp_servers.github]", "[mcp_servers.hub]")
    if restarted:
        contested.close()
    engine = open_engine(world) if restarted else contested
    before = clients.bytes()
    for _ in range(2):
        engine.sync("user", patient=False)
        assert clients.bytes() == before
    engine.decide(_asked(engine, "mcp/hub"), take)
    _keeps_all(clients, "hub")
    hidden = {"codex": "disabled_tools", "qwen-code": "excludeTools"}
    left = {client: sorted(clients.servers(client)["hub"].get(field, [])) for client, field in hidden.items()}
    opened = [] if take == "codex" else ["list", "write"]
    assert left == {"codex": opened, "qwen-code": ["list", "write"]}  # which opens only by a question of its own
    if restarted:
        engine.close()

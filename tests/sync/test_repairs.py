"""What the doctor does about secrets that lie where they should not."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import ItemKey, Kind, McpServer
from aisync_desktop.files.git_index import is_tracked
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.repairing import RepairPreviewRequest, RepairRequest
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.repairs import Cure, NoSuchRepairError, Repair, chosen, mending
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.planning.secret_variables import referring, variables
from aisync_desktop.sync.reports.doctor import Finding, examine
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.terms.launchers import is_launcher
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
KEY = ItemKey(Kind.MCP, "s")
posix = pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A project whose .mcp.json holds a secret."""
    root = tmp_path / "home" / "repo"
    root.mkdir(parents=True)
    entry = {"command": "x", "env": {"TOKEN": CANARY}}
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": {"s": entry}}))
    return root


@pytest.fixture
def keeping(engine: Engine, repo: Path) -> Engine:
    """An engine that keeps the project in step; its other clients are left without the secret."""
    engine.adopt("user")
    engine.add_project(str(repo))
    allow_servers(engine)
    (decision,) = engine.plan().decisions
    engine.decide(decision.id, "leave")
    return engine


def findings(world: World, code: str) -> list[Finding]:
    return [finding for finding in examine(look(world), world) if finding.code == code]


def offered(world: World, code: str, cure: Cure) -> Repair:
    (repair,) = {one for finding in findings(world, code) for one in finding.repairs if one.cure is cure}
    return repair


def entry_of(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text())["mcpServers"]["s"]
    return found


def test_a_variable_takes_the_place_of_a_secret_in_a_project(keeping: Engine, world: World, repo: Path) -> None:
    repair = offered(world, "doctor.secret-in-project", Cure.REFERENCE)
    assert repair.unasked
    before = (repo / ".mcp.json").read_bytes()
    keeping.repair([repair])
    assert entry_of(repo / ".mcp.json")["env"] == {"TOKEN": "${TOKEN}"}
    assert 'env_vars = ["TOKEN"]' in (repo / ".codex" / "config.toml").read_text()  # in Codex's own words
    assert findings(world, "doctor.secret-in-project") == []
    assert keeping.status().health is Health.IN_STEP
    keeping.undo()
    assert (repo / ".mcp.json").read_bytes() == before


def test_a_launcher_takes_the_place_of_a_secret(keeping: Engine, world: World, repo: Path) -> None:
    repair = offered(world, "doctor.secret-in-project", Cure.LAUNCH)
    keeping.repair([repair])
    item = McpServer.model_validate({"transport": "stdio", **entry_of(repo / ".mcp.json")})
    assert is_launcher(KEY, repair.scope, item)
    assert CANARY not in (repo / ".mcp.json").read_text()
    assert findings(world, "doctor.secret-in-project") == []
    assert keeping.sync("watch").written == ()


def test_a_launcher_is_taken_back_by_itself_and_not_put_in_again(keeping: Engine, world: World, repo: Path) -> None:
    before = (repo / ".mcp.json").read_bytes()
    keeping.repair([offered(world, "doctor.secret-in-project", Cure.LAUNCH)])
    keeping.undo()
    assert (repo / ".mcp.json").read_bytes() == before
    assert keeping.sync("watch").written == ()
    assert keeping.status().health is Health.IN_STEP


def test_a_secret_of_the_users_own_is_taken_out_only_if_that_is_asked_for(
    engine: Engine, clients: Clients, world: World
) -> None:
    engine.adopt("user")
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    engine.sync("watch")
    repair = offered(world, "doctor.secret", Cure.LAUNCH)
    assert repair.id not in {one.id for one in RepairPreviewRequest().run(world).repairs}
    assert RepairRequest(ids=(repair.id,)).run(engine, world).written == (str(clients.paths["claude-code"]),)
    assert CANARY.encode() not in clients.paths["claude-code"].read_bytes()
    kept = [path for path in world.places.state.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert kept == []


def test_a_launcher_whose_program_is_gone_is_written_anew(keeping: Engine, world: World, repo: Path) -> None:
    keeping.repair([offered(world, "doctor.secret-in-project", Cure.LAUNCH)])
    written, now = (repo / ".mcp.json").read_bytes(), entry_of(repo / ".mcp.json")
    moved = {"mcpServers": {"s": {**now, "command": "/gone/aisync", "args": ["exec", "s", "--project", str(repo)]}}}
    (repo / ".mcp.json").write_text(json.dumps(moved))
    assert keeping.sync("watch").written == ()
    keeping.repair([offered(world, "doctor.no-command", Cure.LAUNCH)])
    assert entry_of(repo / ".mcp.json") == now
    assert b"secret:" not in written
    assert keeping.status().health is Health.IN_STEP


LAUNCH_CHANGED = "doctor.launch-changed"


def launch(engine: Engine, clients: Clients, command: str) -> None:
    """Have the other clients launch a server."""
    engine.adopt("user")
    entry = f'"s": {{"command": {json.dumps(command)}, "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    engine.sync("watch")
    (decision,) = engine.plan().decisions
    engine.decide(decision.id, "launch")


def tool(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o755)
    return str(path)


def agreeing(world: World, client: str = "codex") -> Repair:
    (repair,) = [one for at in findings(world, LAUNCH_CHANGED) if at.client == client for one in at.repairs]
    return repair


@posix
def test_a_repair_agrees_to_the_program_that_was_shown_and_to_none_that_came_after(
    engine: Engine, clients: Clients, world: World, tmp_path: Path
) -> None:
    first, second, third = (tool(tmp_path / name) for name in ("first", "second", "third"))
    launch(engine, clients, first)
    assert findings(world, LAUNCH_CHANGED) == []
    clients.replace("claude-code", first, second)
    engine.sync("watch")
    shown = agreeing(world)
    assert shown.summary.params["program"] == second
    clients.replace("claude-code", second, third)
    RepairRequest(ids=(shown.id,)).run(engine, world)
    again = agreeing(world)
    assert (again.summary.params["program"], again.id != shown.id) == (third, True)
    with pytest.raises(NoSuchRepairError):
        RepairRequest(ids=(shown.id,)).run(engine, world)
    RepairRequest(ids=(again.id,)).run(engine, world)
    assert findings(world, LAUNCH_CHANGED) == []


def test_nothing_is_agreed_to_unless_the_user_names_it(engine: Engine, clients: Clients, world: World) -> None:
    launch(engine, clients, "no-such-program")
    clients.replace("claude-code", "no-such-program", sys.executable)
    engine.sync("watch")
    moved = clients.paths["qwen-code"]
    own = clients.servers("qwen-code")["s"]["command"]
    moved.write_text(moved.read_text().replace(json.dumps(own), '"/gone/aisync"'))
    engine.sync("watch")
    assert findings(world, "doctor.no-command")
    RepairRequest().run(engine, world)
    assert len(findings(world, LAUNCH_CHANGED)) == 3
    RepairRequest(ids=(agreeing(world, "qwen-code").id,)).run(engine, world)
    assert findings(world, LAUNCH_CHANGED) == []
    assert clients.servers("qwen-code")["s"]["command"] == own


@posix
def test_a_program_is_agreed_to_as_who_asks_was_shown_it(
    engine: Engine, clients: Clients, world: World, tmp_path: Path
) -> None:
    program = tool(tmp_path / "bin" / "tool")
    launch(engine, clients, "tool")
    (missing, *_) = findings(world, "doctor.launch-missing")
    assert missing.repairs == ()
    shell = replace(world, environ={"PATH": str(tmp_path / "bin")})
    shown = agreeing(shell)
    assert shown.agreed.program == program
    with pytest.raises(NoSuchRepairError):
        RepairRequest(ids=(shown.id,)).run(engine, world)
    RepairRequest(ids=(shown.id,), path=str(tmp_path / "bin")).run(engine, world)
    for here in (world, shell):
        assert not findings(here, LAUNCH_CHANGED)
        assert not findings(here, "doctor.launch-missing")


def test_what_a_repair_would_write_is_known_before(keeping: Engine, world: World, repo: Path) -> None:
    repair = offered(world, "doctor.secret-in-project", Cure.LAUNCH)
    before = (repo / ".mcp.json").read_bytes()
    planned = look(world, mending=mending([repair])).plan
    assert [target.path for target in planned.targets] == [repo / ".mcp.json"]
    assert (repo / ".mcp.json").read_bytes() == before


def test_expanded_references_are_written_back(engine: Engine, clients: Clients, world: World) -> None:
    arguments = '"args": ["-y", "server-github"]'
    clients.replace("claude-code", arguments, arguments + ', "env": {"LEVEL": "at ${PLACE} now"}')
    engine.adopt("user")
    clients.replace("qwen-code", "${PLACE}", "hunter2")
    engine.sync("watch")
    repair = offered(world, "decision.leak", Cure.REFERENCE_BACK)
    assert RepairPreviewRequest(ids=(repair.id,)).run(world).writes == (str(clients.paths["qwen-code"]),)
    RepairRequest().run(engine, world)
    assert repair.unasked
    assert clients.servers("qwen-code")["github"]["env"] == {"LEVEL": "at ${PLACE} now"}


@posix
def test_files_and_copies_with_secrets_are_made_private(keeping: Engine, world: World, repo: Path) -> None:
    copy = repo / ".mcp.json.bak"
    copy.write_bytes((repo / ".mcp.json").read_bytes())
    copy.chmod(0o644)
    (repo / ".mcp.json").chmod(0o664)
    repairs = [offered(world, code, Cure.PRIVATE) for code in ("doctor.open-file", "doctor.copy")]
    keeping.repair(repairs)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (repo / ".mcp.json", copy)] == [0o600, 0o600]
    assert not findings(world, "doctor.open-file")
    assert not [one for finding in findings(world, "doctor.copy") for one in finding.repairs]


def test_a_repair_that_is_not_offered_is_refused(world: World) -> None:
    with pytest.raises(NoSuchRepairError):
        chosen([], ["deadbeef"])


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_a_secret_in_a_file_that_git_keeps_is_found(keeping: Engine, world: World, repo: Path, version: str) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(repo), *words], check=True, capture_output=True)

    git("init")
    (repo / "other").mkdir()
    for name in ("a", ".mcp", "other/.mcp.json", ".mcp.json.old"):
        (repo / name).write_text(name)
    git("add", "a", ".mcp", "other", ".mcp.json.old")
    git("update-index", "--index-version", version)
    assert not findings(world, "doctor.tracked")
    git("add", "-f", ".mcp.json")
    if version == "3":
        git("add", "--intent-to-add", "--", ".mcp.json")
    assert [finding.path for finding in findings(world, "doctor.tracked")] == [str(repo / ".mcp.json")]
    assert is_tracked(repo / "other" / ".mcp.json")
    assert not is_tracked(repo / "other" / "a")


@given(st.binary(max_size=400), st.sampled_from([b"", b"DIRC\0\0\0\2", b"DIRC\0\0\0\4\0\0\0\5"]))
def test_whatever_an_index_holds_it_is_only_read(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / ".git").mkdir()
    (folder / ".git" / "index").write_bytes(head + data)
    assert is_tracked(folder / "x") in {True, False}


values = st.text(st.characters(exclude_characters="$:"), max_size=5)
sealed = st.integers(0, 3).map(lambda number: f"secret:{number:016x}")
texts = st.lists(st.one_of(values, sealed), max_size=3).map(" ".join)


@given(st.dictionaries(st.text(max_size=4), texts), st.lists(texts), st.text(min_size=1, max_size=6))
def test_no_secret_is_left_and_each_has_one_variable(env: dict[str, str], args: list[str], name: str) -> None:
    key, item = ItemKey(Kind.MCP, name), McpServer(command="x", env=env, args=tuple(args))
    names = variables(key, item)
    assert len(set(names.values())) == len(names)
    after = json.dumps(referring(key, item).fields())
    assert not any(reference in after for reference in names)
    assert all(f"${{{name}}}" in after for name in names.values())


def test_a_preview_names_the_files_and_writes_none(keeping: Engine, world: World, repo: Path) -> None:
    before = (repo / ".mcp.json").read_bytes()
    repair = offered(world, "doctor.secret-in-project", Cure.LAUNCH)
    shown = RepairPreviewRequest(ids=(repair.id,)).run(world)
    assert [one.id for one in shown.repairs] == [repair.id]
    assert str(repo / ".mcp.json") in shown.writes
    assert (repo / ".mcp.json").read_bytes() == before

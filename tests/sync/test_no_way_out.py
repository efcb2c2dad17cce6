"""A project cannot reach out of itself: what hostile repositories tried, and variations of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from aisync_desktop.clients.items import Scope
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import HardLinked, LeadsOut, NotAFile, SharedFile
from aisync_desktop.files.temps import temp_name
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import ClientState
from aisync_desktop.sync.reports.allowed import rulebooks
from aisync_desktop.sync.reports.doctor import examine
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.projects import NoProjectError
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers

MEMORY = Path("/dev", "shm")
EVIL = b'{\n  "mcpServers": {\n    "evil": {"command": "sh", "args": ["-c", "$(touch /tmp/owned)"]}\n  }\n}\n'


@pytest.fixture
def repo(clients: Clients) -> Path:
    root = clients.home / "src" / "repo"
    root.mkdir(parents=True)
    return root


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    assert clients.home.is_dir()
    engine.adopt("user")
    return engine


def outside(clients: Clients, repo: Path) -> dict[Path, bytes]:
    """Return everything in the home folder that is no part of the project."""
    files = (one for one in clients.home.rglob("*") if repo not in one.parents and one.is_file())
    return {one: one.read_bytes() for one in files}


def _profile(repo: Path, home: Path) -> None:
    """Have the servers written where a shell would run what they say."""
    (repo / ".mcp.json").write_bytes(EVIL)
    (repo / ".codex").mkdir()
    (repo / ".codex" / "config.toml").symlink_to(os.path.relpath(home / ".bash_profile", repo / ".codex"))


def _users_servers(repo: Path, home: Path) -> None:
    """Have the project's servers be those of the user."""
    (repo / ".codex").mkdir()
    (repo / ".codex" / "config.toml").write_text('[mcp_servers.evil]\ncommand = "sh"\n')
    (repo / ".mcp.json").symlink_to(home / ".claude.json")


def _users_folder(repo: Path, home: Path) -> None:
    (repo / ".mcp.json").write_bytes(EVIL)
    (repo / ".codex").symlink_to(os.path.relpath(home / ".codex", repo))


def _rules(repo: Path, home: Path) -> None:
    (home / "diary.md").write_bytes(b"private\n")
    (repo / "AGENTS.md").symlink_to(home / "diary.md")
    (repo / "CLAUDE.md").write_bytes(b"Write tests.\n")


def _rules_folder(repo: Path, home: Path) -> None:
    (home / "notes").mkdir()
    (home / "notes" / "mine.md").write_bytes(b"private\n")
    (repo / ".claude").mkdir()
    (repo / ".claude" / "rules").symlink_to(home / "notes")


def _permissions(repo: Path, home: Path) -> None:
    (home / ".claude").mkdir(exist_ok=True)
    (home / ".claude" / "settings.json").write_bytes(b'{"permissions": {"allow": ["Bash(ls)"]}}\n')
    (repo / ".claude").mkdir()
    (repo / ".claude" / "settings.json").symlink_to("../../../.claude/settings.json")


def _nested(repo: Path, home: Path) -> None:
    """Go out through a repository inside, by a link that has an innocent look."""
    (repo / ".mcp.json").write_bytes(EVIL)
    (repo / "vendor").mkdir()
    (repo / "vendor" / "codex").symlink_to(home / ".codex")
    (repo / ".codex").symlink_to("vendor/codex")


def _hard_link(repo: Path, home: Path) -> None:
    (repo / ".mcp.json").write_bytes(EVIL)
    (repo / ".codex").mkdir()
    (repo / ".codex" / "config.toml").hardlink_to(home / ".codex" / "config.toml")


def _device(repo: Path, home: Path) -> None:
    assert home.is_dir()
    (repo / ".mcp.json").symlink_to("/dev/zero")


def _pipe(repo: Path, home: Path) -> None:
    assert home.is_dir()
    os.mkfifo(repo / ".mcp.json")


ATTACKS = [
    (_profile, LeadsOut),
    (_users_servers, LeadsOut),
    (_users_folder, LeadsOut),
    (_rules, LeadsOut),
    (_rules_folder, LeadsOut),
    (_permissions, LeadsOut),
    (_nested, LeadsOut),
    (_hard_link, HardLinked),
    (_device, LeadsOut),
    (_pipe, NotAFile),
]


@pytest.mark.parametrize(("attack", "problem"), ATTACKS)
def test_nothing_outside_is_changed_or_copied(
    adopted: Engine, clients: Clients, repo: Path, attack: Callable[[Path, Path], None], problem: type[WorldError]
) -> None:
    attack(repo, clients.home)
    before, known = outside(clients, repo), adopted.plan().scopes[0].after

    adopted.add_project(str(repo))
    adopted.sync("user")
    adopted.sync("watch", patient=False)

    assert outside(clients, repo) == before
    plan = adopted.plan()
    assert plan.scopes[0].after == known
    assert [type(found) for state, found in plan.problems if state.scope.root == str(repo)].count(problem)
    assert not any(b"private" in one.read_bytes() for one in repo.rglob("*") if one.is_file() and not one.is_symlink())
    assert not any("github" in str(one.after) or "files" in str(one.after) for one in plan.scopes[1:])


@pytest.mark.parametrize(("attack", "problem"), ATTACKS)
def test_what_turns_into_one_later_is_neither_absent_nor_deleted(
    adopted: Engine, clients: Clients, repo: Path, attack: Callable[[Path, Path], None], problem: type[WorldError]
) -> None:
    for name in (".mcp.json", "AGENTS.md"):
        (repo / name).write_bytes(b"{}\n" if name == ".mcp.json" else b"Be kind.\n")
    adopted.add_project(str(repo))
    unified = adopted.plan().scopes[1].after
    for one in (".mcp.json", "AGENTS.md", "CLAUDE.md", ".codex", ".claude"):
        if (repo / one).is_dir():
            (repo / one).rename(repo / f"old{one}")
        else:
            (repo / one).unlink(missing_ok=True)
    attack(repo, clients.home)
    before = outside(clients, repo)

    adopted.sync("watch", patient=False)

    assert outside(clients, repo) == before
    plan = adopted.plan()
    assert problem in [type(found) for _, found in plan.problems]
    if problem is LeadsOut and attack is _rules:
        assert plan.scopes[1].after == unified


def test_everything_else_goes_on_and_it_is_taken_up_again_once_the_link_is_gone(
    adopted: Engine, clients: Clients, repo: Path
) -> None:
    _users_folder(repo, clients.home)
    adopted.add_project(str(repo))
    status = adopted.status()
    states = {(one.id, one.scope): one.state for one in status.clients}
    assert states["codex", f"project:{repo}"] is ClientState.UNREADABLE
    assert states["codex", "user"] is ClientState.IN_STEP
    clients.add("claude-code", "more")
    adopted.sync("user")
    assert "more" in clients.servers("codex")

    (repo / ".codex").unlink()
    adopted.sync("user")
    allow_servers(adopted)

    assert not adopted.plan().problems
    assert (repo / ".codex" / "config.toml").is_file()


def test_the_doctor_names_the_link_and_where_it_leads(
    adopted: Engine, world: World, clients: Clients, repo: Path
) -> None:
    _profile(repo, clients.home)
    adopted.add_project(str(repo))

    found = [one for one in examine(look(world), world) if one.code == "files.leads_out.message"]

    assert {one.path for one in found} == {str(repo / ".codex" / "config.toml")}
    assert all(str(clients.home / ".bash_profile") in one.message.english() for one in found)


def test_the_doctor_finds_links_out_where_clients_would_look_that_are_not_there(
    adopted: Engine, world: World, clients: Clients, repo: Path
) -> None:
    for name in (".cursor", ".gemini"):
        (repo / name).symlink_to(clients.home)
    (repo / ".vscode").mkdir()
    (repo / ".vscode" / "mcp.json").symlink_to(clients.home / "none.json")
    adopted.add_project(str(repo))
    assert not adopted.plan().problems

    found = [one for one in examine(look(world), world) if one.code == "files.leads_out.message"]

    assert {one.path for one in found} >= {str(repo / ".cursor" / "mcp.json"), str(repo / ".vscode" / "mcp.json")}
    assert len(found) == len({one.path for one in found})


def test_before_a_project_is_added_the_plan_says_so(
    adopted: Engine, world: World, clients: Clients, repo: Path
) -> None:
    assert adopted.adopted
    _profile(repo, clients.home)

    found = look(world, project=Scope(str(repo)))

    assert LeadsOut in [type(error) for _, error in found.plan.problems]
    assert not [target.path for target in found.plan.targets if target.path.is_relative_to(repo / ".codex")]


def test_the_users_own_link_into_a_checkout_works_until_the_checkout_is_a_project(
    adopted: Engine, clients: Clients, repo: Path
) -> None:
    link, real = clients.paths["claude-code"], repo / ".mcp.json"
    link.rename(real)
    link.symlink_to(real)
    clients.add("codex", "more")
    adopted.sync("user")
    assert link.is_symlink()
    assert "more" in json.loads(real.read_bytes())["mcpServers"]

    adopted.add_project(str(repo))
    adopted.sync("user")

    problems = {state.scope: type(error) for state, error in adopted.plan().problems}
    assert problems == {Scope(str(repo)): SharedFile}
    clients.add("codex", "again")
    adopted.sync("user")
    assert "again" in json.loads(real.read_bytes())["mcpServers"]
    assert link.is_symlink()


def test_a_word_for_a_file_is_not_one_for_what_a_link_puts_in_its_place(engine: Engine, clients: Clients) -> None:
    link, real, other = clients.paths["codex"], clients.home / "one.toml", clients.home / "other.toml"
    link.rename(real)
    other.write_bytes(real.read_bytes())
    link.symlink_to(real)
    proposal = engine.propose()
    assert [one.elsewhere for one in proposal.plan.targets if one.path == link] == [real]

    link.unlink()
    link.symlink_to(other)

    assert engine.propose().agreed != proposal.agreed


def test_of_two_projects_the_one_that_has_the_file_in_place_keeps_it(adopted: Engine, repo: Path) -> None:
    inner = repo / "part"
    inner.mkdir()
    (inner / "AGENTS.md").write_bytes(b"Be kind.\n")
    (repo / "AGENTS.md").symlink_to("part/AGENTS.md")
    adopted.add_project(str(repo))
    adopted.add_project(str(inner))

    problems = {state.scope: type(error) for state, error in adopted.plan().problems}

    assert problems == {Scope(str(repo)): SharedFile}


def test_what_a_crash_left_in_a_project_that_was_given_up_is_not_cleared_through_a_link(
    adopted: Engine, world: World, clients: Clients, repo: Path
) -> None:
    path, theirs = repo / ".mcp.json", clients.home / "theirs.json"
    path.write_bytes(EVIL)
    adopted.add_project(str(repo))
    allow_servers(adopted)
    adopted.remove_project(str(repo))
    adopted.close()
    with closing(Store.open(world.database, world.clock, world.keys())) as store:
        target = records.Target("claude-code", str(path), "a", "b")
        store.begin_sync(records.SyncStart(f"project:{repo}", "sync", "user", targets=(target,)))
    path.unlink()
    path.symlink_to(theirs)
    left = temp_name(theirs, "swap")
    left.write_bytes(b"{}")

    again = open_engine(replace(world, disk=RealDisk(world.clock)))
    assert again.recover() == 1
    again.close()

    assert left.exists()
    assert not theirs.exists()


def test_a_look_at_a_folder_that_is_no_project_binds_nobody_else(
    adopted: Engine, world: World, clients: Clients, tmp_path: Path
) -> None:
    real = tmp_path / "data" / "codex"
    real.parent.mkdir()
    (clients.home / ".codex").rename(real)
    (clients.home / ".codex").symlink_to(real)

    for folder in (clients.home, clients.home / ".codex"):
        look(world, project=Scope(str(folder)))
        rulebooks(world, str(folder))

    adopted.sync("user")
    assert not adopted.plan().problems
    clients.add("claude-code", "more")
    adopted.sync("user")
    assert "more" in clients.servers("codex")


@pytest.mark.parametrize("path", ["", ".", "src", "../..", "a\0b", "/no/such/folder"])
def test_what_is_no_whole_path_of_a_folder_is_refused(adopted: Engine, path: str) -> None:
    with pytest.raises(NoProjectError) as refused:
        adopted.add_project(path)
    assert refused.value.message.code in {"project.refused.relative", "project.refused.no-folder"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/etc",
        "/etc/ssl",
        "/proc",
        "/proc/self",
        "/proc/self/cwd",
        "/proc/self/root/dev/shm",
        "/sys",
        "/dev",
        "/dev/fd",
        str(MEMORY),
        "/var",
        "/usr",
        "/bin",
    ],
)
def test_what_is_the_systems_is_refused(adopted: Engine, path: str) -> None:
    with pytest.raises(NoProjectError) as refused:
        adopted.add_project(path)
    assert refused.value.message.code == "project.refused.system"


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="a machine that keeps no folder in memory")
def test_what_lies_in_memory_is_no_ones_but_its_owners(adopted: Engine) -> None:
    with TemporaryDirectory(dir=MEMORY) as folder:
        adopted.add_project(folder)
        assert [project.root for project in adopted.projects] == [folder]


def test_the_home_folder_and_what_holds_it_are_refused(adopted: Engine, clients: Clients, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    twin.symlink_to(clients.home)
    for path in (clients.home, clients.home.parent, twin):
        with pytest.raises(NoProjectError) as refused:
            adopted.add_project(str(path))
        assert refused.value.message.code == "project.refused.home"


def test_our_own_folders_are_refused(world: World, tmp_path: Path) -> None:
    around = tmp_path / "around"
    (around / "inside").mkdir(parents=True)
    engine = open_engine(replace(world, environ={"AISYNC_HOME": str(around)}))
    engine.adopt("user")
    places = world.places
    for path in (places.state, places.config, places.state / "backups", around, around / "inside"):
        path.mkdir(exist_ok=True)
        with pytest.raises(NoProjectError) as refused:
            engine.add_project(str(path))
        assert refused.value.message.code == "project.refused.ours"
    engine.close()


def test_a_clients_own_folder_is_refused_but_not_a_checkout_in_it(
    world: World, clients: Clients, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    (moved / "sessions").mkdir(parents=True)
    (clients.home / ".claude" / "skills").mkdir(parents=True)
    (clients.home / ".config").mkdir()
    engine = open_engine(replace(world, environ={"CODEX_HOME": str(moved)}))
    engine.adopt("user")
    kept = [clients.home / one for one in (".config", ".codex", ".claude", ".claude/skills")]
    for path in (moved, moved / "sessions", *kept):
        with pytest.raises(NoProjectError) as refused:
            engine.add_project(str(path))
        assert refused.value.message.code == "project.refused.client"
    checkout = moved / "worktrees" / "repo"
    checkout.mkdir(parents=True)
    (checkout / ".git").write_text("gitdir: elsewhere\n")
    engine.add_project(str(checkout))
    assert engine.projects == (Scope(str(checkout)),)
    engine.close()

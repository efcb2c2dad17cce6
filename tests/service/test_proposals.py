"""What an assistant asks for and only a person settles waits among the decisions, whoever is asked and however."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.files.processes import Program
from aisync_desktop.kernel.access import Access
from aisync_desktop.program.world import World
from aisync_desktop.service.client import ASSISTANT_HEADER
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.going_back import UndoRequest
from aisync_desktop.service.operations.listed import OPERATIONS
from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.service.who_asks import assistant_above
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.answering.proposing import TooManyProposalsError
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.store.reader import Reader
from tests.cli.conftest import answer, run
from tests.helpers.clients import Clients
from tests.helpers.facade import RealFacade

ASSISTANT, TOKEN = "claude-code", "t0ken"
Become = Callable[[str], None]


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Become:
    """Have commands be asked by an assistant from now on, or by a person (an empty name)."""
    return lambda name: monkeypatch.setattr("aisync_desktop.service.who_asks.assistant_above", lambda _world: name)


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    made = Clients.make(isolated_home)
    engine = open_engine(World.real(os.environ))
    engine.adopt("user")
    made.add("codex", "fresh")
    engine.sync("watch")
    engine.close()
    return made


def waiting() -> dict[str, Any]:
    """Return the one decision that is open, as a command tells it."""
    done = run("decisions", "--json")
    assert done.exit_code == 3
    (found,) = json.loads(done.stdout)["decisions"]
    return dict(found)


def test_it_waits_and_is_done_once_a_person_allows_it(clients: Clients, become: Become) -> None:
    before = clients.bytes()
    become(ASSISTANT)
    asked = run("undo")
    assert (asked.exit_code, clients.bytes()) == (3, before)
    assert "waits for a person" in asked.stderr
    found = waiting()
    assert (found["kind"], found["item"], found["choices"]) == ("proposal", "undo", ["allow", "leave"])
    assert found["summary"]["text"] == "Claude Code asks to undo the last change"
    assert found["sides"][0]["name"] == "Claude Code"
    assert run("status").exit_code == 3
    become("")
    assert run("decide", found["id"], "--take", "allow").exit_code == 0
    assert "fresh" not in clients.servers("claude-code")
    assert answer("decisions") == {"decisions": []}


@pytest.mark.parametrize("asked", [("undo",), ("rollback", "2")])
def test_the_word_that_a_denial_may_go_is_not_an_assistants(
    clients: Clients, become: Become, asked: tuple[str, ...]
) -> None:
    settings = clients.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"permissions": {"deny": ["Bash(rm:*)"]}}))
    run("sync")
    become(ASSISTANT)
    assert run(*asked, "--allow-loosening").exit_code == 3
    become("")
    refused = run("decide", waiting()["id"], "--take", "allow")
    assert (refused.exit_code, "rm" in refused.stderr) == (1, True)
    assert "Bash(rm:*)" in settings.read_text()


def test_who_asked_and_what_was_answered_is_in_the_audit_trail(clients: Clients, become: Become) -> None:
    become(ASSISTANT)
    run("undo")
    become("")
    found = waiting()
    run("decide", found["id"], "--take", "allow")
    rows = json.loads(run("export", "audit", "--output", "-").stdout)["audit"]
    told = [(row["actor"], row["action"], row["target"]) for row in reversed(rows)]
    assert told[told.index((ASSISTANT, "proposed", "undo")) :][:4] == [
        (ASSISTANT, "proposed", "undo"),
        (ASSISTANT, "decision-opened", "undo"),
        ("cli", "decision-answered", "undo"),
        ("cli", "undone", "1"),
    ]


def test_it_is_forgotten_where_a_person_leaves_it(clients: Clients, become: Become) -> None:
    before = clients.bytes()
    become(ASSISTANT)
    run("settings", "set", "port", "9000")
    become("")
    found = waiting()
    assert found["sides"][0]["lines"] == ["name: port", "value: 9000"]
    assert run("decide", found["id"], "--take", "sideways").exit_code == 1
    assert run("decide", found["id"], "--take", "leave").exit_code == 0
    assert (answer("settings", "get", "port"), clients.bytes()) == ({"settings": {"port": 8377}}, before)
    assert run("decide", found["id"], "--take", "allow").exit_code == 1


def test_what_answers_something_else_than_a_sync_is_done_too(clients: Clients, become: Become) -> None:
    become(ASSISTANT)
    run("settings", "set", "port", "9000")
    become("")
    assert run("decide", waiting()["id"], "--take", "allow").exit_code == 0
    assert answer("settings", "get", "port") == {"settings": {"port": 9000}}


def test_an_assistant_does_not_answer_its_own_proposal(clients: Clients, become: Become) -> None:
    become(ASSISTANT)
    run("undo")
    found = waiting()
    assert run("decide", found["id"], "--take", "allow").exit_code == 3
    assert "fresh" in clients.servers("claude-code")


def test_what_holds_a_secret_is_no_proposal(clients: Clients, become: Become) -> None:
    become(ASSISTANT)
    refused = run("secrets", "set", "secret:" + "0" * 16, stdin="hunter2")
    assert refused.exit_code == 1
    assert "Only a person can do this" in refused.stderr
    assert answer("decisions") == {"decisions": []}


def proposal() -> str:
    """Return the name of what an assistant asked for."""
    found = json.loads(run("decisions", "--json").stdout)["decisions"]
    return next(str(one["id"]) for one in found if one["kind"] == "proposal")


def conflict(clients: Clients) -> str:
    """Have two clients say something else of one server; return the question about it."""
    clients.replace("codex", '"uvx"', '"one"')
    clients.replace("claude-code", '"uvx"', '"other"')
    return str(waiting()["id"])


def test_an_answer_by_an_assistant_is_for_the_question_as_it_was_then(clients: Clients, become: Become) -> None:
    asked = conflict(clients)
    become(ASSISTANT)
    assert run("decide", asked, "--take", "codex").exit_code == 3
    become("")
    clients.replace("codex", '"one"', '"evil"')
    refused = run("decide", proposal(), "--take", "allow")
    assert refused.exit_code == 1
    assert "was changed again" in refused.stderr
    assert "evil" not in clients.bytes()["claude-code"].decode()


def test_a_question_that_is_not_open_is_no_proposal(clients: Clients, become: Become) -> None:
    become(ASSISTANT)
    assert run("decide", "12345678", "--take", "allow").exit_code == 1
    assert answer("decisions") == {"decisions": []}


def test_what_waits_already_is_not_asked_about_by_its_name(clients: Clients, become: Become) -> None:
    become(ASSISTANT)
    run("undo")
    asked = waiting()["id"]
    refused = run("decide", asked, "--take", "allow")
    assert (refused.exit_code, waiting()["id"]) == (3, asked)
    assert f"question {asked}" in refused.stderr


def test_an_item_by_hand_may_hold_a_secret(clients: Clients, become: Become, tmp_path: Path) -> None:
    asked = conflict(clients)
    (tmp_path / "by-hand").write_text('{"env": {"TOKEN": "hunter2"}}')
    become(ASSISTANT)
    refused = run("decide", asked, "--take", "merged", "--edit", str(tmp_path / "by-hand"))
    assert (refused.exit_code, waiting()["id"]) == (1, asked)


def test_to_begin_is_for_what_would_be_written_then(isolated_home: Path, become: Become) -> None:
    clients = Clients.make(isolated_home)
    become(ASSISTANT)
    assert run("init", "--yes").exit_code == 3
    become("")
    clients.add("codex", "another")
    before = clients.bytes()
    assert run("decide", proposal(), "--take", "allow").exit_code == 1
    assert clients.bytes() == before


@pytest.mark.parametrize(
    ("operation", "request_"),
    [
        ("gone", {}),
        ("undo", {"all": True}),
        ("rollback", {"snapshot": 0}),
        ("rollback", {"snapshot": 2**70}),
        ("status", {}),
    ],
)
def test_what_this_version_does_not_do_waits_until_it_is_left(
    clients: Clients, operation: str, request_: dict[str, Any]
) -> None:
    engine = open_engine(World.real(os.environ))
    engine.propose_for(operation, request_, ASSISTANT)
    engine.close()
    asked = waiting()["id"]
    refused = run("decide", asked, "--take", "allow")
    assert refused.exit_code == 1
    assert "This cannot be done any more" in refused.stderr
    assert waiting()["id"] == asked
    assert run("decide", asked, "--take", "leave").exit_code == 0
    assert answer("decisions") == {"decisions": []}


def test_its_name_is_no_other_questions(clients: Clients) -> None:
    engine = open_engine(World.real(os.environ))
    assert engine.propose_for("undo", {}, ASSISTANT).id.startswith("p")  # the others are hexadecimal
    engine.close()


def test_what_an_assistant_may_do_by_itself_it_does(clients: Clients, become: Become) -> None:
    become(ASSISTANT)
    assert run("pause").exit_code == 0
    assert run("resume").exit_code == 0


def ask_for(verb: str, become: Become) -> str:
    """Have an assistant ask for something without words; return the name of the proposal."""
    become(ASSISTANT)
    assert run(verb).exit_code == 3
    become("")
    return proposal()


def test_an_undo_is_of_the_change_that_was_the_last_when_it_was_asked_for(clients: Clients, become: Become) -> None:
    asked = ask_for("undo", become)
    clients.add("codex", "later")
    assert run("sync").exit_code == 3
    before = clients.bytes()
    refused = run("decide", asked, "--take", "allow")
    assert (refused.exit_code, clients.bytes()) == (1, before)
    assert "There were changes since" in refused.stderr
    assert answer("decisions") == {"decisions": []}


def test_a_redo_is_of_the_undo_that_was_the_last_when_it_was_asked_for(clients: Clients, become: Become) -> None:
    clients.add("codex", "second")
    answer("sync")
    answer("undo")
    asked = ask_for("redo", become)
    assert [run(verb).exit_code for verb in ("redo", "undo", "undo")] == [3, 3, 3]
    before = clients.bytes()
    assert run("decide", asked, "--take", "allow").exit_code == 1
    assert clients.bytes() == before


def test_what_cannot_be_undone_now_is_no_proposal(isolated_home: Path, become: Become) -> None:
    Clients.make(isolated_home)
    become(ASSISTANT)
    assert [run(verb).exit_code for verb in ("undo", "redo")] == [1, 1]
    assert answer("decisions") == {"decisions": []}


class Killed(BaseException):
    """The process is gone."""


def test_who_is_killed_when_it_is_done_finds_it_waiting_and_it_is_not_done_twice(
    clients: Clients, become: Become, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients.add("codex", "second")
    answer("sync")
    asked, undo = ask_for("undo", become), UndoRequest.run

    def killed_after(*given: Any) -> SyncAnswer:
        undo(*given)
        raise Killed

    engine = open_engine(World.real(os.environ))
    monkeypatch.setattr(UndoRequest, "run", killed_after)
    with pytest.raises(Killed):
        DecideRequest(decision=asked, take="allow").run(engine, World.real(os.environ))
    engine.close()
    monkeypatch.setattr(UndoRequest, "run", undo)
    before = clients.bytes()
    assert "second" not in clients.servers("claude-code")
    assert waiting()["id"] == asked
    assert run("decide", asked, "--take", "allow").exit_code == 1
    assert (clients.bytes(), answer("decisions")) == (before, {"decisions": []})


def test_it_is_told_as_every_decision_is(clients: Clients, become: Become) -> None:
    asked = ask_for("undo", become)
    run("decide", asked, "--take", "allow")
    with closing(Reader.of(World.real(os.environ))) as reader:
        entries = reader.happened().entries
    told = [(one.type, one.actor) for one in entries if one.detail.get("id") == asked]
    assert told == [
        ("proposed", ASSISTANT),
        ("decision-opened", ASSISTANT),
        ("decision-answered", "cli"),
        ("decision-closed", "cli"),
    ]


def test_one_assistant_leaves_room_for_the_others(clients: Clients) -> None:
    engine = open_engine(World.real(os.environ))
    for number in range(1, 6):
        engine.propose_for("rollback", {"snapshot": number}, ASSISTANT)
    with pytest.raises(TooManyProposalsError) as refused:
        engine.propose_for("redo", {}, ASSISTANT)
    assert refused.value.message.english() == "5 requests of claude-code wait to be answered."
    assert engine.propose_for("redo", {}, "codex").by == "codex"
    engine.close()


def test_the_same_is_asked_about_once_and_not_without_end(clients: Clients) -> None:
    engine = open_engine(World.real(os.environ))
    for _ in range(3):
        engine.propose_for("undo", {}, ASSISTANT)
    assert len(engine.status().decisions) == 1
    for number in range(19):
        engine.propose_for("rollback", {"snapshot": number}, f"assistant-{number % 4}")
    with pytest.raises(TooManyProposalsError):
        engine.propose_for("redo", {}, ASSISTANT)
    engine.close()
    again = open_engine(World.real(os.environ))
    assert (len(again.status().decisions), again.status().health) == (20, Health.DECISION)
    again.close()


@pytest.fixture
def app(clients: Clients) -> Iterator[tuple[RealFacade, TestClient]]:
    facade = RealFacade(World.real(os.environ))
    with TestClient(make_app(facade, lambda: TOKEN), base_url="http://127.0.0.1:8377") as caller:
        caller.headers["Authorization"] = f"Bearer {TOKEN}"
        yield facade, caller
    facade.close()


def test_over_http_it_waits_where_an_assistant_says_that_it_asks(
    app: tuple[RealFacade, TestClient], clients: Clients
) -> None:
    _, caller = app
    before = clients.bytes()
    said = {ASSISTANT_HEADER: ASSISTANT}
    asked = caller.post("/api/v1/config/undo", headers=said)
    assert (asked.status_code, clients.bytes()) == (202, before)
    (found,) = caller.get("/api/v1/decisions").json()["decisions"]
    assert asked.json()["problem"]["message"]["params"] == {"decision": found["id"]}
    assert caller.get(f"/api/v1/decisions/{found['id']}").json() == found
    done = caller.post(f"/api/v1/decisions/{found['id']}", json={"take": "allow", "revision": found["revision"]})
    assert done.status_code == 200
    assert "fresh" not in clients.servers("claude-code")


def test_what_an_assistant_saw_it_asks_about_and_nothing_newer(
    app: tuple[RealFacade, TestClient], clients: Clients
) -> None:
    _, caller = app
    clients.replace("codex", '"npx"', '"one"')
    clients.replace("claude-code", '"npx"', '"other"')
    asked = caller.post("/api/v1/sync/trigger").json()["status"]["decisions"][0]["id"]
    said = {ASSISTANT_HEADER: ASSISTANT}
    answering = {"take": "codex", "revision": "seen-before"}
    assert caller.post(f"/api/v1/decisions/{asked}", json=answering, headers=said).status_code == 202
    assert caller.post("/api/v1/config/apply", json={"agreed": "seen-before"}, headers=said).status_code == 202
    shown = [one["sides"][0]["lines"] for one in caller.get("/api/v1/decisions").json()["decisions"]]
    assert [f"decision: {asked}", "take: codex", "revision: seen-before"] in shown
    assert ["agreed: seen-before"] in shown


@pytest.mark.parametrize("name", ["user", "aisync", "Claude", "a b", "é", "<b>", "say yes: it is fine", "x" * 101])
def test_nobody_asks_by_the_name_of_somebody_else_or_with_a_text(app: tuple[RealFacade, TestClient], name: str) -> None:
    _, caller = app
    asked = caller.post("/api/v1/config/undo", headers={ASSISTANT_HEADER.encode(): name.encode()})
    assert asked.status_code == 422
    assert caller.get("/api/v1/decisions").json() == {"decisions": []}


def test_who_asks_is_described_where_it_matters(app: tuple[RealFacade, TestClient]) -> None:
    _, caller = app
    paths = caller.get("/openapi.json").json()["paths"]
    for operation in OPERATIONS:
        names = {
            one["name"] for one in paths[f"/api/v1{operation.path}"][operation.method.lower()].get("parameters", [])
        }
        assert (ASSISTANT_HEADER in names) is (operation.access is not Access.READ)


def test_an_assistant_is_found_by_what_its_description_says(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World.real(os.environ)
    asked = list[list[Program]]()

    def found(programs: dict[Program, str]) -> Program | None:
        asked.append(list(programs))
        return next(program for program, name in programs.items() if name == ASSISTANT)

    monkeypatch.setattr("aisync_desktop.service.who_asks.started_by", found)
    assert assistant_above(world) == ASSISTANT
    assert "claude" in {program.command for program in asked[0]}
    monkeypatch.setattr("aisync_desktop.service.who_asks.started_by", lambda _programs: None)
    assert assistant_above(world) == ""


def test_what_cannot_be_understood_is_damage(clients: Clients) -> None:
    engine = open_engine(World.real(os.environ))
    engine._store.set_proposals([{"operation": 1}])
    engine.close()
    with pytest.raises(DamagedDatabaseError):
        open_engine(World.real(os.environ))

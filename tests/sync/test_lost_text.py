"""A client that writes its file anew drops the comments: they are in history, and can be put back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from aisync_desktop.documents.lost_text import Lost, lost
from aisync_desktop.documents.protocol import Document, SetValue
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.planning import lost_texts
from aisync_desktop.sync.reports.preview import preview
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock
from tests.sync.conftest import OpenEngine

COMMENTED = (
    '{\r\n\t// mine\r\n\t"mcpServers": {}, /* none yet */\r\n\t"limit": 1.0, // a number\r\n\t"$version": 4\r\n}\r\n'
)
SERVER = {"command": "bun", "args": ["x"]}


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def opening(world: World, clock: HandClock) -> Iterator[OpenEngine]:
    """Opens engines one after the other, as a user starts the program again."""
    opened: list[Engine] = []

    def start() -> Engine:
        for engine in opened:
            engine.close()
        opened[:] = [open_engine(replace(world, clock=clock, disk=RealDisk(clock)))]
        return opened[0]

    yield start
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(opening: OpenEngine, clients: Clients) -> Engine:
    clients.paths["qwen-code"].write_bytes(COMMENTED.encode())
    opened = opening()
    opened.adopt("user")
    return opened


@pytest.fixture
def reader(world: World) -> Reader:
    return Reader(world.database, world.keys())


def held(clients: Clients) -> bytes:
    return clients.bytes()["qwen-code"]


def without_comments(text: str) -> str:
    return re.sub(r"//[^\r\n]*|/\*.*?\*/", "", text)


def rewrite(clients: Clients, change: Callable[[dict[str, Any]], object] = lambda _: None) -> bytes:
    """Have Qwen Code's file read and written again by a program that knows nothing of comments."""
    whole = json.loads(without_comments(held(clients).decode()), parse_float=lambda number: int(float(number)))
    change(whole)
    data = json.dumps(whole, indent=2).encode()
    clients.paths["qwen-code"].write_bytes(data)
    return data


def kinds(engine: Engine) -> list[str]:
    return [decision.kind for decision in engine.status().decisions]


def decide(engine: Engine, take: str) -> None:
    engine.decide(engine.status().decisions[0].id, take)


def test_dropped_comments_are_asked_about_and_put_back_to_the_byte(engine: Engine, clients: Clients) -> None:
    before = held(clients)
    written = rewrite(clients)
    engine.sync("watch")
    (asked,) = engine.status().decisions
    assert (asked.kind, asked.scope) == ("lost-text", "user")
    assert asked.summary.english() == "Qwen Code dropped 3 comments from settings.json. Put them back?"
    assert engine.status().health is Health.DECISION
    assert held(clients) == written
    decide(engine, "base")
    assert held(clients) == before
    assert engine.status().health is Health.IN_STEP
    assert engine.sync("watch").written == ()


def test_what_the_client_wrote_can_be_kept_and_is_not_asked_about_again(
    engine: Engine, opening: OpenEngine, clients: Clients
) -> None:
    written = rewrite(clients)
    engine.sync("watch")
    decide(engine, "qwen-code")
    assert held(clients) == written
    assert engine.status().health is Health.IN_STEP
    again = opening()
    again.sync("watch")
    assert kinds(again) == []


def test_comments_come_back_around_what_was_changed_since(engine: Engine, clients: Clients) -> None:
    rewrite(clients, lambda whole: (whole.update({"$version": 5}), whole["mcpServers"].update(fresh=SERVER)))
    engine.sync("watch")
    assert clients.commands()["codex"]["fresh"] == "bun"
    clients.add("codex", "later")
    engine.sync("watch")
    assert kinds(engine) == ["lost-text"]
    decide(engine, "base")
    text = held(clients).decode()
    assert text.startswith('{\r\n\t// mine\r\n\t"mcpServers": {\r\n')
    assert '"limit": 1.0, // a number\r\n' in text
    assert '"$version": 5' in text
    assert set(json.loads(without_comments(text))["mcpServers"]) == {"files", "fresh", "github", "later"}
    assert engine.status().health is Health.IN_STEP


def test_comments_that_codex_drops_with_an_item_come_back(engine: Engine, clients: Clients) -> None:
    clients.replace("codex", "[mcp_servers.files]", "# of mine\n[mcp_servers.files] # here")
    engine.sync("watch")
    before = clients.bytes()["codex"]
    clients.replace("codex", "# of mine\n", "")
    clients.replace("codex", " # here", "")
    clients.add("codex", "fresh")
    engine.sync("watch")
    assert kinds(engine) == ["lost-text"]
    assert "fresh" in clients.servers("rovodev")
    decide(engine, "base")
    assert clients.bytes()["codex"] == before + b'\n[mcp_servers.fresh]\ncommand = "npx"\n'


def test_the_answer_may_come_after_a_restart(
    engine: Engine, opening: OpenEngine, clients: Clients, world: World
) -> None:
    before = held(clients)
    rewrite(clients)
    engine.sync("watch")
    engine.close()
    assert [decision.kind for decision in preview(world).status.decisions] == ["lost-text"]
    again = opening()
    assert [decision.kind for decision in again.plan().decisions] == ["lost-text"]
    decide(again, "base")
    assert held(clients) == before
    assert kinds(opening()) == []


def test_what_was_dropped_while_nobody_looked_is_known_from_history(
    engine: Engine, opening: OpenEngine, clients: Clients
) -> None:
    clients.replace("qwen-code", "// mine", "// mine alone")
    engine.sync("watch")
    before = held(clients)
    engine.close()
    rewrite(clients)
    again = opening()
    again.sync("watch")
    assert kinds(again) == ["lost-text"]
    decide(again, "base")
    assert held(clients) == before


def test_the_version_before_is_in_history_before_anything_else_happens(
    engine: Engine, clients: Clients, reader: Reader
) -> None:
    clients.replace("qwen-code", "// mine", "// mine alone")
    engine.sync("watch")
    before = held(clients)
    written = rewrite(clients, lambda whole: whole["mcpServers"].update(fresh=SERVER))
    engine.sync("watch")
    path = str(clients.paths["qwen-code"])
    versions = [reader.blob(version.hash) for version in reader.versions(path)]
    assert versions.index(written) < versions.index(before)


def test_a_person_who_takes_out_one_comment_is_not_asked(engine: Engine, clients: Clients) -> None:
    clients.replace("qwen-code", "// a number", "")
    engine.sync("watch")
    assert kinds(engine) == []


def test_a_person_who_writes_another_comment_is_not_asked(engine: Engine, clients: Clients) -> None:
    clients.paths["codex"].write_text(clients.bytes()["codex"].decode().replace("# best", "# good"))
    engine.sync("watch")
    assert kinds(engine) == []


def test_an_open_question_ends_when_the_comments_are_there_again(engine: Engine, clients: Clients) -> None:
    before = held(clients)
    rewrite(clients)
    engine.sync("watch")
    clients.paths["qwen-code"].write_bytes(before)
    engine.sync("watch")
    assert kinds(engine) == []


def test_numbers_that_are_only_spelled_otherwise_are_asked_about(engine: Engine, clients: Clients) -> None:
    before = held(clients)
    clients.replace("qwen-code", '"limit": 1.0', '"limit": 1')
    engine.sync("watch")
    assert kinds(engine) == ["lost-text"]
    decide(engine, "base")
    assert held(clients) == before


def test_reformatting_and_a_clients_own_state_are_nothing(engine: Engine, clients: Clients) -> None:
    clients.paths["qwen-code"].write_bytes(held(clients).replace(b"\r\n", b"\n").replace(b"\t", b"    "))
    claude = json.loads(clients.bytes()["claude-code"])
    claude["numStartups"] = 13.0
    del claude["projects"]
    clients.paths["claude-code"].write_text(json.dumps(claude))
    assert engine.sync("watch").written == ()
    assert kinds(engine) == []


def test_a_file_that_is_away_for_a_moment_is_compared_with_what_it_held(engine: Engine, clients: Clients) -> None:
    before = held(clients)
    written = rewrite(clients)
    clients.paths["qwen-code"].unlink()
    engine.sync("watch")
    clients.paths["qwen-code"].write_bytes(written)
    engine.sync("watch")
    decide(engine, "base")
    assert held(clients) == before


def test_the_setting_puts_back_twice_and_then_asks(engine: Engine, clients: Clients, clock: HandClock) -> None:
    engine.set_setting("lost_text", "restore")
    before = held(clients)
    for _ in range(2):
        rewrite(clients)
        assert len(engine.sync("watch").written) == 1
        assert held(clients) == before
        assert engine.status().health is Health.IN_STEP
        clock.sleep(1)
    rewrite(clients)
    assert engine.sync("watch").written == ()
    assert kinds(engine) == ["lost-text"]
    decide(engine, "base")
    clock.sleep(3600)
    rewrite(clients)
    engine.sync("watch")
    assert held(clients) == before


def test_the_setting_restores_in_the_same_write_as_an_edit(engine: Engine, clients: Clients) -> None:
    engine.set_setting("lost_text", "restore")
    rewrite(clients)
    clients.add("codex", "fresh")
    written = engine.sync("watch").written
    paths = [replaced.path for replaced in written]
    assert paths.count(clients.paths["qwen-code"]) == 1
    assert b"// mine" in held(clients)
    assert b'"fresh"' in held(clients)
    assert engine.status().health is Health.IN_STEP


def test_the_setting_lets_go(engine: Engine, clients: Clients) -> None:
    engine.set_setting("lost_text", "accept")
    written = rewrite(clients)
    assert engine.sync("watch").written == ()
    assert kinds(engine) == []
    assert held(clients) == written


def test_nothing_is_put_back_while_syncing_is_paused(engine: Engine, clients: Clients) -> None:
    engine.set_setting("lost_text", "restore")
    before = held(clients)
    engine.pause_for()
    written = rewrite(clients)
    engine.sync("watch")
    assert held(clients) == written
    engine.resume()
    assert held(clients) == before


def test_going_back_ends_the_question(engine: Engine, clients: Clients, reader: Reader) -> None:
    number = reader.snapshots(limit=1)[0].id
    rewrite(clients, lambda whole: whole["mcpServers"].update(fresh=SERVER))
    engine.sync("watch")
    assert kinds(engine) == ["lost-text"]
    engine.rollback(number)
    engine.sync("watch")
    assert kinds(engine) == []
    assert b"// mine" in held(clients)


def test_a_strict_file_is_never_compared(engine: Engine, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(*_: object) -> None:
        pytest.fail("a file that can hold no comments was compared")

    monkeypatch.setattr(lost_texts, "lost", compared)
    clients.replace("claude-code", '"numStartups": 12', '"numStartups": 13.0')
    engine.sync("watch")
    clients.add("claude-code", "fresh")
    engine.sync("watch")
    assert "fresh" in clients.servers("rovodev")


def test_text_that_would_change_an_item_is_not_put_back(
    engine: Engine, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(before: Document, after: Document) -> Lost:
        return replace(lost(before, after), whole=before.edit(SetValue(("mcpServers", "evil"), {"command": "x"})))

    monkeypatch.setattr(lost_texts, "lost", wrong)
    engine.set_setting("lost_text", "restore")
    written = rewrite(clients)
    assert engine.sync("watch").written == ()
    assert kinds(engine) == []
    assert held(clients) == written


def test_what_a_reset_left_is_asked_about_first(engine: Engine, clients: Clients) -> None:
    clients.paths["codex"].write_text('model = "o3"\n')
    engine.sync("watch")
    assert kinds(engine) == ["mass-deletion"]
    decide(engine, "base")
    assert kinds(engine) == ["lost-text"]
    decide(engine, "base")
    assert clients.bytes()["codex"].startswith(b'# my codex\nmodel = "o3" # best\n')
    assert clients.servers("codex").keys() == {"files", "github"}


def test_leaving_ends_the_question(engine: Engine, opening: OpenEngine, clients: Clients) -> None:
    rewrite(clients)
    engine.sync("watch")
    engine.leave()
    assert b"// mine" not in rewrite(clients)
    again = opening()
    again.adopt("user")
    assert kinds(again) == []


CODEX = """model = "o3"
zz_unknown = 1

[mcp_servers.files]  # of mine
command = "uvx"
args = [
  "mcp-files", # what
  "/tmp",
]
x_unknown = "keep"
"""
REWRITTEN = """model = "o3"
zz_unknown = 1

[mcp_servers.files]
command = "uvx"
args = ["mcp-files", "/tmp"]
"""
UNCOMMENTED = CODEX.replace("  # of mine", "").replace(" # what", "")


def begin_with(engine: Engine, clients: Clients, text: str) -> bytes:
    """Have Codex's file hold this, with what else there is, as it was agreed."""
    path = clients.paths["codex"]
    rest = path.read_text().split("[mcp_servers.github]")[1]
    path.write_text(f"{text}\n[mcp_servers.github]{rest}")
    engine.sync("watch")
    if kinds(engine):
        decide(engine, "codex")
    assert kinds(engine) == []
    return path.read_bytes()


def test_a_key_that_codex_does_not_know_is_offered_back_with_the_comments(engine: Engine, clients: Clients) -> None:
    before = begin_with(engine, clients, CODEX)
    clients.replace("codex", CODEX, REWRITTEN)
    clients.add("codex", "fresh")
    engine.sync("watch")
    (asked,) = engine.status().decisions
    assert asked.summary.english() == (
        "Codex CLI dropped 2 comments and 1 setting that AISync does not know from config.toml. Put them back?"
    )
    assert b"x_unknown" not in clients.bytes()["codex"]
    decide(engine, "base")
    assert clients.bytes()["codex"] == before + b'\n[mcp_servers.fresh]\ncommand = "npx"\n'
    assert engine.status().health is Health.IN_STEP


def test_a_key_beside_the_servers_is_offered_back(engine: Engine, clients: Clients) -> None:
    before = held(clients)
    rewrite(clients, lambda whole: whole.pop("$version"))
    engine.sync("watch")
    assert kinds(engine) == ["lost-text"]
    decide(engine, "base")
    assert held(clients) == before


def test_the_setting_puts_keys_back_where_only_a_program_can_have_dropped_them(
    engine: Engine, clients: Clients
) -> None:
    before = begin_with(engine, clients, CODEX)
    engine.set_setting("lost_text", "restore")
    clients.replace("codex", CODEX, REWRITTEN)
    engine.sync("watch")
    assert clients.bytes()["codex"] == before
    assert kinds(engine) == []


def test_what_may_have_been_an_editor_is_asked_about_whatever_is_set(engine: Engine, clients: Clients) -> None:
    begin_with(engine, clients, UNCOMMENTED)
    engine.set_setting("lost_text", "restore")
    clients.replace("codex", UNCOMMENTED, REWRITTEN)
    assert engine.sync("watch").written == ()
    assert kinds(engine) == ["lost-text"]
    decide(engine, "codex")
    assert kinds(engine) == []
    assert b"x_unknown" not in clients.bytes()["codex"]


@pytest.mark.parametrize("policy", ["ask", "restore"])
def test_a_key_that_a_person_takes_out_stays_out(engine: Engine, clients: Clients, policy: str) -> None:
    begin_with(engine, clients, CODEX)
    engine.set_setting("lost_text", policy)
    clients.replace("codex", 'x_unknown = "keep"\n', "")
    clients.replace("codex", "zz_unknown = 1\n", "")
    assert engine.sync("watch").written == ()
    assert kinds(engine) == []


def test_a_field_of_a_server_that_a_writer_takes_out_is_a_change_and_no_loss(engine: Engine, clients: Clients) -> None:
    known = CODEX.replace('x_unknown = "keep"', "startup_timeout_sec = 9")
    begin_with(engine, clients, known)
    clients.replace("codex", known, REWRITTEN)
    engine.sync("watch")
    (asked,) = engine.status().decisions
    assert "settings" not in asked.summary.english()
    decide(engine, "base")
    assert b"startup_timeout_sec" not in clients.bytes()["codex"]
    assert b"# of mine" in clients.bytes()["codex"]

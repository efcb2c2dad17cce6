"""What the status says, from the engine's own looks: one number for the headline, the lists and the tray."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.files.errors import Busy, IsAFolder, QuotaExceeded, WriteProtected
from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.program.world import World
from aisync_desktop.secrets.errors import KeyringSilentError
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.pausing import Pause
from aisync_desktop.sync.applying.status_report import pause_words
from aisync_desktop.sync.model.status import Activity, ClientState, Done, ItemChange, Status
from aisync_desktop.sync.reports.preview import preview
from tests.helpers.clients import Clients


def said(status: Status) -> tuple[str, str]:
    return status.headline.english(), status.line.english() if status.line else ""


def after_a_look(engine: Engine) -> Status:
    engine.sync("watch")
    return engine.status()


def words(status: Status) -> dict[str, str]:
    return {
        client.id: status.word_of(client).english()
        for client in status.clients
        if client.state is not ClientState.ABSENT
    }


def clash(clients: Clients) -> None:
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')


def test_before_the_consent_it_is_told_what_was_found(world: World) -> None:
    status = preview(world).status
    assert said(status) == ("4 clients were found", "Nothing is written until you start syncing")
    assert status.questions == 0
    assert set(words(status).values()) == {"Found"}


def test_all_is_in_step(engine: Engine) -> None:
    engine.adopt("user")
    assert said(engine.status()) == ("Everything is in step", "2 items in 4 clients")


def test_a_question_is_counted_and_what_stands_besides_is_told(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clash(clients)
    status = after_a_look(engine)
    assert said(status) == ("1 question is waiting for you", "Everything else is in step: 2 items in 4 clients")
    assert status.headline.params["count"] == status.questions == len(status.decisions)


def test_a_file_that_cannot_be_read_is_counted_once_in_headline_and_list(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.paths["rovodev"].write_text("{,")
    status = after_a_look(engine)
    assert said(status) == ("1 file cannot be read", "Everything else is in step: 2 items in 4 clients")
    assert status.headline.params["count"] == len(status.problems)
    assert status.headline == status.trouble


def test_problems_of_several_sorts_are_counted_together_as_they_are_listed(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    engine.notices = (problem_of(Busy(Path("/x"))),)
    status = after_a_look(engine)
    assert said(status) == ("Everything is in step", "1 problem")
    clients.paths["rovodev"].write_text("{,")
    status = after_a_look(engine)
    assert said(status) == ("2 problems", "Everything else is in step: 2 items in 4 clients")
    assert status.headline.params["count"] == len(status.problems)


def test_beside_a_question_a_file_that_cannot_be_read_is_told(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clash(clients)
    clients.paths["rovodev"].write_text("{,")
    assert said(after_a_look(engine)) == ("1 question is waiting for you", "1 file cannot be read")


def test_while_paused_every_quiet_client_says_so_and_questions_are_still_told(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    engine.pause_for(0)
    clients.add("rovodev", "fresh")
    clients.paths["codex"].write_text("= broken")
    status = after_a_look(engine)
    assert said(status) == ("Paused", "1 file cannot be read")
    assert words(status) == {
        "claude-code": "Paused",
        "codex": "Cannot be read",
        "qwen-code": "Paused",
        "rovodev": "Paused",
    }
    engine.resume()
    assert "Paused" not in words(engine.status()).values()


def test_a_pause_with_questions_tells_how_many(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clash(clients)
    engine.pause_for(30)
    status = after_a_look(engine)
    assert status.line
    assert status.line.english() == "1 question is waiting for you"
    assert status.headline == status.pause


def test_a_pause_without_anything_else_says_that_nothing_is_written(engine: Engine) -> None:
    engine.adopt("user")
    engine.pause_for(0)
    assert said(engine.status()) == ("Paused", "Nothing is written until you go on")


@pytest.mark.parametrize(("hours", "told"), [(2, "Paused until 14:00"), (20, "Paused until 2026-03-02 08:00")])
def test_the_end_of_a_pause_has_its_day_where_that_is_another_one(hours: int, told: str) -> None:
    noon = dt.datetime(2026, 3, 1, 12).astimezone()
    assert pause_words(Pause(noon + dt.timedelta(hours=hours), noon)).english() == told


def test_a_problem_says_what_can_be_done_about_it(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.paths["rovodev"].write_text("{,")
    (problem,) = after_a_look(engine).problems
    assert problem.actions == (Remedy.OPEN_FILE, Remedy.RESTORE_VERSION)
    clients.paths["rovodev"].unlink()
    (problem,) = after_a_look(engine).problems
    assert problem.actions == (Remedy.RESTORE_VERSION, Remedy.TRY_AGAIN)


@pytest.mark.parametrize(
    ("error", "remedies"),
    [
        (WriteProtected(Path("/x")), (Remedy.MAKE_WRITABLE, Remedy.TRY_AGAIN)),
        (Busy(Path("/x")), (Remedy.TRY_AGAIN,)),
        (QuotaExceeded(Path("/x")), (Remedy.TRY_AGAIN,)),
        (IsAFolder(Path("/x")), ()),
        (EditRefusedError("anchor"), (Remedy.OPEN_FILE,)),
        (KeyringSilentError("locked"), (Remedy.TRY_AGAIN,)),
    ],
)
def test_each_kind_of_trouble_knows_its_remedies(error: WorldError, remedies: tuple[Remedy, ...]) -> None:
    assert problem_of(error).actions == remedies


NAMES = {"claude-code": "Claude Code", "codex": "Codex CLI", "rovodev": "Rovo Dev"}


def title(engine: Engine) -> str:
    engine.sync("watch")
    last = engine.status().last
    named = last.title(NAMES) if last else None
    return named.english() if named else ""


def test_a_change_is_named_after_what_it_did_and_where(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    clients.add("rovodev", "fresh")
    assert title(engine) == "fresh added in Rovo Dev"
    clients.replace("claude-code", '"fresh"', '"renamed"')
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    assert title(engine) == "3 items changed in Claude Code"
    clients.replace("codex", 'command = "uvx"', 'command = "uv"')
    assert title(engine) == "files changed in Codex CLI"
    engine.close()
    again = open_engine(world)
    assert title(again) == "files changed in Codex CLI"
    again.undo()
    assert title(again) == ""
    again.close()


@pytest.mark.parametrize(
    ("changes", "origin", "told"),
    [
        ([("mcp/a", Done.REMOVED)], "codex", "a removed in Codex CLI"),
        ([("mcp/a", Done.REMOVED), ("mcp/b", Done.REMOVED)], "user", "2 items removed"),
        ([("rules/shared", Done.CHANGED)], "claude-code,codex", "Rules edited in Claude Code, Codex CLI"),
        ([("rules/shared", Done.ADDED)], "user", "Rules edited"),
        ([("mcp/a/b", Done.ADDED)], "gone-client", "a/b added"),
    ],
)
def test_each_kind_of_change_has_its_words(changes: list[tuple[str, Done]], origin: str, told: str) -> None:
    known = tuple(ItemChange(item=item, done=done) for item, done in changes)
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    last = Activity(at=at, origin=origin, summary=text("status.paused"), writes=1, changes=known)
    named = last.title(NAMES)
    assert named
    assert named.english() == told
    assert last.deleted == tuple(item for item, done in changes if done is Done.REMOVED)

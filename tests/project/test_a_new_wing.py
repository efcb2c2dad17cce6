"""A wing moves in with its own messages, settings, store and part of the status, and the house needs no change for it.

The wing is tests/helpers/notes. What is shown here is what tasks, activity and hub can count on.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from aisync_desktop.api.app import make_app
from aisync_desktop.cli.app import app
from aisync_desktop.database.errors import NewerDatabaseError
from aisync_desktop.message_rooms import MESSAGE_ROOMS
from aisync_desktop.program import settings as program_settings
from aisync_desktop.program.store.audit import catch_up
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.world import World
from aisync_desktop.service import settings
from aisync_desktop.service.feeds import FEEDS, Follower
from aisync_desktop.service.status import SECTIONS, WholeStatus
from aisync_desktop.sync.model.status import Status
from tests.helpers.clients import Clients
from tests.helpers.facade import STATUS, FakeFacade
from tests.helpers.notes.settings import NotesSettings
from tests.helpers.notes.store import MIGRATIONS, NotesReader, path_of, writing
from tests.helpers.project import ROOT

NOTES = "tests.helpers.notes"


@pytest.fixture
def world(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The scratch home with the four clients, and the wing in the house by a line in each of its lists."""
    Clients.make(isolated_home)
    monkeypatch.setitem(MESSAGE_ROOMS, NOTES, ("notes",))
    monkeypatch.setattr(program_settings, "SECTIONS", [*program_settings.SECTIONS, f"{NOTES}.settings:NotesSettings"])
    monkeypatch.setattr(settings, "SECTIONS", program_settings.sections())  # as a start would find them
    monkeypatch.setattr(settings, "NAMES", settings.NAMES | NotesSettings.model_fields.keys())
    monkeypatch.setitem(SECTIONS, "notes", f"{NOTES}.status:section")
    monkeypatch.setitem(FEEDS, "notes", f"{NOTES}.store:NotesReader")
    return World.real(os.environ)


def keep(world: World, note: str, *, urgent: bool = False) -> None:
    with writing(world) as connection:
        connection.execute("INSERT INTO note VALUES (?, ?)", (note, urgent))


def run(*words: str) -> Any:
    return CliRunner().invoke(app, words, catch_exceptions=False)


def status() -> Any:
    return json.loads(run("status", "--json").stdout)


def asked_over_http(world: World) -> Any:
    facade = FakeFacade()
    facade.world = world
    headers = {"Authorization": "Bearer t"}
    with TestClient(make_app(facade, lambda: "t"), base_url="http://127.0.0.1:8377", headers=headers) as client:
        return client.get("/api/v1/sync/status").json()


def test_a_message_of_the_wing_is_shown_by_who_has_not_met_it() -> None:
    script = """
import sys
from aisync_desktop.kernel.messages import Text
from aisync_desktop.message_rooms import MESSAGE_ROOMS
MESSAGE_ROOMS["tests.helpers.notes"] = ("notes",)
print(Text("notes.kept", {"count": 1, "limit": 3}).english())
print("tests.helpers.notes.status" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines() == ["Notes kept: 1 of 3.", "False"]


@pytest.mark.usefixtures("world")
def test_a_setting_of_the_wing_is_one_like_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("settings", "set", "notes_limit", "5").exit_code == 0
    assert json.loads(run("settings", "get", "--json").stdout)["settings"]["notes_limit"] == 5
    refused = run("settings", "set", "notes_limit", "0")
    assert (refused.exit_code, "AISYNC_NOTES_LIMIT" in refused.stderr) == (1, True)
    monkeypatch.setenv("AISYNC_NOTES_LIMIT", "7")
    assert json.loads(run("settings", "get", "--json").stdout)["settings"]["notes_limit"] == 7


def test_a_setting_of_the_wing_outlives_a_damaged_database(world: World) -> None:
    run("settings", "set", "notes_limit", "5")
    with closing(sqlite3.connect(world.program_database)) as db, db:
        db.execute("INSERT INTO setting VALUES ('port', '{')")
    assert run("settings", "set", "language", "ko").exit_code == 0
    assert list(world.program_database.parent.glob("program.sqlite3.damaged-*"))
    assert json.loads(run("settings", "get", "--json").stdout)["settings"]["notes_limit"] == 5


def test_the_wing_has_a_file_of_its_own_that_is_brought_up_to_date(world: World) -> None:
    with writing(world, MIGRATIONS[:1]) as connection:
        connection.execute("INSERT INTO note VALUES ('of an older version')")
    keep(world, "of today")
    assert status()["wings"]["notes"]["kept"] == ["of an older version", "of today"]
    assert path_of(world).with_name(f"{path_of(world).name}.before-m002_urgent").exists()


def test_a_file_of_a_newer_version_is_left_alone(world: World) -> None:
    keep(world, "of a program that is newer than this one")
    with pytest.raises(NewerDatabaseError), writing(world, []):
        pytest.fail("it was opened")


def test_a_wing_that_has_nothing_to_say_changes_no_byte_of_the_status(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_wing = run("status").stdout, run("status", "--json").stdout, asked_over_http(world)
    monkeypatch.delitem(SECTIONS, "notes")
    assert (run("status").stdout, run("status", "--json").stdout, asked_over_http(world)) == with_wing
    assert with_wing[2] == STATUS.model_dump(mode="json")


def test_the_status_has_the_section_of_the_wing_under_its_name(world: World) -> None:
    keep(world, "call back")
    section = {
        "headline": {"code": "notes.kept", "params": {"count": 1, "limit": 3}, "text": "Notes kept: 1 of 3."},
        "needs_user": False,
        "problems": [],
        "kept": ["call back"],
    }
    assert status()["wings"] == {"notes": section}
    assert asked_over_http(world) == {**STATUS.model_dump(mode="json"), "wings": {"notes": section}}
    assert "Notes kept: 1 of 3.\n" in run("status").stdout


def test_what_happens_in_the_wing_is_followed_and_audited_as_all_else(world: World) -> None:
    keep(world, "before")
    with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as program:
        follower = Follower(world)
        with writing(world) as connection:
            connection.execute("INSERT INTO note VALUES ('call back', 0)")
            told = "noted", "call back", "user", "{}", "2026-01-01T00:00:00.000000Z"
            connection.execute("INSERT INTO feed (type, target, actor, detail, at) VALUES (?, ?, ?, ?, ?)", told)
        ((_, heard),) = follower.follow()
        assert (heard.feed, heard.model_dump()["target"]) == ("notes", "call back")
        with closing(NotesReader.of(world)) as reader:
            catch_up(program, {"notes": reader})
            catch_up(program, {"notes": reader})
        assert [(entry.action, entry.target) for entry in program.audit_trail()] == [("noted", "call back")]


def test_what_a_wing_says_of_itself_survives_who_does_not_know_it(world: World) -> None:
    keep(world, "call back")
    told = asked_over_http(world)
    assert WholeStatus.model_validate(told).model_dump(mode="json") == told
    assert Status.model_validate(told) == STATUS


def test_a_wing_that_waits_for_the_user_is_told_by_the_exit_code(world: World) -> None:
    run("init", "--yes")
    keep(world, "some day")
    assert run("status").exit_code == 0
    keep(world, "now", urgent=True)
    assert run("status").exit_code == 3


def test_a_wing_whose_file_is_damaged_says_so_and_sync_still_says_how_it_stands(world: World) -> None:
    run("init", "--yes")
    path_of(world).write_bytes(b"no database" * 100)
    told = status()
    assert (told["health"], told["wings"]["notes"]["headline"]["code"]) == ("in-step", "store.damaged")
    assert (done := run("status")).exit_code == 3
    assert str(path_of(world)) in done.stdout


def test_no_wing_is_called_as_something_that_the_status_has_already() -> None:
    assert not SECTIONS.keys() - {"tasks", "activity", "hub"}
    assert "wings" not in Status.model_fields

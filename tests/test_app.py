from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from aisync_desktop.app import App, _serve, run_app
from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.kernel.settings import SettingRefusedError
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.service.running_app import running_app
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.logfail import ExpectLog


@pytest.mark.usefixtures("isolated_home")
def test_an_api_that_could_not_be_announced_is_served_as_soon_as_it_can(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    monkeypatch.setattr("aisync_desktop.app._API_AGAIN_MS", 1)
    world = World.real(os.environ)
    state = world.places.state
    in_the_way = state / "endpoint.json"
    (in_the_way / "full").mkdir(parents=True)
    lock = InstanceLock(world.places.lock)
    lock.acquire()
    app = App(world, ProgramSettings(), 0, lock)
    try:
        with expect_log("WARNING", "no API"):
            app.start()
        qtbot.waitUntil(lambda: state in noted(app))
        assert not [path for path in state.iterdir() if path.name.startswith(".")]
        shutil.rmtree(in_the_way)
        qtbot.waitUntil(lambda: running_app(state) is not None)
        qtbot.waitUntil(lambda: state not in noted(app))
    finally:
        app.stop()
        lock.release()


@pytest.mark.usefixtures("isolated_home", "qtbot")
def test_what_is_remarked_on_the_variables_is_in_the_log(expect_log: ExpectLog) -> None:
    places = World.real(os.environ).places
    (places.config / ".env").write_text("AISYNC_PROT=1")
    lock = InstanceLock(places.lock)
    lock.acquire()
    app = App(World.real(os.environ), ProgramSettings(api=False), 0, lock)
    try:
        with expect_log("WARNING", "env.unread"):
            app.start()
    finally:
        app.stop()
        lock.release()


@pytest.mark.usefixtures("isolated_home")
@pytest.mark.parametrize("name", ["PORT", "LOOSENING", "HISTORY_DAYS"])
def test_a_variable_that_says_what_no_setting_can_be_ends_the_start_whichever_part_it_is_of(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("aisync_desktop.app._run_headless", lambda *_: 0)
    world = World.real({**os.environ, f"AISYNC_{name}": "nonsense"})
    with pytest.raises(SettingRefusedError, match=name):
        run_app(world, print, headless=True, background=False, port=0)


@pytest.mark.usefixtures("isolated_home")
@pytest.mark.parametrize(("name", "kept"), [("port", '"x"'), ("history_days", '"ever"')])
def test_a_stored_setting_that_is_refused_is_rescued_at_the_start_whichever_part_it_is_of(
    monkeypatch: pytest.MonkeyPatch, name: str, kept: str
) -> None:
    for outside in ("_run_headless", "configure_logging", "watch_for_bugs"):
        monkeypatch.setattr(f"aisync_desktop.app.{outside}", lambda *_: None)
    world = World.real(os.environ)
    world.places.create()
    open_engine(world).close()
    with closing(sqlite3.connect(world.program_database)) as db, db:
        db.execute("INSERT INTO setting VALUES (?, ?)", (name, kept))
    run_app(world, print, headless=True, background=False, port=0)
    with closing(ProgramReader.of(world)) as reader:
        assert reader.settings() == {}


@pytest.mark.usefixtures("isolated_home")
def test_the_program_ends_below_a_thread_that_does_not(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    left: list[int] = []
    monkeypatch.setattr("aisync_desktop.app.os._exit", left.append)
    monkeypatch.setattr("aisync_desktop.app.logging.shutdown", lambda: None)
    monkeypatch.setattr("aisync_desktop.app.Collector", lambda _: None)
    world = World.real(os.environ)
    lock = InstanceLock(world.places.lock)
    app = App(world, ProgramSettings(api=False), 0, lock)
    app.live.started.connect(app.quit)
    monkeypatch.setattr(sys.stdout, "flush", mock.Mock(side_effect=BrokenPipeError))
    with expect_log("WARNING", "a thread did not end in time"):
        assert _serve(qapp, app, lambda: False) == 0
    assert left == [0]


def noted(app: App) -> set[Path]:
    return {Path(note.path) for note in app.status.notes} if app.status else set()

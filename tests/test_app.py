from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.app import App
from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.rendezvous import running_app
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


def noted(app: App) -> set[Path]:
    return {Path(note.path) for note in app.status.notes} if app.status else set()

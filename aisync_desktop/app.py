"""Composition: builds the parts and wires them; the only module that knows all of them.

`run_app` is the running program: instance lock, API, live engine, and the desktop shell where there is a display.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from aisync_desktop.database.errors import DamagedDatabaseError, DeniedDatabaseError
from aisync_desktop.files.errors import AlreadyRunning, LogSetAside
from aisync_desktop.files.handles import raise_handle_limit
from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.kernel.settings import load
from aisync_desktop.observe.crash import watch_for_bugs
from aisync_desktop.observe.logging import configure_logging, get_logger
from aisync_desktop.program.settings import ProgramSettings, sections
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.service.live.collector import Collector
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.live.quit_signals import QuitSignals
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine, rescue_damaged
from aisync_desktop.sync.model.status import Status

if TYPE_CHECKING:
    from aisync_desktop.api.server import ApiServer

_log = get_logger(__name__)
_API_AGAIN_MS = 60_000
T = TypeVar("T")
Tell = Callable[[Text], None]


class App(QObject):
    """The parts of a running program, with or without a display.

    Signal: show_requested(a place in the window, or ""; wanted by somebody, maybe on another thread).
    Attribute: has_window, set by whoever has one.
    """

    show_requested = Signal(str)

    def __init__(self, world: World, settings: ProgramSettings, port: int | None, lock: InstanceLock) -> None:
        super().__init__()
        self.error: Exception | None = None
        self.has_window = False
        self.world = world = replace(world, claim=self._keep_place)
        self._lock = lock
        pace = settings.rescan_idle_seconds, settings.rescan_open_seconds
        self.live = LiveEngine(partial(open_engine, world), *pace, self, bus=world.bus)
        self.live.broken.connect(self._on_broken)
        self._port = settings.port if port is None else port
        self._api: ApiServer | None = None
        self._wants_api = settings.api
        self._no_api: Problem | None = None
        self._signals = QuitSignals(self)
        self._signals.received.connect(self.quit)

    @property
    def status(self) -> Status | None:
        """The latest status, for the API."""
        return self.live.status

    def submit(self, call: Callable[[Engine], T]) -> Future[T]:
        """Have the engine's thread make a call."""
        return self.live.submit(call)

    def show(self, route: str = "") -> bool:
        """Bring the window to the front, at a place in it, if there is one; from any thread."""
        self.show_requested.emit(route)
        return self.has_window

    def start(self) -> None:
        """Start the engine's thread, and the API: whatever keeps that from being served, syncing goes on."""
        for remark in self.world.remarks:
            _log.warning(remark.code, **remark.params)
        for problem in self.world.mended:
            _log.warning("mended", code=problem.title.code, path=str(problem.path))
            self.live.note(problem_of(problem))
        if self._wants_api:
            self._try_api()
        self.live.start()

    @Slot()
    def _try_api(self) -> None:
        """Serve the API; where it cannot be (a full disk, say), tell of that and try again until it can."""
        told, self._no_api = self._no_api, None
        try:
            self._start_api()
        except WorldError as error:
            self._no_api = problem_of(error)
            if self._no_api != told:
                _log.warning("no API", code=error.title.code, path=str(error.path or ""))
                self.live.note(self._no_api)
            QTimer.singleShot(_API_AGAIN_MS, self, self._try_api)
        if told and told != self._no_api:
            self.live.forget(told)

    def _start_api(self) -> None:
        from aisync_desktop.api.server import ApiServer

        api = ApiServer(self, self.world.places.state, self._port)
        api.start()
        self._api = api
        for note in api.notes:
            self.live.note(problem_of(note))

    def _keep_place(self) -> None:
        """Have lock, token and announcement where others look for them; PlaceTaken where that is another AISync's."""
        if self._lock.keep_place():
            _log.warning("the state folder was away", path=str(self._lock.path.parent))
        if self._api:
            self._api.keep_place()

    def stop(self) -> bool:
        """End everything that was started, last things first; return whether all of it ended in time."""
        if self._api:
            self._api.stop()
        ended = self.live.stop()
        self._signals.restore()
        return ended

    @Slot()
    def quit(self) -> None:
        """Leave the event loop; Qt's own way out of it would obey a window that refuses to close."""
        QCoreApplication.exit(0)

    @Slot(object)
    def _on_broken(self, error: Exception) -> None:
        """End with the error that kept the engine from opening: without it there is nothing to run."""
        self.error = error
        QCoreApplication.exit(1)


def run_app(world: World, tell: Tell, *, headless: bool, background: bool, port: int | None) -> int:
    """Run until quit; return the exit code. `tell` prints a line for the user."""
    lock = InstanceLock(world.places.lock)
    if not lock.acquire():
        return _show_running(world, tell, pid=lock.holder() or 0, headless=headless)
    try:
        settings = _settings(world)
        aside = configure_logging(world.places.log, settings.log_level)
        if aside is not None:
            world = replace(world, mended=(*world.mended, LogSetAside(aside)))
        watch_for_bugs(world.places.log, world.clock.now, tell)
        raise_handle_limit()
        if headless or not has_display(world.environ):
            if not headless:
                tell(text("app.no-display"))
            return _run_headless(world, settings, port, lock)
        return _run_desktop(world, settings, port, lock, background=background)
    finally:
        lock.release()


def _settings(world: World) -> ProgramSettings:
    """Read the settings; a database that they cannot be read from is rescued before."""
    try:
        return _checked_settings(world)
    except (DamagedDatabaseError, DeniedDatabaseError):
        rescue_damaged(world)
        return _checked_settings(world)


def _checked_settings(world: World) -> ProgramSettings:
    """Read those of every part: a variable that is refused ends the start, and no look later."""
    with closing(ProgramReader.of(world)) as reader:
        stored = reader.sound_settings(sections())
    for section in sections():
        load(section, stored, world.environ)
    return load(ProgramSettings, stored, world.environ)


def _run_headless(world: World, settings: ProgramSettings, port: int | None, lock: InstanceLock) -> int:
    return _serve(QCoreApplication([]), App(world, settings, port, lock), lambda: True)


def _run_desktop(
    world: World, settings: ProgramSettings, port: int | None, lock: InstanceLock, *, background: bool
) -> int:
    from aisync_desktop.ui.shell.desktop import Shell, application, prepare_application, take_down

    qt = application()
    looks = prepare_application(qt, settings)
    app = App(world, settings, port, lock)
    shell = Shell(app.live, world, settings, looks, app)
    app.show_requested.connect(shell.open_route)
    app.has_window = True
    shell.quit_requested.connect(app.quit)
    shell.start(show_window=not background)
    try:
        return _serve(qt, app, shell.stop)
    finally:
        take_down()


def _serve(qt: QCoreApplication, app: App, put_away: Callable[[], bool]) -> int:
    """Run until quit; what else there is to be put away at the end tells whether it has ended by then."""
    Collector(qt)
    app.start()
    try:
        code = qt.exec()
    finally:
        ended = app.stop()
    ended = put_away() and ended
    if app.error:
        raise app.error
    if not ended:
        _leave(code)
    return code


def _leave(code: int) -> None:
    """End the program below a thread of ours that works on: what that is at bears being cut off, as by a crash.

    An interpreter that is taken down while a thread uses it, and Qt's objects with it, crashes itself.
    """
    _log.warning("a thread did not end in time")
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # a closed pipe keeps nobody from leaving
            stream.flush()
    os._exit(code)


def _show_running(world: World, tell: Tell, *, pid: int, headless: bool) -> int:
    """Have the app that runs already show itself; a second headless one is an error."""
    from aisync_desktop.service.client import AppClient  # a second start is rare

    client = None if headless else AppClient.find(world.places)
    if client is None:
        raise AlreadyRunning(world.places.lock, pid=pid)
    client.call("POST", "/api/v1/window/show")
    tell(text("app.shown", pid=pid))
    return 0


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether there is a screen to put a window on."""
    if sys.platform in {"win32", "darwin"} or environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))

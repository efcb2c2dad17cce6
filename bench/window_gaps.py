"""How long the window does not answer: gaps of its event loop while it is used, on a small and on a large home.

A timer of ten milliseconds runs in the window's thread, in the real app with a real engine; between two ticks nothing
can be painted and no key is taken. Each thing that a user does is measured by itself, and its worst gap is told beside
the worst one of the same window at rest.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from common import CLIENT_FILES, ROOT, Floor, aisync, environment, fill, install, judged, make_home, row
from large_things import shows

REST = 1.0
EACH = 1.2  # seconds that a thing is watched for
TICK = 10
MOST = 100.0  # ms, as DESIGN.md says
PAGES = ("decisions", "permissions", "health", "home")
LARGE = {"servers": 200, "clients": 40, "bytes": 5_000_000}


class Probe:
    """The gaps between the ticks of a timer."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._last, self._own = time.perf_counter(), time.thread_time()
        self.worst = self.own = 0.0
        self._timer = QTimer(interval=TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        gap = (now - self._last) * 1000 - TICK
        if gap > self.worst:
            self.worst, self.own = gap, (own - self._own) * 1000
        self._last, self._own = now, own

    def during(self, do: Callable[[], object], seconds: float = EACH) -> float:
        """Return the worst gap while something is done, and after it; `own` is what this thread computed in it."""
        from PySide6.QtCore import QEventLoop, QTimer

        self._last, self._own = time.perf_counter(), time.thread_time()
        self.worst = self.own = 0.0
        do()
        loop = QEventLoop()  # as the app's own: it tells the garbage collector when it is about to wait
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()
        return self.worst


def main(home: Path, what: str) -> None:
    """Use the window, and tell the gaps."""
    from aisync_desktop.service.live.qt import import_qt

    import_qt()  # before all else that imports it, as `aisync run` does
    import_module("aisync_desktop.app")  # and all that the app is made of, which is frozen there

    gc.freeze()
    from aisync_desktop.program.settings import ProgramSettings
    from aisync_desktop.program.world import World
    from aisync_desktop.service.live.collector import Collector
    from aisync_desktop.service.live.live import LiveEngine
    from aisync_desktop.sync.answering.opening import open_engine
    from aisync_desktop.ui.shell.desktop import Shell, application, prepare_application

    app = application()
    settings = ProgramSettings()
    looks = prepare_application(app, settings)
    world = World.real(os.environ)
    live = LiveEngine(partial(open_engine, world), 15, bus=world.bus)
    shell = Shell(live, world, settings, looks)
    Collector(shell)
    probe = Probe()
    live.start()
    while live.status is None or not live.status.adopted:
        app.processEvents()
        time.sleep(0.01)
    floor = Floor("at rest", max(probe.during(lambda: None, REST), 0.1))

    def measure(name: str, do: Callable[[], object], seconds: float = EACH) -> None:
        judged(f"{what}: {name}", probe.during(do, seconds), "ms", floor=floor, most=MOST)
        row("", f"{probe.own:.0f} ms of it computed here")

    measure("window opens", shell.show_window)
    for page in PAGES:
        measure(page, partial(shell.window.go, page))
    measure("palette", shell.window.open_palette)
    shell.window.palette_box.dismiss()
    codex = home / CLIENT_FILES[1]
    told = codex.read_text(encoding="utf-8")
    measure("an edit arrives", lambda: codex.write_text(told.replace('"npx"', '"bunx"', 1)), 4)
    measure("resized", lambda: shell.window.resize(900, 600))
    measure("another language", lambda: looks.use(settings.model_copy(update={"language": "ko"})))
    measure("another scheme", lambda: looks.use(settings.model_copy(update={"appearance": "dark"})))
    for name, show in shows(shell.window).items():
        measure(name, show)
    measure("light again", lambda: looks.use(settings.model_copy(update={"appearance": "light"})))
    shell.stop()
    live.stop()


def prepared(folder: str, *, large: bool) -> Path:
    """Return a home that is in step."""
    home = Path(folder)
    make_home(home, LARGE["servers"] if large else 20)
    if large:
        install(home, LARGE["clients"])
        fill(home, LARGE["bytes"])
    aisync(home, "init", "--yes")
    return home


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for size in ("small", "large"):
        with tempfile.TemporaryDirectory() as scratch:
            at = prepared(scratch, large=size == "large")
            os.environ.update(environment(at, QT_QPA_PLATFORM="offscreen"))
            child = os.fork()
            if not child:
                main(at, size)
                os._exit(0)
            os.waitpid(child, 0)

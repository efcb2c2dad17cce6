"""Idle cost of the running app: CPU, wake-ups and memory, over half a minute in which nothing happens.

The floor is a bare Python process that waits for a signal.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from common import ROOT, aisync, environment, judged, make_home, running

SETTLE = 15.0  # the web framework is imported and the tray host looked for in the first seconds
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What a process has used until now."""

    cpu_ms: float
    wakeups: dict[str, int]  # by thread, as one that ends takes its count with it
    rss_mb: float


def usage(pid: int) -> Usage:
    """Read a process's counters; a wake-up is a voluntary switch of any of its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    switches: dict[str, int] = {}
    rss = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text(encoding="ascii").splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                switches[task.name] = int(line.split()[1])
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            rss = int(line.split()[1])
    return Usage((int(fields[11]) + int(fields[12])) * 1000 / TICKS, switches, rss / 1024)


def idle(what: str, pid: int, seconds: float, most_rss: float | None = None, *, rests: bool = True) -> None:
    """Print the rows of what a process uses while nothing happens; without a limit it is the floor.

    With its window open the app does not rest: it looks at every file each two seconds.
    """
    time.sleep(SETTLE)
    before = usage(pid)
    time.sleep(seconds)
    after = usage(pid)
    cpu = (after.cpu_ms - before.cpu_ms) / seconds / 10
    wakeups = sum(count - before.wakeups.get(task, 0) for task, count in after.wakeups.items()) / seconds
    judged(f"{what}, CPU", cpu, "%", most=0.1 if most_rss and rests else None)
    judged(f"{what}, wake-ups", wakeups, "a second", most=1 if most_rss and rests else None)
    judged(f"{what}, RSS", after.rss_mb, "MB", most=most_rss)


@contextmanager
def _display(server: str) -> Iterator[str]:
    """Give a screen of our own."""
    number = f":{os.getpid() % 10_000 + 100}"
    screen = subprocess.Popen([server, number, "-screen", "0", "800x600x24"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield number
    finally:
        screen.terminate()
        screen.wait()


@contextmanager
def _desktop() -> Iterator[dict[str, str] | None]:
    """Give a screen and a tray host of our own, as variables of the app; None where this machine cannot."""
    server = shutil.which("Xvfb")
    if server is None or shutil.which("dbus-daemon") is None:
        yield None
        return
    sys.path.insert(0, str(ROOT))
    from tests.helpers.trayhost import private_bus, tray_host

    with (
        tempfile.TemporaryDirectory() as folder,
        _display(server) as display,
        private_bus(Path(folder)) as bus,
        tray_host(bus),
    ):
        yield {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": bus}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    seconds = parser.parse_args().seconds
    print(f"idle for {seconds:.0f} s (4 clients x 20 servers)")
    waiting = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    idle("bare Python", waiting.pid, seconds)
    waiting.send_signal(signal.SIGTERM)
    waiting.wait()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        aisync(home, "init", "--yes")
        with running(home, "--headless") as app:
            idle("headless, with API", app.pid, seconds, 100)
        with _without_api(home) as app:
            idle("headless engine alone", app.pid, seconds, 60)
        with _desktop() as desktop:
            if desktop is None:
                return
            with running(home, "--background", **desktop) as app:
                idle("tray with API, window closed", app.pid, seconds, 120)
            with running(home, **desktop) as app:
                idle("tray with API, window open", app.pid, seconds, 150, rests=False)


@contextmanager
def _without_api(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app without its API; it announces nothing, so its lock tells that it is up."""
    command = [sys.executable, "-m", "aisync_desktop", "run", "--headless"]
    app = subprocess.Popen(command, cwd=ROOT, env=environment(home, AISYNC_API="false"))
    try:
        yield app
    finally:
        app.terminate()
        app.wait(10)


if __name__ == "__main__":
    main()

"""Kill a real process at a step of an apply of many files, and say what the next start made of it.

A program of its own, as only a process without threads may fork: `python dying_apply.py FOLDER STRIDE`. Every system
call on a client's file and every statement in the database is a step; a child is killed at each STRIDE-th of them.
Prints one JSON line per child.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from aisync_desktop.database.connection import raw
from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.files.protocol import content_hash
from aisync_desktop.files.temps import is_our_temp
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from tests.files.breaking import Watched
from tests.helpers.clients import Clients

_OWN = "own"


class _Countdown:
    """Kills this process when it reaches zero."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _world(home: Path, step: _Countdown) -> World:
    own = home.parent / _OWN
    places = Places(own / "config", own / "state", own / "cache", own / "log")
    places.create()
    clock = SystemClock()
    return World(places, home, {}, RealDisk(clock, calls=Watched(step)), clock)


def _texts(home: Path) -> list[Path]:
    return [home / place for place in (".claude/CLAUDE.md", ".codex/AGENTS.md", ".qwen/QWEN.md", ".rovodev/AGENTS.md")]


def _prepare(folder: Path) -> None:
    """Make a home that is in step, then put everything behind by an edit of one server file and one text."""
    clients = Clients.make(folder / "home")
    (clients.home / ".claude").mkdir()
    text = clients.home / ".claude" / "CLAUDE.md"
    text.write_text("Use tabs.\n")
    engine = open_engine(_world(clients.home, _Countdown(0)))
    engine.recover()
    engine.adopt("user")
    engine.close()
    clients.add("claude-code", "fresh")
    text.write_text("Use spaces.\n")


def _open(home: Path, step: _Countdown) -> Engine:
    engine = open_engine(_world(home, step))
    raw(engine._store._writer.db).set_trace_callback(step)
    return engine


def _live(home: Path, steps: int) -> int:
    """Sync in a child that dies at a step; return the signal that ended it."""
    child = os.fork()
    if child == 0:
        engine = _open(home, _Countdown(steps))
        engine.recover()
        engine.sync("watch")
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def _files(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def _tell(home: Path, at: int, killed: int, before: dict[str, bytes]) -> dict[str, object]:
    seen = _files(home)
    engine = _open(home, _Countdown(0))
    engine.recover()
    engine.sync("start")
    store = engine._store
    kept = {path: {version.hash for version in store.versions(str(home / path))} for path in before}
    after = _files(home)
    gone = [path for path, data in before.items() if after[path] != data]
    lost = [path for path in gone if store.name(content_hash(before[path])) not in kept[path]]
    told = {
        "at": at,
        "signal": killed,
        "seen": {path: content_hash(data) for path, data in seen.items() if not is_our_temp(Path(path).name)},
        "after": {path: content_hash(data) for path, data in after.items()},
        "health": engine.status().health,
        "open": len(store.unfinished()) + len(store.unfinished_syncs()),
        "lost": lost,
    }
    store.close()
    return told


def main(folder: Path, stride: int) -> None:
    """Tell of each death, and of the child that got through."""
    machine, image = folder / "machine", folder / "image"
    _prepare(machine)
    machine.rename(image)
    before = _files(image / "home")
    sys.stdout.write(json.dumps({"before": {path: content_hash(data) for path, data in before.items()}}) + "\n")
    at, killed = 1, signal.SIGKILL.value
    while killed:
        shutil.copytree(image, machine)
        killed = _live(machine / "home", at)
        sys.stdout.write(json.dumps(_tell(machine / "home", at, killed, before)) + "\n")
        shutil.rmtree(machine)
        at += stride


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

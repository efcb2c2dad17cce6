"""One AISync at a time, also when one dies without a word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aisync_desktop.files.errors import AlreadyRunning, Vanished
from aisync_desktop.files.instance import InstanceLock

_ROOT = Path(__file__).parents[2]
_HOLD = """
import sys, pathlib
from aisync_desktop.files.instance import InstanceLock
print("held" if InstanceLock(pathlib.Path(sys.argv[1])).acquire() else "busy", flush=True)
sys.stdin.read()
"""


@contextmanager
def _other(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "aisync.lock"


def test_a_free_lock_is_taken_and_tells_its_holder(path: Path) -> None:
    lock = InstanceLock(path)

    assert lock.acquire()
    assert lock.holder() == os.getpid()
    assert InstanceLock(path).holder() == os.getpid()
    assert path.stat().st_mode & 0o777 == 0o600
    lock.release()


def test_a_lock_is_held_only_once_even_in_one_process(path: Path) -> None:
    with InstanceLock(path) as lock:
        assert lock.acquire()
        assert not InstanceLock(path).acquire()


def test_a_released_lock_can_be_taken_again(path: Path) -> None:
    lock = InstanceLock(path)
    lock.acquire()
    lock.release()
    lock.release()

    assert InstanceLock(path).holder() is None
    with InstanceLock(path):
        pass


def test_another_process_is_seen_and_named(path: Path) -> None:
    with _other(path) as (process, said):
        assert said == "held"
        lock = InstanceLock(path)

        assert not lock.acquire()
        assert lock.holder() == process.pid
        with pytest.raises(AlreadyRunning) as caught, lock:
            pass
        assert str(process.pid) in str(caught.value)


def test_the_lock_of_a_killed_process_is_free_at_once(path: Path) -> None:
    with _other(path) as (process, _):
        process.send_signal(signal.SIGKILL)
        process.wait()

        assert InstanceLock(path).holder() is None
        with InstanceLock(path):
            assert InstanceLock(path).holder() == os.getpid()


def test_of_many_that_start_at_once_one_wins_although_others_ask_all_the_time(path: Path) -> None:
    racer = """
import sys, pathlib
from aisync_desktop.files.instance import InstanceLock
path = pathlib.Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
lock = InstanceLock(path)
for _ in range(200):
    holder = InstanceLock(path).holder()
    assert holder is None or holder > 0
won = lock.acquire()
for _ in range(200):
    assert InstanceLock(path).holder() is not None
print(won, flush=True)
sys.stdin.read()
"""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", racer, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
        )
        for _ in range(4)
    ]
    said = []
    for step in ("ready", "go"):
        for process in processes:
            assert process.stdin is not None
            assert process.stdout is not None
            if step == "ready":
                assert process.stdout.readline() == "ready\n"
            else:
                process.stdin.write("\n")
                process.stdin.flush()
    for process in processes:
        assert process.stdout is not None
        said.append(process.stdout.readline().strip())
    for process in processes:
        process.communicate()

    assert sorted(said) == ["False", "False", "False", "True"]


def test_a_missing_state_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Vanished):
        InstanceLock(tmp_path / "x" / "aisync.lock").acquire()

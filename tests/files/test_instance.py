"""One AISync at a time, also when one dies without a word."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aisync_desktop.files.errors import AlreadyRunning, PlaceTaken, StateUnusable, Vanished
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


@contextmanager
def _started(script: str, path: Path, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Start processes, which say a first line when they are under way, and end them by closing their input."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
        )
        for _ in range(count)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield processes
    finally:
        for process in processes:
            process.communicate()


_ASK = """
import sys, pathlib, threading
from aisync_desktop.files.instance import InstanceLock
lock = InstanceLock(pathlib.Path(sys.argv[1]))
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()
print("ready", flush=True)
while not ended.is_set():
    holder = lock.holder()
    assert holder is None or holder > 0
"""


def test_those_who_ask_never_make_one_fail_who_takes(path: Path) -> None:
    with _started(_ASK, path, 2) as askers:
        for _ in range(1000):
            lock = InstanceLock(path)
            assert lock.acquire()
            lock.release()

    assert [asker.returncode for asker in askers] == [0, 0]


_TAKE = """
import sys, pathlib
from aisync_desktop.files.instance import InstanceLock
lock = InstanceLock(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_of_many_that_start_at_once_one_wins(path: Path) -> None:
    with _started(_TAKE, path, 4) as takers:
        for taker in takers:
            assert taker.stdin is not None
            taker.stdin.write("\n")
            taker.stdin.flush()
        said = [taker.stdout.readline().strip() for taker in takers if taker.stdout is not None]

    assert sorted(said) == ["False", "False", "False", "True"]


def test_a_missing_state_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Vanished):
        InstanceLock(tmp_path / "x" / "aisync.lock").acquire()


def test_a_lock_that_nobody_touched_is_kept_as_it_is(path: Path) -> None:
    lock = InstanceLock(path)
    assert not lock.keep_place()  # not held
    with lock:
        assert not lock.keep_place()


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete a file that is open")
@pytest.mark.parametrize("away", ["file", "folder", "moved"])
def test_a_lock_whose_file_was_taken_away_is_held_anew(tmp_path: Path, away: str) -> None:
    path = tmp_path / "state" / "aisync.lock"
    path.parent.mkdir()
    with InstanceLock(path) as lock:
        if away == "file":
            path.unlink()
        elif away == "folder":
            shutil.rmtree(path.parent)
        else:
            path.parent.rename(tmp_path / "elsewhere")
        assert lock.keep_place()
        assert InstanceLock(path).holder() == os.getpid()
        with _other(path) as (_, said):
            assert said == "busy"
    assert InstanceLock(path).holder() is None


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete a file that is open")
def test_a_place_that_another_program_took_is_theirs(path: Path) -> None:
    lock = InstanceLock(path)
    assert lock.acquire()
    path.unlink()
    with _other(path) as (process, said):
        assert said == "held"
        with pytest.raises(PlaceTaken) as caught:
            lock.keep_place()
        assert caught.value.message.params["pid"] == process.pid
        lock.release()
        assert InstanceLock(path).holder() == process.pid


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete a file that is open")
def test_a_lock_whose_folder_is_gone_can_be_given_back(tmp_path: Path) -> None:
    path = tmp_path / "state" / "aisync.lock"
    path.parent.mkdir()
    with InstanceLock(path):
        shutil.rmtree(path.parent)
    assert not path.parent.exists()


@pytest.mark.parametrize("of", ["open", "write"])
def test_a_full_disk_is_told_of_the_folder_and_nobody_holds_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, of, full)
        with pytest.raises(StateUnusable) as caught:
            InstanceLock(path).acquire()
    assert caught.value.path == path.parent
    assert "free space" in caught.value.next_step.english()
    assert InstanceLock(path).holder() is None

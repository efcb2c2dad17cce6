"""Which sessions of a program there are, as /proc lists them; elsewhere nobody knows."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from aisync_desktop.files.processes import Program, Session, SystemProcesses, started_by

GEMINI = Program("gemini", ("@google/gemini-cli",))
OTHER = Program("other")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="as on a system that has /proc")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    (tmp_path / "stat").write_text("cpu  1 2 3\nbtime 1000\nprocesses 7\n")
    (tmp_path / "self").mkdir()
    return tmp_path


def add(proc: Path, pid: int, *words: str, ticks: int = 0, name: str = "node") -> None:
    folder = proc / str(pid)
    folder.mkdir()
    (folder / "cmdline").write_bytes("\0".join((*words, "")).encode())
    fields = ["S", *("0" for _ in range(18)), str(ticks), "0"]
    (folder / "stat").write_text(f"{pid} ({name}) {' '.join(fields)}")


def look(proc: Path) -> dict[Program, tuple[Session, ...]]:
    found = SystemProcesses(proc, linux=True).sessions([GEMINI, OTHER])
    assert found is not None
    return dict(found)


@pytest.mark.parametrize(
    "words",
    [
        ("gemini",),
        ("/usr/local/bin/gemini", "--model", "x"),
        ("node", "/home/u/.npm/bin/gemini"),
        ("/usr/bin/node", "--max-old-space-size=4096", "/usr/bin/gemini.js", "chat"),
        ("node", "/usr/lib/node_modules/@google/gemini-cli/dist/index.js"),
        ("node", "--require", "/x/first.js", "--no-warnings", "/usr/lib/node_modules/@google/gemini-cli/index.js"),
        ("deno", "run", "-A", "/x/node_modules/@google/gemini-cli/index.js"),
        ("bun", "/x/node_modules/@google/gemini-cli/bundle/gemini.js"),
    ],
)
def test_a_session_is_known_by_its_program_or_script(proc: Path, words: tuple[str, ...]) -> None:
    add(proc, 7, *words, ticks=5 * TICKS)
    assert look(proc) == {GEMINI: (Session(1005.0, 7),), OTHER: ()}


@pytest.mark.parametrize(
    "words",
    [
        ("vim", "gemini"),
        ("grep", "-r", "/node_modules/@google/gemini-cli/"),
        ("node", "server.js", "gemini"),
        ("node", "--require", "gemini", "server.js"),
        ("node", "-r"),
        ("gemini-tools",),
        ("",),
        (),
    ],
)
def test_what_only_names_it_is_none(proc: Path, words: tuple[str, ...]) -> None:
    add(proc, 7, *words)
    assert look(proc)[GEMINI] == ()


@pytest.mark.parametrize(
    ("folder", "script"),
    [
        ("/usr/lib/node_modules/@google/gemini-cli", "dist/index.js"),
        ("/usr/lib", "node_modules/@google/gemini-cli/x.js"),
    ],
)
def test_a_script_is_named_from_where_it_was_started(proc: Path, folder: str, script: str) -> None:
    add(proc, 7, "node", script)
    assert look(proc)[GEMINI] == ()
    (proc / "7" / "cwd").symlink_to(folder)
    assert [one.pid for one in look(proc)[GEMINI]] == [7]


def test_the_oldest_session_comes_first(proc: Path) -> None:
    add(proc, 7, "gemini", ticks=9 * TICKS)
    add(proc, 8, "gemini", ticks=2 * TICKS, name="a) (b")
    add(proc, 9, "/bin/other")
    found = look(proc)
    assert [session.pid for session in found[GEMINI]] == [8, 7]
    assert [session.pid for session in found[OTHER]] == [9]


def test_processes_that_end_meanwhile_are_none(proc: Path) -> None:
    (proc / "7").mkdir()
    add(proc, 8, "gemini")
    (proc / "8" / "stat").write_text("8 (gemini")
    add(proc, 9, "gemini")
    (proc / "9" / "stat").unlink()
    assert look(proc)[GEMINI] == ()


def test_a_process_may_become_what_is_looked_for_while_it_is_young(proc: Path) -> None:
    system = SystemProcesses(proc, linux=True)
    add(proc, 7, "bash")
    assert system.sessions([GEMINI]) == {GEMINI: ()}
    (proc / "7" / "cmdline").write_bytes(b"gemini\0")
    assert system.sessions([GEMINI]) == {GEMINI: (Session(1000.0, 7),)}


def test_what_is_known_to_be_something_else_is_not_read_again_until_it_has_ended(proc: Path) -> None:
    system = SystemProcesses(proc, linux=True)
    add(proc, 7, "bash")
    for _ in range(3):
        system.sessions([GEMINI])
    (proc / "7" / "cmdline").write_bytes(b"gemini\0")
    assert system.sessions([GEMINI]) == {GEMINI: ()}
    assert system.sessions([GEMINI, OTHER]) == {GEMINI: (Session(1000.0, 7),), OTHER: ()}  # another question
    (proc / "7").rename(proc / "aside")
    system.sessions([GEMINI])
    (proc / "aside").rename(proc / "7")
    assert system.sessions([GEMINI]) == {GEMINI: (Session(1000.0, 7),)}


def test_where_the_system_does_not_tell_nobody_knows(proc: Path, tmp_path: Path) -> None:
    add(proc, 7, "gemini")
    assert SystemProcesses(proc, linux=False).sessions([GEMINI]) is None
    assert SystemProcesses(tmp_path / "none", linux=True).sessions([GEMINI]) is None
    (proc / "stat").write_text("cpu 1\n")
    assert SystemProcesses(proc, linux=True).sessions([GEMINI]) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_this_very_process_is_found_and_began_before_now() -> None:
    command = Path("/proc/self/cmdline").read_bytes().split(b"\0")[0].decode()
    mine = Program(Path(command).name)
    found = SystemProcesses().sessions([mine])
    assert found is not None
    assert os.getpid() in [session.pid for session in found[mine]]


def descended(proc: Path, parents: dict[int, int]) -> None:
    """Say of each process which one started it."""
    for pid, parent in parents.items():
        fields = (proc / str(pid) / "stat").read_text().rpartition(")")[0]
        (proc / str(pid) / "stat").write_text(f"{fields}) S {parent} 0")


def test_who_started_us_is_found_however_far_above(proc: Path) -> None:
    us = os.getppid()
    add(proc, us, "bash")
    add(proc, 7, "/bin/sh", "-c", "x")
    add(proc, 8, "gemini")
    descended(proc, {us: 7, 7: 8, 8: 1})
    assert started_by([OTHER, GEMINI], proc) == GEMINI
    assert started_by([OTHER], proc) is None


def test_nobody_is_found_where_the_system_tells_no_more(proc: Path) -> None:
    assert started_by([GEMINI], proc) is None
    us = os.getppid()
    add(proc, us, "bash")
    assert started_by([GEMINI], proc) is None
    descended(proc, {us: us})
    assert started_by([GEMINI], proc) is None

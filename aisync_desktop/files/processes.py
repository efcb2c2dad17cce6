"""Running programs of this user, as the system lists them: nothing is asked of them, and nothing is run to find out.

Only Linux tells without help (/proc). Elsewhere nobody knows, which is another answer than "none".
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from aisync_desktop.kernel.dataclass import dataclass

PROC = Path("/proc")
_INTERPRETER = re.compile(r"(node|nodejs|bun|deno|python[0-9.]*)$")
_TAKING = {"-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions", "-W", "-X"}
_RUNS = "run"  # what bun and deno are told before the script
_SURE = 2  # looks: a program that was just started may still be the shell that starts it
_STARTED = 19  # of the fields that come after the name in a process's stat: in clock ticks since the system started


@dataclass(frozen=True)
class Program:
    """What a running program is recognised by: its command, and the packages that its script may be in."""

    command: str
    packages: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Session:
    """One running process of a program, and the wall time in seconds at which it began."""

    since: float
    pid: int


class Processes(Protocol):
    """The running programs of a machine."""

    def sessions(self, programs: Collection[Program]) -> Mapping[Program, tuple[Session, ...]] | None:
        """Return the processes of each program, the oldest first; None where that cannot be told."""
        ...


class SystemProcesses:
    """This machine's. What was seen to be something else some times is not looked at again: it stays what it is."""

    def __init__(self, proc: Path = PROC, *, linux: bool = sys.platform == "linux") -> None:
        self._proc = proc
        self._linux = linux
        self._wanted: frozenset[Program] = frozenset()
        self._strangers: dict[str, int] = {}  # by pid: how often it was seen to be none of those

    def sessions(self, programs: Collection[Program]) -> Mapping[Program, tuple[Session, ...]] | None:
        """Look once through all processes."""
        began = _system_start(self._proc) if self._linux else None
        if began is None:
            return None
        if self._wanted != frozenset(programs):
            self._wanted, self._strangers = frozenset(programs), {}
        found: dict[Program, list[Session]] = {program: [] for program in programs}
        for pid in self._unknown():
            folder = self._proc / pid
            scripts = list(_scripts(folder))
            running = [program for program in programs if any(_is_of(script, program) for script in scripts)]
            since = _started(folder) if running and _is_mine(folder) else None
            if since is None:
                self._strangers[pid] = self._strangers.get(pid, 0) + 1
                continue
            for program in running:
                found[program].append(Session(began + since, int(pid)))
        return {program: tuple(sorted(sessions)) for program, sessions in found.items()}

    def _unknown(self) -> list[str]:
        """Return the processes that may be what is looked for; the others are forgotten once they have ended."""
        try:
            pids = [name for name in os.listdir(self._proc) if name.isdecimal()]
        except OSError:
            pids = []
        self._strangers = {pid: self._strangers[pid] for pid in pids if pid in self._strangers}
        return [pid for pid in pids if self._strangers.get(pid, 0) < _SURE]


def started_by(programs: Collection[Program], proc: Path = PROC) -> Program | None:
    """Return which of these programs started us, or what did, and so on; None also where the system is silent."""
    pid, seen = os.getppid(), set[int]()
    while pid > 1 and pid not in seen:
        seen.add(pid)
        folder = proc / str(pid)
        scripts = list(_scripts(folder))
        for program in programs:
            if any(_is_of(script, program) for script in scripts):
                return program
        pid = _parent(folder)
    return None


def _parent(folder: Path) -> int:
    """Return the process that started one; 0 where nobody knows."""
    try:
        return int((folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def _system_start(proc: Path) -> float | None:
    try:
        said = re.search(r"^btime (\d+)$", (proc / "stat").read_text(), re.MULTILINE)
    except OSError:
        return None
    return float(said[1]) if said else None


def _is_mine(folder: Path) -> bool:
    try:
        return folder.stat().st_uid == os.getuid()
    except OSError:  # it has ended meanwhile
        return False


def _scripts(folder: Path) -> Iterator[str]:
    """Yield what a process runs: its program and, where that is an interpreter, the script."""
    try:
        words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return
    yield words[0]
    if _INTERPRETER.search(PurePosixPath(words[0]).name):
        script = _script(words[1:])
        yield script if script.startswith("/") else _within(folder / "cwd", script)


def _script(words: Sequence[str]) -> str:
    """Return which of the words after an interpreter is the script; "" for none."""
    taken = False  # by the option before it
    for word in words:
        if not (taken or word.startswith("-") or word == _RUNS):
            return word
        taken = word in _TAKING
    return ""


def _within(link: Path, script: str) -> str:
    """Return a script with the folder that it was named in, where that is known."""
    try:
        return f"{link.readlink()}/{script}"
    except OSError:
        return script


def _is_of(script: str, program: Program) -> bool:
    named = PurePosixPath(script).name.removesuffix(".js") == program.command
    return named or any(f"/node_modules/{package}/" in script for package in program.packages)


def _started(folder: Path) -> float | None:
    """Return when a process began, in seconds since the system started."""
    try:
        fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        return int(fields[_STARTED]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None

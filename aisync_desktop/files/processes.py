"""Running programs of this user, as the system lists them: nothing is asked of them, and nothing is run to find out.

Only Linux tells without help (/proc). Elsewhere nobody knows, which is another answer than "none".
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

PROC = Path("/proc")
_INTERPRETER = re.compile(r"(node|nodejs|bun|deno|python[0-9.]*)$")
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
    """This machine's."""

    def __init__(self, proc: Path = PROC, *, linux: bool = sys.platform == "linux") -> None:
        self._proc = proc
        self._linux = linux

    def sessions(self, programs: Collection[Program]) -> Mapping[Program, tuple[Session, ...]] | None:
        """Look once through all processes."""
        began = _system_start(self._proc) if self._linux else None
        if began is None:
            return None
        found: dict[Program, list[Session]] = {program: [] for program in programs}
        for folder in _own(self._proc):
            scripts = list(_scripts(folder))
            running = [program for program in programs if any(_is_of(script, program) for script in scripts)]
            since = _started(folder) if running else None
            for program in running if since is not None else ():
                found[program].append(Session(began + (since or 0.0), int(folder.name)))
        return {program: tuple(sorted(sessions)) for program, sessions in found.items()}


def _system_start(proc: Path) -> float | None:
    try:
        said = re.search(r"^btime (\d+)$", (proc / "stat").read_text(), re.MULTILINE)
    except OSError:
        return None
    return float(said[1]) if said else None


def _own(proc: Path) -> Iterator[Path]:
    """Yield the folders of this user's processes."""
    mine = os.getuid() if hasattr(os, "getuid") else None
    try:
        with os.scandir(proc) as entries:
            yield from (Path(one.path) for one in entries if one.name.isdecimal() and _owner(one) == mine)
    except OSError:
        return


def _owner(entry: os.DirEntry[str]) -> int | None:
    try:
        return entry.stat().st_uid
    except OSError:  # it has ended meanwhile
        return None


def _scripts(folder: Path) -> Iterator[str]:
    """Yield what a process runs: its program and, where that is an interpreter, the script."""
    try:
        words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return
    yield words[0]
    if _INTERPRETER.search(PurePosixPath(words[0]).name):
        yield from [word for word in words[1:] if not word.startswith("-")][:1]


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

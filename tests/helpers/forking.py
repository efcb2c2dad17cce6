"""A process that has the program loaded, and forks for each command that is asked of it.

A command that starts from nothing spends most of its time on imports. One that is forked spends none: it is a process
of its own all the same, with its own arguments, environment, folder and streams, and it ends as it would have.
What was loaded is frozen for the garbage collector, which would go through all of it, and so copy it, in each child.
Run as a module this is that process: it reads one JSON line for each command and answers with one.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOMS = (
    "kernel",
    "files",
    "documents",
    "secrets",
    "permissions",
    "database",
    "program",
    "clients",
    "sync",
    "service",
    "cli",
)
_LAZY = ("cryptography.hazmat.primitives.ciphers.aead", "typer._adapters", "keyring.backends.fail")


class Forks:
    """The asking side: one such process, and a folder for what its children say."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="forks-")
        self._server = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._pid = int(self._server.stdout.readline()) if self._server.stdout else 0
        atexit.register(self.close)

    def run(self, words: tuple[str, ...], environ: dict[str, str], patience: float) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, as `subprocess.run` does."""
        out, errors = (Path(self._folder.name, name) for name in ("out", "errors"))
        asked = {"words": words, "environ": environ, "cwd": str(Path.cwd()), "out": str(out), "errors": str(errors)}
        if self._server.stdin is None or self._server.stdout is None:
            raise BrokenPipeError
        self._server.stdin.write(json.dumps(asked).encode() + b"\n")
        self._server.stdin.flush()
        if not select.select([self._server.stdout], [], [], patience)[0]:
            self.close()
            raise subprocess.TimeoutExpired(words, patience)
        status = os.waitstatus_to_exitcode(int(self._server.stdout.readline()))
        return subprocess.CompletedProcess(words, status, out.read_text("utf-8"), errors.read_text("utf-8"))

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._server.communicate()
        self._folder.cleanup()
        forks.cache_clear()


@functools.cache
def forks() -> Forks:
    """Return the one of this process, started when it is first asked for."""
    return Forks()


def _load() -> None:
    for room in ROOMS:
        package = importlib.import_module(f"aisync_desktop.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".live" not in found.name:  # Qt, which starts threads
                importlib.import_module(found.name)
    for name in _LAZY:
        importlib.import_module(name)
    importlib.import_module("aisync_desktop.clients.loader").load_catalog()
    typer_main = importlib.import_module("typer.main")
    typer_main.get_command = functools.cache(typer_main.get_command)  # type: ignore[attr-defined]  # not declared there
    typer_main.get_command(importlib.import_module("aisync_desktop.cli.app").app)
    gc.collect()
    gc.freeze()


def _serve() -> dict[str, Any]:
    """Fork for each line; return in the child, with what was asked of it."""
    asking, answering = (os.dup(fd) for fd in (0, 1))  # which no child's child inherits
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1):
        os.dup2(nothing, fd)
    with os.fdopen(asking, encoding="utf-8") as lines:
        while line := lines.readline():
            child = os.fork()
            if child == 0:
                os.close(answering)
                return dict(json.loads(line))
            os.write(answering, b"%d\n" % os.waitpid(child, 0)[1])
    os._exit(0)


def _become(asked: dict[str, Any]) -> None:
    """Have the streams, the environment, the folder and the arguments of a command."""
    for fd, name in ((1, "out"), (2, "errors")):
        target = os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(target, fd)
        os.close(target)
    sys.stdin, sys.stdout = _stream(0, "r"), _stream(1, "w")
    sys.stderr = _stream(2, "w", line_buffering=True)
    os.environ.clear()
    os.environ.update(asked["environ"])
    os.chdir(asked["cwd"])
    sys.argv = ["aisync", *asked["words"]]


def _stream(fd: int, mode: str, *, line_buffering: bool = False) -> io.TextIOWrapper:
    raw = io.FileIO(fd, mode, closefd=False)
    buffer = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
    return io.TextIOWrapper(buffer, "utf-8", line_buffering=line_buffering)


def _leave_home() -> None:
    """Be started by nobody, and tell the pid: whoever runs the tests may be an assistant, and no command is one's."""
    if os.fork():
        os._exit(0)
    os.write(1, f"{os.getpid()}\n".encode())


if __name__ == "__main__":
    _leave_home()
    _load()
    _become(_serve())
    importlib.import_module("aisync_desktop.__main__").main()

"""A process that has the program loaded, and forks for each command that is asked of it.

A command that starts from nothing spends most of its time on imports, an app that is started does so even more. One
that is forked spends none: it is a process of its own all the same, with its own arguments, environment, folder and
streams, and it ends as it would have.
What was loaded is frozen for the garbage collector, which would go through all of it, and so copy it, in each child.
Run as a module this is that process: it reads one JSON line for each thing to do and answers with a number.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import io
import itertools
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.helpers.patience import PATIENCE

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
_OF_THE_APP = (
    "aisync_desktop.app",
    "aisync_desktop.api.app",
    "aisync_desktop.service.live.qt",
    "uvicorn.protocols.http.h11_impl",
)
_OUT, _ERRORS = ".out", ".err"


class Forks:
    """The asking side: one such process, and a folder for what its children say."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="forks-")
        self._numbers = itertools.count()
        self._server = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        if self._server.stdin is None or self._server.stdout is None:
            raise BrokenPipeError
        self._questions, self._answers = self._server.stdin, self._server.stdout
        self._pid = self._answer()
        atexit.register(self.close)

    def start(self, words: Sequence[str], environ: Mapping[str, str]) -> Fork:
        """Start a command."""
        streams = Path(self._folder.name, str(next(self._numbers)))
        self._ask({"words": words, "environ": dict(environ), "cwd": str(Path.cwd()), "streams": str(streams)})
        return Fork(self, self._answer(), streams)

    def run(self, words: Sequence[str], environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, as `subprocess.run` does."""
        fork = self.start(words, environ)
        out, errors = fork.communicate()
        return subprocess.CompletedProcess(words, fork.wait(), out, errors)

    def status(self, pid: int, patience: float) -> int | None:
        """Wait for the end of a child, or with no patience look for it, and return the status that the system gave."""
        self._ask({"wait" if patience else "look": pid})
        if patience and not select.select([self._answers], [], [], patience)[0]:
            os.kill(pid, signal.SIGKILL)
            self._answer()
            raise subprocess.TimeoutExpired(str(pid), patience)
        found = self._answer()
        return None if found < 0 else found

    def _ask(self, what: dict[str, Any]) -> None:
        self._questions.write(json.dumps(what).encode() + b"\n")
        self._questions.flush()

    def _answer(self) -> int:
        return int(self._answers.readline())

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._server.communicate()
        self._folder.cleanup()
        forks.cache_clear()


class Fork:
    """One of its children; it can be asked and told what a `subprocess.Popen` can."""

    def __init__(self, parent: Forks, pid: int, streams: Path) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._parent = parent
        self._streams = streams

    def poll(self) -> int | None:
        """Return how it ended, if it has."""
        return self._ended(0)

    def wait(self, timeout: float = PATIENCE) -> int:
        """Return how it ended, once it has."""
        ended = self._ended(timeout)
        if ended is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        return ended

    def _ended(self, patience: float) -> int | None:
        if self.returncode is None:
            status = self._parent.status(self.pid, patience)
            self.returncode = None if status is None else os.waitstatus_to_exitcode(status)
        return self.returncode

    def communicate(self, timeout: float = PATIENCE) -> tuple[str, str]:
        """Return all that it said, once it has ended."""
        self.wait(timeout)
        out, errors = (self._streams.with_suffix(suffix).read_text("utf-8") for suffix in (_OUT, _ERRORS))
        return out, errors

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it is known to have ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


@functools.cache
def forks() -> Forks:
    """Return the one of this process, started when it is first asked for."""
    return Forks()


def _load() -> None:
    for room in ROOMS:
        package = importlib.import_module(f"aisync_desktop.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".live" not in found.name:  # Qt, which only the app needs
                importlib.import_module(found.name)
    for name in _LAZY:
        importlib.import_module(name)
    importlib.import_module("aisync_desktop.clients.loader").load_catalog()
    typer_main = importlib.import_module("typer.main")
    typer_main.get_command = functools.cache(typer_main.get_command)  # type: ignore[attr-defined]  # not declared there
    typer_main.get_command(importlib.import_module("aisync_desktop.cli.app").app)
    gc.collect()
    gc.freeze()


@functools.cache
def _load_app() -> None:
    for name in _OF_THE_APP:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _serve() -> dict[str, Any]:
    """Do what each line says; return in a child that was forked, with what was asked of it."""
    asking, answering = (os.dup(fd) for fd in (0, 1))  # which no child's child inherits
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1):
        os.dup2(nothing, fd)
    with os.fdopen(asking, encoding="utf-8") as lines:
        while line := lines.readline():
            asked = dict(json.loads(line))
            if "words" in asked:
                if asked["words"][:1] == ["run"]:
                    _load_app()
                answer = os.fork()
                if answer == 0:
                    os.close(answering)
                    return asked
            elif "wait" in asked:
                answer = os.waitpid(asked["wait"], 0)[1]
            else:
                pid, status = os.waitpid(asked["look"], os.WNOHANG)
                answer = status if pid else -1
            os.write(answering, b"%d\n" % answer)
    os._exit(0)


def _become(asked: dict[str, Any]) -> None:
    """Have the streams, the environment, the folder and the arguments of a command."""
    for fd, suffix in ((1, _OUT), (2, _ERRORS)):
        target = os.open(asked["streams"] + suffix, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
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
    os.write(1, b"%d\n" % os.getpid())


def _run() -> None:
    """Run the command, and end as Python does, but without taking all modules apart: that would copy them before."""
    try:
        importlib.import_module("aisync_desktop.__main__").main()
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        threading._shutdown()  # type: ignore[attr-defined]  # not declared there
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(end.code or 0)


if __name__ == "__main__":
    _leave_home()
    _load()
    _become(_serve())
    _run()

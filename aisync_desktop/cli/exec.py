"""`aisync exec`: become the real server, with its secrets in the environment.

Standard output belongs to the server's protocol from the first byte on: whatever we have to say goes to stderr. On
POSIX the server takes our place, our process id and our open files; on Windows it is a child whose exit code is ours.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from aisync_desktop.files.places import DATABASE, find_places
from aisync_desktop.kernel.child_env import child_env
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.secrets.references import SEALED
from aisync_desktop.secrets.safe import OpenSafe
from aisync_desktop.secrets.vault import SystemVault
from aisync_desktop.sync.store.lean_reader import LeanReader
from aisync_desktop.sync.terms.starting_servers import (
    Agreed,
    NotStartedError,
    Start,
    Wanted,
    find_item,
    start_agreed,
    start_of,
)

_ERROR = 1
_IGNORED_BY_PYTHON = ("SIGPIPE", "SIGXFSZ")


def tell(words: Sequence[str]) -> int | None:
    """Become the server that is asked for; None where that is for the command line's full reader to say."""
    asked = parse(words)
    return None if asked is None else start(asked)


def parse(words: Sequence[str]) -> Wanted | None:
    """Return what is asked for; None where that is for the command line's full reader to say."""
    names, options = list[str](), dict[str, str]()
    rest = iter(words)
    for word in rest:
        option, assigned, value = word.partition("=")
        if option in {"--scope", "--project"}:
            options[option] = value if assigned else next(rest, "")
        elif word == "--" or word.startswith("-"):
            return None
        else:
            names.append(word)
    if len(names) != 1 or "" in options.values() or len(options) > 1:
        return None
    return wanted(names[0], options.get("--scope", ""), options.get("--project", ""))


def wanted(server: str, scope: str, project: str) -> Wanted:
    """Return which server these words mean."""
    root = project or (scope if scope != "user" else "")
    root = os.path.realpath(root.removeprefix("project:")) if root else ""
    return Wanted(server, root, user=scope == "user")


def start(asked: Wanted) -> int:
    """Become the server; return only if that fails, or on Windows."""
    try:
        return _become(asked.server, _start_of(asked))
    except WorldError as error:
        _tell(error)
        return _ERROR
    except Exception as error:  # noqa: BLE001 - the outermost boundary, as of every other command
        from aisync_desktop.cli.faults import report_bug

        report_bug(error)
        return _ERROR


def _start_of(asked: Wanted) -> Start:
    places = find_places(os.environ)
    database = places.state / DATABASE
    try:
        with closing(LeanReader(database, lambda: KeyRing(places.state, SystemVault()))) as reader:
            scopes = asked.scopes(Path.cwd().resolve(), reader.projects())
            scope, item = find_item(asked, scopes, reader.item)
            values = OpenSafe(reader, SystemVault()).get
            environ = child_env(os.environ)
            if not SEALED.search(str(item.get("env"))):
                return start_of(asked.server, scope, item, environ, values)
            agreed = Agreed.of(reader.agreed(scope, f"mcp/{asked.server}"))
            return start_agreed(asked.server, scope, item, agreed, environ, values)
    except (sqlite3.Error, ValueError) as error:
        reason = str(error) if isinstance(error, sqlite3.Error) else type(error).__name__
        raise NotStartedError(asked.server, "no-memory", database, reason=reason) from error


def _become(server: str, to: Start) -> int:
    if to.cwd:
        try:
            os.chdir(to.cwd)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise NotStartedError(server, "no-folder", Path(to.cwd), reason=reason) from error
    program = to.program or shutil.which(to.argv[0], path=to.env.get("PATH", ""))
    if program is None:
        raise NotStartedError(server, "no-program", command=to.argv[0], reason="not found")
    try:
        return _child(program, to) if os.name == "nt" else _replace(program, to)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotStartedError(server, "no-program", command=to.argv[0], reason=reason) from error


def _replace(program: str, to: Start) -> int:
    """Become the program; what Python ignores, it would go on ignoring."""
    for name in _IGNORED_BY_PYTHON:
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_DFL)
    os.execve(program, to.argv, dict(to.env))  # noqa: S606 - the server that the user configured; no shell is wanted


def _child(program: str, to: Start) -> int:
    """Run the program with our own handles; Ctrl-C is for it to answer."""
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call([program, *to.argv[1:]], env=dict(to.env))  # noqa: S603 - the server that the user configured


def _tell(error: WorldError) -> None:
    from aisync_desktop.cli.faults import failed

    failed(error, as_json=False)

"""Starting a server in the place of its client: its item, found by name, becomes a program with an environment.

Secrets come out of the safe into the environment and nowhere else: what stands on a command line can be read by every
program of the machine. References (`${NAME}`, `${NAME:-default}`) are filled in as a client would, and by no shell.
Nothing here imports more than it must (see `store/lean.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.messages import text
from aisync_desktop.core.values import Value
from aisync_desktop.secrets.references import SEALED

_USER = "user"
_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")
_PIECE = re.compile(f"{_REFERENCE.pattern}|{SEALED.pattern}")
_HOOKS = re.compile(
    r"LD_(?:PRELOAD|AUDIT|LIBRARY_PATH)|DYLD_.*|NODE_OPTIONS|NODE_PATH|PYTHON(?:PATH|HOME|STARTUP|INSPECT)|BASH_ENV|ENV"
    r"|RUBYOPT|RUBYLIB|PERL5(?:OPT|LIB|DB)|_?JAVA_(?:TOOL_)?OPTIONS|JDK_JAVA_OPTIONS"
)
_ON_THE_LINE = ("command", "args", "cwd")

Values = Callable[[str], "str | None"]  # what a reference of a secret stands for
ItemIn = Callable[[str, str], "Mapping[str, Value] | None"]  # by scope and key


class NotStartedError(WorldError):
    """The server cannot be started; `code` names the reason."""

    def __init__(self, server: str, code: str, path: Path | None = None, **params: str | int) -> None:
        title = text("exec.failed", server=server)
        super().__init__(title, text(f"exec.{code}", **params), text(f"exec.{code}.next", **params), path)


@dataclass(frozen=True)
class Start:
    """A program to become: its command line, and the folder that it is to start in ("" is where we are)."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: str = ""


@dataclass(frozen=True)
class Wanted:
    """Which server: of the user's own, of a project, or, where neither is said, of the folder that we are in."""

    server: str
    root: str = ""
    user: bool = False

    def scopes(self, here: Path, projects: Iterable[str]) -> tuple[str, ...]:
        """Return the scopes to look in, in their order."""
        if self.root:
            return (f"project:{self.root}",) if self.root in projects else ()
        around = {str(folder) for folder in (here, *here.parents)} if not self.user else set()
        mine = sorted(around.intersection(projects), key=len, reverse=True)  # the innermost is first
        return (*(f"project:{root}" for root in mine), _USER)


def line_of(item: Mapping[str, Value]) -> str:
    """Return a short name for what an item starts: another one as soon as it would start, or be told, anything else.

    The values of its secrets are left out, as they may change.
    """
    said = {name: item.get(name) for name in ("transport", "command", "args", "cwd", "env")}
    return hashlib.sha256(SEALED.sub("secret", json.dumps(said, sort_keys=True)).encode()).hexdigest()[:32]


def is_same_program(found: str, agreed: str) -> bool:
    """Whether a command leads to the program that the user agreed to; where they saw none, it is none of theirs."""
    return bool(agreed) and os.path.realpath(found) == os.path.realpath(agreed)


def without_hooks(item: Mapping[str, Value], environ: Mapping[str, str]) -> dict[str, str]:
    """Return the caller's environment without what makes a program run other code first, unless the item says it."""
    said = item.get("env")
    mine = said if isinstance(said, dict) else {}
    return {name: value for name, value in environ.items() if name in mine or not _HOOKS.fullmatch(name)}


def find_item(wanted: Wanted, scopes: tuple[str, ...], item_in: ItemIn) -> tuple[str, Mapping[str, Value]]:
    """Return the first item of that name, and its scope."""
    for scope in scopes:
        item = item_in(scope, f"mcp/{wanted.server}")
        if item is not None:
            return scope, item
    raise NotStartedError(wanted.server, "unknown", place=", ".join(scopes) or wanted.root)


def start_of(server: str, scope: str, item: Mapping[str, Value], environ: Mapping[str, str], values: Values) -> Start:
    """Return how to start an item."""
    command, args = item.get("command"), item.get("args", [])
    if item.get("transport", "stdio") != "stdio" or not isinstance(command, str):
        raise NotStartedError(server, "not-stdio")
    open_field = next((name for name in _ON_THE_LINE if SEALED.search(str(item.get(name, "")))), "")
    if open_field:
        raise NotStartedError(server, "secret-in-args", field=open_field)
    words = [command, *(str(word) for word in (args if isinstance(args, list) else []))]
    if _is_launcher(words):
        raise NotStartedError(server, "loop")
    line = tuple(_filled(server, word, environ) for word in words)
    env = {**environ, **_variables(server, item, environ, values)}
    return Start(line, env, _folder(scope, _filled(server, str(item.get("cwd", "")), environ)))


def _is_launcher(words: list[str]) -> bool:
    """Whether it would start us again, for whatever server: it could go round in a circle."""
    named = PurePath(words[0].replace("\\", "/")).name.casefold().startswith("aisync")
    of_module = any(words[at : at + 3] == ["-m", "aisync_desktop", "exec"] for at in (1, 2))
    return of_module or (named and words[1:2] == ["exec"])


def _folder(scope: str, cwd: str) -> str:
    """Return where a server starts: a project's in its root, if it is not said otherwise from there."""
    root = scope.removeprefix("project:") if scope != _USER else ""
    return str(Path(root) / cwd) if root and cwd else cwd if Path(cwd).is_absolute() else ""


def _variables(server: str, item: Mapping[str, Value], environ: Mapping[str, str], values: Values) -> dict[str, str]:
    """Return the item's variables; one that refers to what is not set may be set already, in the client's own words."""
    said = item.get("env", {})
    found: dict[str, str] = {}
    for name, value in said.items() if isinstance(said, dict) else ():
        unset = any(used not in environ and default is None for used, default in _uses(str(value)))
        if not (unset and name in environ):
            found[name] = _opened(server, name, str(value), environ, values)
    return found


def _uses(value: str) -> list[tuple[str, str | None]]:
    return [(found.group(1), found.group(2)) for found in _REFERENCE.finditer(value)]


def _filled(server: str, value: str, environ: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda found: _set(server, found, environ), value)


def _set(server: str, found: re.Match[str], environ: Mapping[str, str]) -> str:
    name, default = found.group(1), found.group(2)
    if environ.get(name) or (name in environ and default is None):
        return environ[name]
    if default is None:
        raise NotStartedError(server, "unset", name=name, reference=f"${{{name}:-...}}")
    return default


def _opened(server: str, name: str, value: str, environ: Mapping[str, str], values: Values) -> str:
    """Return a value filled in and with its secrets in clear, in one go: nothing that comes in is looked at again."""

    def piece(found: re.Match[str]) -> str:
        if found.group(1):
            return _set(server, found, environ)
        secret = values(found.group())
        if secret is None:
            raise NotStartedError(server, "no-value", name=name, reference=found.group())
        return secret

    return _PIECE.sub(piece, value)

"""Starting a server in the place of its client: its item, found by name, becomes a program with an environment.

Secrets come out of the safe into the environment and nowhere else: what stands on a command line can be read by every
program of the machine. References (`${NAME}`, `${NAME:-default}`) are filled in as a client would, and by no shell.

Whoever starts us (any repository's file can have a client do so) chooses our environment and folder; what gets secrets
is for the user to choose. So the user agrees to what the item says, to the program that it leads to, by its whole path,
and to the variables that say where code comes from (PATH, HOME, certificates, ...), as they are then (`Agreed`); just
that is started. Of the caller's variables only those of the session are passed on. A variable of the item may refer to
any other, but nothing that says what is started may.
Nothing here imports more than it must (see `sync/store/lean_reader.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath
from typing import NamedTuple

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.references import SEALED

_USER = "user"
_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")
_PIECE = re.compile(f"{_REFERENCE.pattern}|{SEALED.pattern}")
_PLACES = re.compile(  # what says where programs take their code and their trust from
    r"PATH|HOME|SHELL|XDG_(?:CONFIG|DATA|STATE|CACHE)_(?:HOME|DIRS)|SSL_CERT_(?:FILE|DIR)|NODE_EXTRA_CA_CERTS"
    r"|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|USERPROFILE"
    r"|HOMEDRIVE|HOMEPATH|PUBLIC",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"USER|USERNAME|LOGNAME|LANG|LANGUAGE|LC_.*|TERM|COLORTERM|TZ|TMPDIR|TMP|TEMP|XDG_.*|DISPLAY|WAYLAND_DISPLAY"
    r"|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|SSH_AUTH_SOCK|(?:https?|all|no)_proxy|NUMBER_OF_PROCESSORS|PROCESSOR_.*",
    re.IGNORECASE,
)
_STARTS_A_PROGRAM = "unixexec:"  # an address of D-Bus
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
    """A program to become: its command line, and the folder that it is to start in ("" is where we are).

    `program` is where it lies; "" is where its name leads to.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: str = ""
    program: str = ""


class Agreed(NamedTuple):
    """What a launcher may start: a fingerprint of the item's line, its program, and what says where code is from."""

    line: str
    program: str
    places: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, stored: object) -> Agreed:
        """Read what `stored` returned; what is older, or cannot be read, is to be agreed to again."""
        match stored:
            case [str(line), str(program), dict(places)]:
                return cls(line, program, tuple((str(name), str(value)) for name, value in places.items()))
            case _:
                return NOTHING

    def stored(self) -> list[Value]:
        """Return the JSON-able form."""
        return [self.line, self.program, dict(self.places)]


NOTHING = Agreed("", "", ())


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


def to_agree(scope: str, item: Mapping[str, Value], environ: Mapping[str, str]) -> Agreed:
    """Return what an item would start in an environment."""
    places = {name: value for name, value in environ.items() if _PLACES.fullmatch(name)}
    program = program_of(scope, item, environ)
    places["PATH"] = _with_folder_of(program, _whole_folders(environ.get("PATH", "")))
    return Agreed(line_of(item), program, tuple(sorted(places.items())))


def is_agreed(item: Mapping[str, Value], agreed: Agreed) -> bool:
    """Whether an item is as the user agreed to it; there may be no such program (any more)."""
    return bool(agreed.program) and agreed.line == line_of(item)


def is_program(path: str) -> bool:
    """Whether there is a program."""
    return Path(path).is_absolute() and shutil.which(path) is not None


def unsettled(scope: str, item: Mapping[str, Value]) -> str:
    """Return the field ("": none) by which whoever starts an item would choose what it is: a variable, their folder."""
    field = next((name for name in _ON_THE_LINE if _REFERENCE.search(str(item.get(name) or ""))), "")
    command = str(item.get("command") or "")
    is_relative = _is_path(command) and not Path(command).is_absolute()
    return field or ("command" if is_relative and not _home(scope, item) else "")


def program_of(scope: str, item: Mapping[str, Value], environ: Mapping[str, str]) -> str:
    """Return the whole path of the program that an item's command leads to; "" where it leads to none.

    A link is not followed: under another name it can be another program, as each environment of Python is.
    """
    command = str(item.get("command") or "")
    if not command or unsettled(scope, item):
        return ""
    if _is_path(command):
        found = shutil.which(str(Path(_home(scope, item)) / command))
    else:
        found = shutil.which(command, path=_whole_folders(_path(item, environ)))
    return found if found and Path(found).is_absolute() else ""  # Windows looks into the folder that we are in, too


def _is_path(command: str) -> bool:
    return PurePath(command).name != command


def _path(item: Mapping[str, Value], environ: Mapping[str, str]) -> str:
    """Return the PATH that an item says, or else the one that it gets."""
    said, here = item.get("env"), {"PATH": "", **environ}
    own = said.get("PATH") if isinstance(said, dict) else None
    return here["PATH"] if own is None else _variable("", "PATH", str(own), here, lambda reference: reference)


def _whole_folders(path: str) -> str:
    """Return a PATH without the folders that are others wherever one is."""
    return os.pathsep.join(folder for folder in path.split(os.pathsep) if Path(folder).is_absolute())


def _with_folder_of(program: str, path: str) -> str:
    """Return a PATH by which a program finds what lies beside it, as `npx` its `node`: ours may be a short one."""
    folders = [folder for folder in path.split(os.pathsep) if folder]
    own = str(Path(program).parent) if program else ""
    return os.pathsep.join([*folders, own] if own and own not in folders else folders)


def _home(scope: str, item: Mapping[str, Value]) -> str:
    """Return the folder that an item with secrets starts in; "" where that is for its caller to say."""
    return _folder(scope, str(item.get("cwd") or "")) or _root(scope)


def find_item(wanted: Wanted, scopes: tuple[str, ...], item_in: ItemIn) -> tuple[str, Mapping[str, Value]]:
    """Return the first item of that name, and its scope."""
    for scope in scopes:
        item = item_in(scope, f"mcp/{wanted.server}")
        if item is not None:
            return scope, item
    raise NotStartedError(wanted.server, "unknown", place=", ".join(scopes) or wanted.root)


def start_of(server: str, scope: str, item: Mapping[str, Value], environ: Mapping[str, str], values: Values) -> Start:
    """Return how to start an item."""
    line = tuple(_filled(server, word, environ) for word in _words(server, item))
    env = {**environ, **_variables(server, item, environ, values)}
    return Start(line, env, _folder(scope, _filled(server, str(item.get("cwd", "")), environ)))


def start_agreed(
    server: str, scope: str, item: Mapping[str, Value], agreed: Agreed, environ: Mapping[str, str], values: Values
) -> Start:
    """Return how to start an item that has secrets: just as the user agreed to it."""
    words = _words(server, item)
    if field := unsettled(scope, item):
        raise NotStartedError(server, "depends", field=field)
    if not is_agreed(item, agreed):
        raise NotStartedError(server, "changed" if agreed.program else "not-agreed")
    if not is_program(agreed.program):
        raise NotStartedError(server, "gone", program=agreed.program)
    known = {name: value for name, value in environ.items() if not _PLACES.fullmatch(name)} | dict(agreed.places)
    passed = {name: value for name, value in known.items() if _is_passed_on(name, value)}
    env = {**passed, **_variables(server, item, known, values)}
    return Start((agreed.program, *words[1:]), env, _home(scope, item), agreed.program)


def _is_passed_on(name: str, value: str) -> bool:
    return bool(_PLACES.fullmatch(name) or _SESSION.fullmatch(name)) and _STARTS_A_PROGRAM not in value


def _words(server: str, item: Mapping[str, Value]) -> list[str]:
    """Return an item's command line as it stands there; raise where it is none that we may start."""
    command, args = item.get("command"), item.get("args", [])
    if item.get("transport", "stdio") != "stdio" or not isinstance(command, str):
        raise NotStartedError(server, "not-stdio")
    open_field = next((name for name in _ON_THE_LINE if SEALED.search(str(item.get(name, "")))), "")
    if open_field:
        raise NotStartedError(server, "secret-in-args", field=open_field)
    words = [command, *(str(word) for word in (args if isinstance(args, list) else []))]
    if _is_launcher(words):
        raise NotStartedError(server, "loop")
    return words


def _is_launcher(words: list[str]) -> bool:
    """Whether it would start us again, for whatever server: it could go round in a circle."""
    named = PurePath(words[0].replace("\\", "/")).name.casefold().startswith("aisync")
    of_module = any(words[at : at + 3] == ["-m", "aisync_desktop", "exec"] for at in (1, 2))
    return of_module or (named and words[1:2] == ["exec"])


def _root(scope: str) -> str:
    return scope.removeprefix("project:") if scope != _USER else ""


def _folder(scope: str, cwd: str) -> str:
    """Return the folder that is said: a project's from its root on."""
    root = _root(scope)
    return str(Path(root) / cwd) if root and cwd else cwd if Path(cwd).is_absolute() else ""


def _variables(server: str, item: Mapping[str, Value], environ: Mapping[str, str], values: Values) -> dict[str, str]:
    """Return the item's variables."""
    said = item.get("env", {})
    mine = said if isinstance(said, dict) else {}
    return {name: _variable(server, name, str(value), environ, values) for name, value in mine.items()}


def _variable(server: str, name: str, value: str, environ: Mapping[str, str], values: Values) -> str:
    """Return a variable's value; one that refers to what is not set may be set already, in the client's own words."""
    unset = any(used not in environ and default is None for used, default in _uses(value))
    return environ[name] if unset and name in environ else _opened(server, name, value, environ, values)


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

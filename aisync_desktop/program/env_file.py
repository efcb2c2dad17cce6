"""`.env` in the config folder: settings for who cannot, or will not, set variables of the environment.

One variable a line, NAME=value; blank lines and lines that begin with # say nothing. It is read as data: nothing is
expanded or run, and what another reader would expand is refused unless it stands in '…'. The environment wins. A line
that is wrong is an error with its number and never with its text; a name that nobody reads is told.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from aisync_desktop.files.errors import file_problems
from aisync_desktop.files.own import read_own
from aisync_desktop.files.places import HOME_VARIABLE
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.settings import SettingRefusedError, check, parse_value, variable
from aisync_desktop.program.settings import sections

_MOST = 65_536  # bytes
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_EXPANDED = re.compile(r"[$`\\\"']|\s#")
_OTHERS_READ, _OTHERS_WRITE = stat.S_IRGRP | stat.S_IROTH, stat.S_IWGRP | stat.S_IWOTH
_OTHERS_ENTER = stat.S_IXGRP | stat.S_IXOTH


class EnvFileError(WorldError):
    """A line of the file that cannot be read, or has a value that its setting cannot have."""

    def __init__(self, path: Path, line: int, reason: str, **params: str) -> None:
        message = text(f"env.{reason}", path=str(path), line=line, **params)
        super().__init__(text("env.refused"), message, text("env.refused.next"), path)


class EnvFileOpenError(WorldError):
    """Others can write into the file, so that what is in it may be theirs."""

    def __init__(self, path: Path) -> None:
        message = text("env.open.message", path=str(path))
        super().__init__(text("env.open"), message, text("env.open.next", path=str(path)), path)


@dataclass(frozen=True)
class EnvFile:
    """What the file says, by variable, and what is to be told of it."""

    values: Mapping[str, str]
    told: tuple[Text, ...] = ()


def read_env(path: Path) -> EnvFile:
    """Return what the file says."""
    with file_problems(path):
        told = _require_closed(path)
        data, _ = read_own(path, _MOST + 1)
    read = {name: (line, value) for line, name, value in _lines(path, data)}
    _require_sound(path, read)
    known = {variable(name) for section in sections() for name in section.model_fields}
    unread = sorted(read.keys() - known)
    if unread:
        told = (*told, text("env.unread", path=str(path), names=", ".join(unread)))
    return EnvFile({name: value for name, (_, value) in read.items() if name in known}, told)


def _require_closed(path: Path) -> tuple[Text, ...]:
    """Refuse a file that others can write; return what is to be told where they can read it."""
    mode, reachable = path.lstat().st_mode, path.parent.stat().st_mode & _OTHERS_ENTER
    if not stat.S_ISREG(mode) or not reachable:
        return ()
    if mode & _OTHERS_WRITE:
        raise EnvFileOpenError(path)
    return (text("env.readable", path=str(path)),) if mode & _OTHERS_READ else ()


def _lines(path: Path, data: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield each assignment with the number of its line."""
    if len(data) > _MOST:
        raise EnvFileError(path, data[:_MOST].count(b"\n") + 1, "too-long")
    seen = set[str]()
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            line = raw.decode().strip()
        except UnicodeDecodeError as error:
            raise EnvFileError(path, number, "no-text") from error
        if not line or line.startswith("#"):
            continue
        name, assigned, value = line.partition("=")
        if not assigned or not _NAME.fullmatch(name):
            raise EnvFileError(path, number, "no-assignment")
        if name in seen:
            raise EnvFileError(path, number, "twice", name=name)
        seen.add(name)
        yield number, name, _value(path, number, value)


def _value(path: Path, number: int, written: str) -> str:
    """Return a value as it is written, without the quotes around it."""
    quote = written[:1] if written[:1] in {"'", '"'} else ""
    if quote and (len(written) < 2 or not written.endswith(quote)):  # noqa: PLR2004 - the two quotes
        raise EnvFileError(path, number, "quotes")
    inner = written[1:-1] if quote else written
    if "\0" in inner or ("'" in inner if quote == "'" else _EXPANDED.search(inner)):
        raise EnvFileError(path, number, "expanded")
    if not quote and inner != inner.strip():
        raise EnvFileError(path, number, "blanks")
    return inner


def _require_sound(path: Path, read: Mapping[str, tuple[int, str]]) -> None:
    """Refuse a value that its setting cannot have."""
    if HOME_VARIABLE in read:
        raise EnvFileError(path, read[HOME_VARIABLE][0], "home", name=HOME_VARIABLE)
    for section in sections():
        for name in section.model_fields:
            if (found := read.get(variable(name))) is not None:
                try:
                    check(section, {name: parse_value(found[1])})
                except SettingRefusedError as error:
                    raise EnvFileError(path, found[0], "value", name=variable(name)) from error

"""How other programs find the running app: `endpoint.json` and the bearer token, both readable by the user alone.

No web framework here: the command line reads these before it decides whether to ask the app or to work by itself.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import read_own
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.observe.logging import get_logger

Stamp: TypeAlias = tuple[int, ...] | None  # of a file as it is now; None where there is none

_log = get_logger(__name__)
_ENDPOINT = "endpoint.json"
_MOST = 4_096  # bytes of either file
_TOKEN = "api-token"  # noqa: S105 - a file's name


class TokenAnewError(WorldError):
    """The token's file was empty, or others could have written or read it."""

    def __init__(self, path: Path) -> None:
        texts = (text("api.token-anew"), text("api.token-anew.message"), text("api.token-anew.next"))
        super().__init__(*texts, path)


@dataclass(frozen=True)
class RunningApp:
    """What a running app says of itself."""

    url: str
    pid: int
    version: str


def announce(state: Path, app: RunningApp) -> None:
    """Write where the app listens."""
    _write_private(state / _ENDPOINT, json.dumps(asdict(app)))


def announcement(state: Path) -> Stamp:
    """Return what tells an announcement from any other, without reading it."""
    return _stamp(state / _ENDPOINT)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mode, found.st_uid, found.st_nlink, found.st_size, found.st_ctime_ns


def withdraw(state: Path, app: RunningApp) -> None:
    """Take the announcement back; another's stays."""
    if running_app(state) == app:
        with suppress(OSError):
            (state / _ENDPOINT).unlink()


def running_app(state: Path) -> RunningApp | None:
    """Return the announcement, if there is one; the app may be gone all the same."""
    try:
        found = json.loads(read_own(state / _ENDPOINT, _MOST)[0])
        return RunningApp(str(found["url"]), int(found["pid"]), str(found["version"]))
    except (OSError, NotOurs, ValueError, KeyError, TypeError):
        return None


def bearer_token(state: Path) -> str:
    """Return the API's token; made once, and anew where somebody else may know it."""
    return token_and_doubt(state)[0]


def token_and_doubt(state: Path) -> tuple[str, TokenAnewError | None]:
    """Return the API's token, and what is to be told where it was made anew."""
    path = state / _TOKEN
    try:
        said, alone = read_own(path, _MOST)
        token = said.decode("ascii").strip()
    except FileNotFoundError:
        return _made(path), None
    except (NotOurs, UnicodeDecodeError):
        token, alone = "", False
    return (token, None) if token and alone else (_made(path), TokenAnewError(path))


class TokenFile:
    """The API's token as its file says it now: one that was replaced is the token from then on.

    One that is missing, empty, or not ours alone any more is made anew, as at a start. Called from any thread.
    Attribute: `doubt` (what is to be told of the token, if it was made anew at the start).
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._lock = Lock()
        self._token, self.doubt = token_and_doubt(state)
        self._read = self._now()

    def __call__(self) -> str:
        """Return the token; the last one as long as the file cannot be read or made."""
        with self._lock:
            if self._read is None or self._now() != self._read:
                with suppress(OSError):
                    self._token, doubt = token_and_doubt(self._state)
                    self._read = self._now()
                    if doubt is not None:
                        _log.warning("of the API", code=doubt.title.code)
            return self._token

    def _now(self) -> Stamp:
        return _stamp(self._state / _TOKEN)


def _made(path: Path) -> str:
    token = secrets.token_urlsafe(32)
    _write_private(path, token)
    return token


def _write_private(path: Path, content: str) -> None:
    """Write a file of our own whole or not at all, mode 0600 from its first byte on."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)  # else a power cut may leave the name with nothing in it
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise

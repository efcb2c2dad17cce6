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

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import read_own
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text

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


def withdraw(state: Path) -> None:
    """Take the announcement back."""
    with suppress(FileNotFoundError):
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


def _made(path: Path) -> str:
    token = secrets.token_urlsafe(32)
    _write_private(path, token)
    return token


def _write_private(path: Path, content: str) -> None:
    """Write a file of our own whole or not at all, mode 0600 from its first byte on."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    temporary.replace(path)

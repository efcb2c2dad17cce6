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

_ENDPOINT = "endpoint.json"
_TOKEN = "api-token"  # noqa: S105 - a file's name


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
        found = json.loads((state / _ENDPOINT).read_text(encoding="utf-8"))
        return RunningApp(str(found["url"]), int(found["pid"]), str(found["version"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def bearer_token(state: Path) -> str:
    """Return the API's token; made once."""
    path = state / _TOKEN
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8").strip()
    _write_private(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8").strip()


def _write_private(path: Path, content: str) -> None:
    """Write a file of our own whole or not at all, mode 0600 from its first byte on."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    temporary.replace(path)

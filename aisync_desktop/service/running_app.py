"""How other programs find the running app: `endpoint.json`, readable by the user alone.

No web framework here: the command line reads it before it decides whether to ask the app or to work by itself.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import Stamp, read_own, stamp_of, write_own
from aisync_desktop.kernel.dataclass import dataclass

_ENDPOINT = "endpoint.json"
_MOST = 4_096  # bytes of the file


@dataclass(frozen=True)
class RunningApp:
    """What a running app says of itself."""

    url: str
    pid: int
    version: str


def announce(state: Path, app: RunningApp) -> None:
    """Write where the app listens."""
    write_own(state / _ENDPOINT, json.dumps(asdict(app)))


def announcement(state: Path) -> Stamp:
    """Return what tells an announcement from any other, without reading it."""
    return stamp_of(state / _ENDPOINT)


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
    except (OSError, NotOurs, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None

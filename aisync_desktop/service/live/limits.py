"""What to tell the user when the system does not let us watch a folder, with the exact thing to do about it."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text

_LIMITS = Path("/proc/sys/fs/inotify")
_ENOUGH = {"max_user_watches": 524_288, "max_user_instances": 1_024}
_LIMIT_OF = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}


class UnwatchableError(WorldError):
    """Folders that cannot be watched: they are looked at every few seconds instead."""

    def __init__(self, refused: Sequence[tuple[Path, int]], seconds: int, limits: Path = _LIMITS) -> None:
        folder, number = refused[0]
        super().__init__(
            text("pipeline.unwatchable"),
            text("pipeline.unwatchable.message", count=len(refused), seconds=seconds),
            _next_step(_LIMIT_OF.get(number, ""), limits),
            folder,
        )


def _next_step(limit: str, limits: Path) -> Text:
    """Return the command that raises a limit; what is no limit of inotify's only asks for patience."""
    present = _present(limits / limit) if limit else None
    if present is None:
        return text("pipeline.unwatchable.other")
    wanted = max(_ENOUGH[limit], 2 * present)
    return text("pipeline.unwatchable.next", command=f"sudo sysctl fs.inotify.{limit}={wanted}")


def _present(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None

"""What sort of machine this is, as far as files and the environment tell: what is installed beside it is another one's.

Inside of WSL, a container or a session over SSH there are the clients of that side. Those of Windows, of the host or of
the machine at which the user sits keep their files there, where we are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

_MOST_BYTES = 4096
_CONTAINERS = (".dockerenv", "run/.containerenv")
_WINDOWS = re.compile(r"/mnt/[a-z]/.")  # where WSL has the drives of Windows, unless it is told another place


class Machine(StrEnum):
    """A machine that is not the one at which the user sits, or not the whole of it."""

    WSL = "wsl"
    CONTAINER = "container"
    SSH = "ssh"


def machines(environ: Mapping[str, str], system: Path = Path("/")) -> tuple[Machine, ...]:
    """Return what is known of this machine, from the outermost; nothing for an ordinary one."""
    found = {
        Machine.SSH: bool(environ.get("SSH_CONNECTION") or environ.get("SSH_CLIENT")),
        Machine.WSL: "microsoft" in _said(system / "proc" / "version").lower(),
        Machine.CONTAINER: bool(environ.get("container")) or any((system / one).exists() for one in _CONTAINERS),
    }
    return tuple(machine for machine, is_so in found.items() if is_so)


def is_windows_side(program: Path, here: tuple[Machine, ...]) -> bool:
    """Tell whether a program that is found inside of WSL is one of Windows, with files of its own there."""
    return Machine.WSL in here and bool(_WINDOWS.match(program.as_posix()))


def _said(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode(errors="replace")
    except OSError:
        return ""

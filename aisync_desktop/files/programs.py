"""Programs on the PATH, our own, and their versions as far as files tell: nothing is ever run to find out."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from aisync_desktop.files.errors import FileProblem
from aisync_desktop.files.reading import read_plain
from aisync_desktop.kernel.versions import numbers_of

_MOST_BYTES = 1_000_000


def find_program(name: str, environ: Mapping[str, str]) -> Path | None:
    """Return where a command would be found."""
    found = shutil.which(name, path=environ.get("PATH", ""))
    return Path(found) if found else None


def own_program() -> tuple[str, tuple[str, ...]]:
    """Return how other programs start ours, now and after a restart: a whole path, and words that come before ours."""
    if getattr(sys, "frozen", False):
        return os.environ.get("APPIMAGE") or sys.executable, ()  # what an AppImage mounts has another path each time
    script = Path(sys.executable).with_name("aisync.exe" if os.name == "nt" else "aisync")
    # -P: a client starts us in a project's folder, and nothing of that is to be taken for a module of ours
    return (str(script), ()) if script.exists() else (sys.executable, ("-P", "-m", "aisync_desktop"))


def packaged_version(program: Path, packages: tuple[str, ...]) -> str:
    """Return the version that a program was installed with, as its package or its own name tells; "" where none does.

    An installer that keeps several versions calls each program by its own: `versions/2.1.332`.
    """
    try:
        real = program.resolve(strict=True)
    except (OSError, RuntimeError):
        return ""
    for folder in real.parents:
        said = _package(folder / "package.json")
        if said.get("name") in packages:
            return str(said.get("version", ""))
    return real.name if real.parent.name == "versions" and numbers_of(real.name) else ""


def _package(path: Path) -> dict[str, object]:
    try:
        said = json.loads(read_plain(path, _MOST_BYTES))
    except (FileProblem, ValueError):
        return {}
    return said if isinstance(said, dict) else {}

"""Projects: the root folders whose files are kept in step, each a scope of its own."""

from __future__ import annotations

import os
from pathlib import Path

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import Scope
from aisync_desktop.core.messages import text


class ProjectUnknownError(WorldError):
    """The folder is none of the projects."""

    def __init__(self, path: str) -> None:
        super().__init__(
            text("project.unknown"), text("project.unknown.message"), text("project.unknown.next"), Path(path)
        )


class NoProjectError(WorldError):
    """The path cannot be a project: no folder, or the home folder, whose files are the user's own scope."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(text("project.refused"), text(f"project.refused.{why}"), text("project.refused.next"), path)


def project_root(path: str, home: Path) -> Scope:
    """Return the scope of a project's root folder, in the one spelling that it is known by."""
    root = Path(os.path.realpath(path))
    if not root.is_dir():
        raise NoProjectError(root, "no-folder")
    if root == Path(os.path.realpath(home)) or root == Path(root.anchor):
        raise NoProjectError(root, "home")
    return Scope(str(root))

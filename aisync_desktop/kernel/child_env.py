"""The environment of everything that we start: none of our bundle's libraries, all of the user's own."""

from __future__ import annotations

import sys
from collections.abc import Mapping

# A frozen app's loader points these at its bundle and keeps the user's value beside them (PyInstaller, "Common Issues
# and Pitfalls": launching external programs).
_BUNDLE_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_SET_BY_US = frozenset({"PYDANTIC_DISABLE_PLUGINS"})  # __main__.py
_OURS = (
    "QT_PLUGIN_PATH",
    "QML2_IMPORT_PATH",
    "_PYI_ARCHIVE_FILE",
    "_PYI_APPLICATION_HOME_DIR",
    "_PYI_PARENT_PROCESS_LEVEL",
)


def child_env(environ: Mapping[str, str], *, frozen: bool | None = None) -> dict[str, str]:
    """Return a child's environment; what we set ourselves goes, and from a bundle what its loader set."""
    env = {name: value for name, value in environ.items() if name not in _SET_BY_US}
    if not (getattr(sys, "frozen", False) if frozen is None else frozen):
        return env
    for name in _BUNDLE_VARIABLES:
        original = env.pop(f"{name}_ORIG", None)
        env.pop(name, None)
        if original is not None:
            env[name] = original
    for name in _OURS:
        env.pop(name, None)
    return env

"""Windows: ReplaceFileW, always with a backup name, so that what it displaced can be looked at.

ReplaceFileW keeps the target's ACL and attributes. It is no true exchange: the replaced file is renamed to the backup
name first, so that error 1177 can leave the target without a name; it is then given back here, and after a crash by
`RealDisk.recover`. Written from Microsoft's documentation; not run in this project's own tests, which need Windows.
"""

from __future__ import annotations

import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import time

    # Scanners and indexers open files for moments without sharing them.
    _SHARING = {5, 32, 33, 1175}
    _PAUSES = (0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.4, 0.5)

    def _replace_file(target: Path, replacement: Path, backup: Path) -> None:
        call = ctypes.WinDLL("kernel32", use_last_error=True).ReplaceFileW
        for pause in (*_PAUSES, None):
            if call(str(target), str(replacement), str(backup), 0, None, None):
                return
            code = ctypes.get_last_error()
            if code not in _SHARING or pause is None:
                _give_back(target, backup)
                raise ctypes.WinError(code)
            time.sleep(pause)

    def _give_back(target: Path, backup: Path) -> None:
        if backup.exists() and not target.exists():
            backup.rename(target)

    def exchange(one: Path, other: Path, within: int | None) -> None:
        """Put `one` in the place of `other`, and what was there under the name of `one`."""
        del within  # no folder can be held open here
        backup = one.with_name(one.name.removesuffix(".swap") + "-0.swap")
        _replace_file(other, one, backup)
        backup.rename(one)

    def rename_new(path: Path, name: Path, within: int | None) -> None:
        """Rename to a name that nobody has: what MoveFile does by itself."""
        del within
        path.rename(name)

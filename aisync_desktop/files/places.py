"""Where our own files are: four private folders, and the resources that ship with the program.

`AISYNC_HOME` puts all four under one folder (portable mode, tests); else they are where the OS wants them.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from aisync_desktop.files.errors import FileProblem, FolderOpen, NoHome, NotOurs, StateUnusable, file_problems
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import BugError

APP = "aisync"
HOME_VARIABLE = "AISYNC_HOME"
ENV_FILE = ".env"  # in the config folder: what else stands in variables of the environment
DATABASE = "aisync.sqlite3"  # sync's, in the state folder
PROGRAM_DATABASE = "program.sqlite3"  # beside it
_PACKAGE = Path(__file__).resolve().parent.parent  # looked up once: windows ask for many resources
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True)
class Places:
    """Our folders: what the user writes, what we must not lose, what we can make again, what we tell."""

    config: Path
    state: Path
    cache: Path
    log: Path

    @property
    def lock(self) -> Path:
        """The file of the instance lock."""
        return self.state / f"{APP}.lock"

    @property
    def env_file(self) -> Path | None:
        """The file of variables in the config folder, where there is one."""
        path = self.config / ENV_FILE
        return path if os.path.lexists(path) else None

    def create(self) -> tuple[FileProblem, ...]:
        """Make the folders, for us alone, and return what had to be mended.

        Raises StateUnusable if the one that counts cannot be used, NotOurs if somebody else's is in its place.
        """
        for folder in (self.config, self.cache, self.log):
            with file_problems(folder):
                _make_private(folder)
        try:
            _make_private(self.state)
            trusted = {0, _probe(self.state)}
        except OSError as error:
            raise StateUnusable(self.state) from error
        return tuple(FolderOpen(folder) for folder in (*self._around(), *self._all) if _close(folder, trusted))

    def is_as_made(self) -> bool:
        """Whether `create` would have nothing to make, to mend or to refuse; only looks, and says no in doubt."""
        try:
            states = [folder.stat() for folder in (*self._around(), *self._all)]
        except OSError:
            return False
        ours = os.geteuid() if os.name == "posix" else 0
        private = all(each.st_uid == ours and not each.st_mode & _OTHERS_WRITE for each in states)
        return (private or os.name != "posix") and all(os.access(folder, os.R_OK | os.W_OK) for folder in self._all)

    @property
    def _all(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys((self.config, self.state, self.cache, self.log)))

    def _around(self) -> tuple[Path, ...]:
        """Return the folder around ours, if it holds nothing else: who can write there can replace them."""
        (around, *others) = {folder.parent for folder in self._all}
        return () if others or {*around.iterdir()} - {*self._all} else (around,)


def find_places(environ: Mapping[str, str]) -> Places:
    """Return the folders for this environment, without touching the disk beyond a look at the home folder."""
    ours = environ.get(HOME_VARIABLE)
    if ours:
        root = Path(ours).absolute()
        return Places(root / "config", root / "state", root / "cache", root / "log")
    home(environ)  # without this check the library below would quietly take the one of the password file
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Places(dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path, dirs.user_log_path)


def resource(name: str) -> Path:
    """Return a file of `resources/`, from a checkout, an installed package or a frozen bundle."""
    roots = [Path(frozen) for frozen in (getattr(sys, "_MEIPASS", None),) if frozen]
    roots += [_PACKAGE.parent, _PACKAGE]
    for root in roots:
        found = root / "resources" / name
        if found.exists():
            return found
    raise BugError(f"resource {name} is missing")


def home(environ: Mapping[str, str]) -> Path:
    """Return the user's home folder, which must exist."""
    named = environ.get("USERPROFILE" if sys.platform == "win32" else "HOME", "")
    if not named or not Path(named).is_dir():
        raise NoHome(Path(named or "~"))
    return Path(named).absolute()


def from_home(path: str, home: Path) -> str:
    """Return a path as people say it: the home folder as ~."""
    return str(Path("~", Path(path).relative_to(home))) if Path(path).is_relative_to(home) else path


def _make_private(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    os.scandir(folder).close()


def _probe(folder: Path) -> int:
    """Find out by doing: permission bits say nothing of read-only mounts, full disks and ACLs.

    Return who owns what we make there: some file systems give everything to one owner.
    """
    import tempfile  # which who only looks has no time for

    with tempfile.NamedTemporaryFile(dir=folder, prefix=".probe-") as probe:
        return os.fstat(probe.fileno()).st_uid


def _close(folder: Path, trusted: Collection[int]) -> bool:
    """Refuse a folder of somebody else's; take the right to write in ours from others. Return whether they had it.

    Root works in what belongs to others (a folder of the host's in a container), and where a file system has no modes
    there is nothing to take.
    """
    status = folder.stat()
    if (os.geteuid() if os.name == "posix" else 0) and status.st_uid not in trusted:
        raise NotOurs(folder)
    if os.name != "posix" or not status.st_mode & _OTHERS_WRITE:
        return False
    with file_problems(folder):
        folder.chmod(0o700)
    return not folder.stat().st_mode & _OTHERS_WRITE

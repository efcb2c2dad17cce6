"""Where the real clients are kept between runs: outside of every checkout, so that all of them share one.

    NAME/         an install that is whole: it got this name when it was
    NAME.part/    one that is being made, or was when somebody killed it: it is thrown away and made anew
    NAME.lock     held alone by who makes the install, and together with others by who uses it

A NAME tells what was asked for (a fingerprint of the pins), so that another checkout with the same pins finds it. What
nobody has used for some days goes, unless somebody holds its lock: the system takes a lock from whoever dies.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

KEPT_SECONDS = 3 * 24 * 3600


def root() -> Path:
    """Return the folder of all installs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aisync-oracles"


def name_of(kind: str, *parts: bytes) -> str:
    """Return the name of what is made from these parts."""
    fingerprint = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return f"{kind}-{fingerprint[:16]}"


def is_whole(name: str) -> bool:
    """Return whether an install is there."""
    return (root() / name).is_dir()


@contextmanager
def held(name: str, make: Callable[[Path], bool]) -> Iterator[Path]:
    """Hold an install for use. Where there is none, `make` fills a folder and returns whether it is whole.

    What is not whole is of use to this run alone: the next one tries again.
    """
    root().mkdir(parents=True, exist_ok=True)
    with _lock(name, alone=False):
        if is_whole(name):
            yield _in_use(name)
            return
    with _lock(name, alone=True):
        if not is_whole(name) and not _made(name, make):
            yield _part(name)
            return
    with _lock(name, alone=False):
        yield _in_use(name)


def clean() -> None:
    """Remove what nobody has used for days."""
    for lock in root().glob("*.lock"):
        found = [folder for folder in (root() / lock.stem, _part(lock.stem)) if folder.is_dir()]
        if any(time.time() - folder.stat().st_mtime < KEPT_SECONDS for folder in found):
            continue
        with suppress(BlockingIOError), _lock(lock.stem, alone=True, waits=False):
            for folder in found:
                shutil.rmtree(folder, ignore_errors=True)


def _made(name: str, make: Callable[[Path], bool]) -> bool:
    shutil.rmtree(_part(name), ignore_errors=True)
    _part(name).mkdir()
    is_made = make(_part(name))
    if is_made:
        _part(name).rename(root() / name)
    return is_made


def _part(name: str) -> Path:
    return root() / f"{name}.part"


def _in_use(name: str) -> Path:
    """Return an install; that it was used stands in its time."""
    os.utime(root() / name)
    return root() / name


@contextmanager
def _lock(name: str, *, alone: bool, waits: bool = True) -> Iterator[None]:
    """Hold a lock file; it stays there, since one that others wait for must not vanish under them."""
    if sys.platform == "win32":
        raise OSError("there are no oracles on this system")
    with (root() / f"{name}.lock").open("a") as file:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if waits else fcntl.LOCK_NB))
        yield

"""Databases that were set aside, beside the one in use: none is thrown away at once, and they do not pile up.

Of each kind these stay: the first, the last three, and the last that is whole. What a clock that is wrong puts into a
name does not matter to the one that was set aside just now: that stays, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from itertools import count
from pathlib import Path

from aisync_desktop.database.connection import UserVersion
from aisync_desktop.database.integrity import is_whole

SIDES = ("", "-wal", "-shm")  # the database, and what SQLite keeps next to it
_LAST = 3


class Kind(StrEnum):
    """Why a database is no more in use, as its name tells."""

    DAMAGED = "damaged"
    RESTORED = "before-restore"  # another one was put in its place
    REPLACED = "replaced"  # somebody put it into our place while we ran
    UPDATED = "before-m"  # a copy from before a step of migrations.py


def with_side(path: Path, side: str) -> Path:
    """Return a database's side file."""
    return path.with_name(path.name + side)


def set_aside(path: Path, kind: Kind, now: dt.datetime) -> Path | None:
    """Move a database with its side files out of the way, as it is; return where to, None where there was none."""
    aside, was_there = aside_name(path, kind, now), path.exists()
    move_aside(path, aside)
    return aside if was_there else None


def aside_name(path: Path, kind: Kind, now: dt.datetime) -> Path:
    """Return a name under which nothing is yet."""
    return _free_name(path, f"{kind}-{now:%Y%m%d-%H%M%S-%f}")


def move_aside(path: Path, aside: Path) -> None:
    """Give a database, and what there is of its side files, another name."""
    for side in SIDES:
        with suppress(FileNotFoundError):
            with_side(path, side).replace(with_side(aside, side))


def thin_out(path: Path, kind: Kind, known: UserVersion, newest: Path | None = None) -> None:
    """Remove those of a kind that need not stay; one that cannot be removed is no reason to stop."""
    found = sorted(one for one in path.parent.glob(f"{path.name}.{kind}*") if not one.name.endswith(SIDES[1:]))
    stay = {*found[:1], *found[-_LAST:], newest}
    spare = [one for one in found if one not in stay]
    if not spare:
        return
    stay.add(_last_whole(found, known))
    for one in spare:
        if one not in stay:
            for side in SIDES:
                with suppress(OSError):
                    with_side(one, side).unlink(missing_ok=True)


def _last_whole(found: Iterable[Path], known: UserVersion) -> Path | None:
    return next((one for one in sorted(found, reverse=True) if is_whole(one, known)), None)


def _free_name(path: Path, wanted: str) -> Path:
    names = (f"{path.name}.{wanted}{f'-{number}' if number else ''}" for number in count())
    return next(found for name in names if not (found := path.with_name(name)).exists())

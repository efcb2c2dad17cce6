"""Which folders to watch for a set of endpoints, and what an event in one of them means.

Only folders are watched (a watch on a file dies with its first replacement), and never their trees, so that a file in
HOME costs one watch. Along the way to each endpoint these names matter: the endpoint itself; every symbolic link, in
the folder where the link is; the first missing step, in its nearest existing ancestor. When one of the latter two
changes, or a watched folder itself, the targets have shifted and are to be computed anew. A link that leaves a project
is watched, but not what it leads to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import Protocol

from aisync_desktop.files.bounds import Bounds
from aisync_desktop.files.temps import is_our_temp
from aisync_desktop.kernel.dataclass import dataclass

_MOST_LINKS = 40
_SIDECAR = re.compile(
    r"""
      .+\.lock                     # proper-lockfile
    | .+\.tmp\.\d+\.[0-9a-f]+      # Claude Code: <name>.tmp.<pid>.<hex>
    | \.tmp[0-9A-Za-z]{6}          # Codex, and whoever uses the same library
    | .+\.tmp | .+\.orig           # Qwen Code
    | .+\.corrupted(\..+)?         # Claude Code, Qwen Code
    | .+~ | \..+\.sw[a-z] | 4913 | \.\#.+ | \#.+\#   # editors
    """,
    re.VERBOSE,
)


def is_sidecar(name: str) -> bool:
    """Whether a file of this name only stands beside another one for a while: ours, a client's or an editor's."""
    return is_our_temp(name) or _SIDECAR.fullmatch(name) is not None


class View(Protocol):
    """As much of a file system as the targets depend on."""

    def link(self, path: Path) -> Path | None:
        """Return where a symbolic link points, as it is written there; None if it is none."""
        ...

    def is_dir(self, path: Path) -> bool:
        """Whether there is a folder; links need not be followed."""
        ...

    def exists(self, path: Path) -> bool:
        """Whether there is anything."""
        ...


class DiskView:
    """The real file system; what cannot be looked at counts as missing, and the rescan will tell."""

    def link(self, path: Path) -> Path | None:
        """Return where a symbolic link points."""
        try:
            return path.readlink()
        except OSError:
            return None

    def is_dir(self, path: Path) -> bool:
        """Whether there is a folder."""
        try:
            return path.is_dir()
        except OSError:
            return False

    def exists(self, path: Path) -> bool:
        """Whether there is anything."""
        return os.path.lexists(path)


@dataclass
class _Name:
    """What a change of one name in a watched folder concerns."""

    endpoints: set[Path] = field(default_factory=set)
    shifts: bool = False


@dataclass(frozen=True)
class WatchTargets:
    """The folders to watch, none of them recursively, and the meaning of what happens there."""

    folders: frozenset[Path]
    _names: dict[str, _Name]
    _wholes: dict[str, set[Path]]  # folders that are endpoints: every name in them matters

    def touched(self, path: Path) -> tuple[Path, ...]:
        """Return the endpoints that a change of `path` may concern."""
        key = _key(path)
        found = set(self._names[key].endpoints) if key in self._names else set()
        if path in self.folders:
            found |= self._inside(key)
        if not is_sidecar(path.name):
            found |= self._wholes.get(_key(path.parent), set())
        return tuple(sorted(found))

    def interesting(self, path: Path) -> Path | None:
        """Return an endpoint that a change of `path` may concern, or None: most events in HOME are noise."""
        return next(iter(self.touched(path)), None)

    def shifts(self, path: Path) -> bool:
        """Whether a change of `path` may ask for other folders to be watched."""
        named = self._names.get(_key(path))
        return path in self.folders or (named is not None and named.shifts)

    def _inside(self, folder: str) -> set[Path]:
        found = set(self._wholes.get(folder, ()))
        for key, named in self._names.items():
            if os.path.dirname(key) == folder:
                found |= named.endpoints
        return found


def watch_targets(endpoints: Iterable[Path], view: View, roots: Iterable[Path] = ()) -> WatchTargets:
    """Compute the targets for absolute endpoint paths, which may be files or folders and need not exist.

    No way beneath one of the `roots` is followed out of it.
    """
    walk = _Walk(view, roots)
    for endpoint in endpoints:
        walk.follow(endpoint)
    return WatchTargets(frozenset(walk.folders), walk.names, walk.wholes)


class _Walk:
    def __init__(self, view: View, roots: Iterable[Path]) -> None:
        self._view = view
        self._bounds = Bounds()
        self._bounds.add(roots)
        self.folders: set[Path] = set()
        self.names: dict[str, _Name] = {}
        self.wholes: dict[str, set[Path]] = {}

    def follow(self, endpoint: Path) -> None:
        """Go from the root to the endpoint, and on from every link to what it names."""
        here, rest = Path(endpoint.anchor), list(endpoint.parts[1:])
        bound = self._bounds.around(endpoint)
        links = 0
        while rest:
            step, rest = rest[0], rest[1:]
            if bound and links and step != ".." and bound.is_left_at(here / step):
                return
            if step == "..":
                here = here.parent
                continue
            target = self._view.link(here / step)
            if target is not None:
                self._matters(here, step, endpoint, shifts=True)
                links += 1
                if links > _MOST_LINKS:
                    return
                here, rest = _start_of(here, target), [*_steps(target), *rest]
            elif self._view.is_dir(here / step):
                here /= step
            else:
                self._matters(here, step, endpoint, shifts=bool(rest) or not self._view.exists(here / step))
                return
        if bound is None or here.is_relative_to(bound.root):
            self._whole(here, endpoint)

    def _matters(self, folder: Path, name: str, endpoint: Path, *, shifts: bool) -> None:
        self.folders.add(folder)
        named = self.names.setdefault(_key(folder / name), _Name())
        named.endpoints.add(endpoint)
        named.shifts |= shifts

    def _whole(self, folder: Path, endpoint: Path) -> None:
        self.folders.add(folder)
        self.wholes.setdefault(_key(folder), set()).add(endpoint)


def _key(path: Path) -> str:
    return os.path.normcase(path)


def _start_of(folder: Path, target: Path) -> Path:
    return Path(target.anchor) if target.is_absolute() else folder


def _steps(target: Path) -> tuple[str, ...]:
    return target.parts[1:] if target.is_absolute() else target.parts

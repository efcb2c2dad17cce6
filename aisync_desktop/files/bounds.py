"""The folders that nothing may lead out of: the roots of projects, whose links were made by who knows whom.

A path is bound if it lies, as it is spelled, beneath such a root. It must end beneath the innermost one, and the way
to it is walked from the outermost one on: a project inside another project has a parent that is not to be trusted,
either. Roots are only ever added: what was displaced in a project that is given up is looked at for a while yet.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import NamedTuple


class Bound(NamedTuple):
    """What holds a path: the folder that it must not leave, and the one from which on no step is trusted."""

    root: Path
    outer: Path

    def is_left_at(self, path: Path) -> bool:
        """Whether a real path is beside the root: neither beneath it nor on the way to it."""
        return not (path.is_relative_to(self.root) or self.root.is_relative_to(path))


class Bounds:
    """The roots that are known so far."""

    def __init__(self) -> None:
        self._roots: tuple[tuple[str, Path], ...] = ()  # as the start of what is beneath them; the outermost first
        self._starts: tuple[str, ...] = ()
        self._adding = Lock()

    @property
    def roots(self) -> frozenset[Path]:
        """All of them."""
        return frozenset(root for _, root in self._roots)

    def add(self, roots: Iterable[Path]) -> None:
        """Hold what is beneath these folders, too."""
        wanted = frozenset(roots)
        with self._adding:
            self._add(wanted)

    def _add(self, wanted: frozenset[Path]) -> None:
        known = self.roots
        if not known.issuperset(wanted):
            found = ((os.path.join(_spelled(root), ""), root) for root in known | wanted)
            self._roots = tuple(sorted(found, key=lambda one: (len(one[0]), one[0])))
            self._starts = tuple(start for start, _ in self._roots)

    def around(self, path: Path) -> Bound | None:
        """Return what holds a path; None: it may lead anywhere."""
        if not self._starts:
            return None
        spelled = _spelled(path) + os.sep
        if not spelled.startswith(self._starts):
            return None
        around = [root for start, root in self._roots if spelled.startswith(start)]
        return Bound(around[-1], around[0]) if around else None


def _spelled(path: Path) -> str:
    return os.path.normcase(path)

"""Patterns of paths, in linear time: `*` and `?` and `[...]` within a name, `**` for any number of names."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache


def matches_path(pattern: str, path: str) -> bool:
    """Return whether an absolute pattern is about exactly this path."""
    return len(path.split("/")) in _ends(tuple(pattern.split("/")), tuple(path.split("/")))


def matches_below(pattern: str, path: str) -> bool:
    """Return whether an absolute pattern is about this path, or about a folder that it is in."""
    names = tuple(path.split("/"))
    begins_with = _ends(tuple(pattern.removesuffix("/").split("/")), names)
    return any(length > 1 or names == ("", "") for length in begins_with)


@lru_cache(maxsize=4096)
def _ends(pattern: Sequence[str], names: Sequence[str]) -> frozenset[int]:
    """Return how many names of the path the whole pattern can take, from its beginning."""
    reached = {0}
    for part in pattern:
        if part == "**":
            reached = set(range(min(reached), len(names) + 1)) if reached else set()
        else:
            reached = {at + 1 for at in reached if at < len(names) and fnmatchcase(names[at], part)}
    return frozenset(reached)


def normal(path: str) -> str:
    """Return an absolute path without `.` and `..`."""
    names: list[str] = []
    for name in path.split("/"):
        if name == "..":
            names = names[:-1]
        elif name not in ("", "."):
            names.append(name)
    return "/" + "/".join(names)

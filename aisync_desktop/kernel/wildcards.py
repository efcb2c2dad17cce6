"""Patterns in which `*` stands for any text: matched piece by piece, so that no pattern takes long."""

from __future__ import annotations

import re
from functools import lru_cache


def wild(pattern: str, text: str, *, single: str = "", lines: bool = True) -> bool:
    """Whether a pattern is about a whole text; `single` stands for one character, `lines`: `*` goes beyond a line."""
    if not lines and pattern.count("\n") != text.count("\n"):
        return False
    first, *rest = pattern.split("*")
    if not rest:
        return len(first) == len(text) and _piece(first, single).match(text) is not None
    begun = _piece(first, single).match(text)
    if begun is None:
        return False
    place = begun.end()
    for piece in rest[:-1]:
        found = _piece(piece, single).search(text, place)
        if found is None:
            return False
        place = found.end()
    last = len(text) - len(rest[-1])
    return last >= place and _piece(rest[-1], single).match(text, last) is not None


@lru_cache(maxsize=4096)
def _piece(piece: str, single: str) -> re.Pattern[str]:
    return re.compile("".join("." if char == single else re.escape(char) for char in piece), re.DOTALL)


def may_overlap(one: str, other: str) -> bool:
    """Whether some text can match both of two patterns; rather once too often."""
    a, b = one.partition("*")[0], other.partition("*")[0]
    if "*" in one and "*" in other:
        return a.startswith(b) or b.startswith(a)
    return wild(one, other) or wild(other, one)


def is_plain(pattern: str) -> bool:
    """Whether nothing in a pattern stands for anything else."""
    return not set(pattern) & set("*?")

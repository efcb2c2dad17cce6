"""Versions of programs, as their makers write them: numbers with dots, and what may follow."""

from __future__ import annotations

import re
from itertools import zip_longest

_NUMBERS = re.compile(r"\d+(?:\.\d+)+")


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with; nothing where it is none."""
    found = _NUMBERS.match(version.removeprefix("v"))
    return tuple(map(int, found[0].split("."))) if found else ()


def is_before(one: str, other: str) -> bool:
    """Tell whether a version is an older one than another; of what is no version nobody knows."""
    left, right = numbers_of(one), numbers_of(other)
    if not (left and right):
        return False
    return next((a < b for a, b in zip_longest(left, right, fillvalue=0) if a != b), False)

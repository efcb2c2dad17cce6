"""Lines of a text, and which of them a Markdown reader takes for code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def lines_of(text: str) -> list[str]:
    """Return the lines with their endings; only a line feed ends one, as for git and every client."""
    return _LINE.findall(text)


def fenced(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it is in a fenced block of code, or a fence itself."""
    fence = ""
    for line in lines:
        marker = _FENCE.match(line)
        inside = bool(fence or marker)
        if fence:
            fence = "" if marker and marker[1].startswith(fence) else fence
        elif marker:
            fence = marker[1]
        yield line, inside

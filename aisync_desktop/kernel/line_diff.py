"""What leads from one text to another, line by line, as it can be shown: a line that changed never looks as it was."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.texts import lines_of, visible
from aisync_desktop.kernel.told_apart import told_apart


@dataclass(frozen=True)
class DiffLine:
    """A line of a diff: its sign ("+", "-", " " or "…" for lines that were left out) and what it says."""

    sign: str
    text: str


def diff_lines(base: str, side: str, context: int) -> Iterator[DiffLine]:
    """Yield what leads from one text to the other, with some unchanged lines around each change."""
    old, new = ([line.rstrip("\n") for line in lines_of(text)] for text in (base, side))
    done = 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(context):
        yield from _left_out(group[0][1] - done)
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (DiffLine(" ", visible(line)) for line in old[i1:i2])
            else:
                yield from _changed(old[i1:i2], new[j1:j2])
        done = group[-1][2]
    yield from _left_out(len(old) - done)


def _changed(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    """Yield the lines that are gone and the new ones; those that stand in each other's place are told apart."""
    pairs = [told_apart([one, other], spell=str) for one, other in zip(old, new, strict=False)]
    gone, come = (
        [pair[at] for pair in pairs] + [visible(line) for line in lines[len(pairs) :]]
        for at, lines in enumerate((old, new))
    )
    yield from (DiffLine("-", line) for line in gone)
    yield from (DiffLine("+", line) for line in come)


def _left_out(count: int) -> Iterator[DiffLine]:
    if count:
        yield DiffLine("…", "")

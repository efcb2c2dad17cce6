"""What leads from one text to another, line by line, as it can be shown: a line that changed never looks as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.texts import lines_of, visible
from aisync_desktop.kernel.told_apart import told_apart
from aisync_desktop.kernel.word_diff import Spans, changed_words

_MANY = 1_000  # lines from which on those that come again and again are no landmarks: it would take for ever


@dataclass(frozen=True)
class DiffLine:
    """A line of a diff: its sign ("+", "-", " " or "…" for lines that were left out) and what it says.

    `old` and `new` are its numbers in the two texts, from 1; `spans` the words that changed, where another line stood
    in its place. One that stands for several has their `count`, and does not say what they say.
    """

    sign: str
    text: str
    old: int | None = None
    new: int | None = None
    spans: Spans = ()
    count: int = 0


Shown: TypeAlias = Callable[[Sequence[str], int], Sequence[str]]  # lines, and where they begin in the text: as shown


def diff_lines(
    base: str, side: str, context: int, most: int = 0, shown: tuple[Shown, Shown] | None = None, longest: int = 0
) -> Iterator[DiffLine]:
    """Yield what leads from one text to the other, with some unchanged lines around each change.

    Of more than `most` lines that changed in one place, the first are told; of a line that is longer than `longest`,
    the beginning and what is around the differences, and how much is left out between. `shown` says how lines of each
    text are shown, where that is not as they are: a secret that changed is a line that changed all the same.
    """
    how = shown or (None, None)
    old, new = (_Lines(_split(text), most, longest, how) for text, how in zip((base, side), how, strict=True))
    head = _alike(old.lines, new.lines)
    tail = _alike(old.lines[head:][::-1], new.lines[head:][::-1])
    start = max(0, head - context)
    ends = [len(each.lines) - max(0, tail - context) for each in (old, new)]
    left, right = old.lines[start : ends[0]], new.lines[start : ends[1]]
    matcher = SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > _MANY)
    done = 0
    for group in matcher.get_grouped_opcodes(context) if left != right else ():
        yield from _left_out(start + group[0][1] - done)
        for tag, *ends in group:
            i1, i2, j1, j2 = (start + end for end in ends)
            if tag == "equal":
                lines = enumerate(old.shown(i1, i2))
                yield from (DiffLine(" ", visible(line, longest), i1 + n + 1, j1 + n + 1) for n, line in lines)
            else:
                yield from _changed(old, new, (i1, i2), (j1, j2))
        done = start + group[-1][2]
    yield from _left_out(len(old.lines) - done)


@dataclass(frozen=True)
class _Lines:
    """The lines of a text, of how many in a row are told, how much of each, and how they are shown."""

    lines: Sequence[str]
    most: int
    longest: int
    how: Shown | None

    def shown(self, start: int, end: int) -> Sequence[str]:
        """Return some of them as they are shown."""
        lines = self.lines[start : end - self.untold(start, end)]
        return lines if self.how is None else self.how(lines, start)

    def untold(self, start: int, end: int) -> int:
        """Return how many of some lines are too many."""
        return max(0, end - start - self.most) if self.most else 0


def _split(text: str) -> list[str]:
    return [line.rstrip("\n") for line in lines_of(text)]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines are the same from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _changed(old: _Lines, new: _Lines, gone: tuple[int, int], come: tuple[int, int]) -> Iterator[DiffLine]:
    """Yield the lines that are gone and the new ones; those that stand in each other's place are told apart."""
    before, after = old.shown(*gone), new.shown(*come)
    longest = old.longest
    pairs = [told_apart([one, other], longest, spell=str) for one, other in zip(before, after, strict=False)]
    words = [changed_words(one, other) for one, other in pairs]
    for at, line in enumerate(_beside(before, pairs, 0, longest)):
        yield DiffLine("-", line, old=gone[0] + at + 1, spans=words[at][0] if at < len(words) else ())
    if untold := old.untold(*gone):
        yield DiffLine("-", "", old=gone[1] - untold + 1, count=untold)
    for at, line in enumerate(_beside(after, pairs, 1, longest)):
        yield DiffLine("+", line, new=come[0] + at + 1, spans=words[at][1] if at < len(words) else ())
    if untold := new.untold(*come):
        yield DiffLine("+", "", new=come[1] - untold + 1, count=untold)


def _beside(lines: Sequence[str], pairs: Sequence[Sequence[str]], side: int, longest: int) -> Iterator[str]:
    """Yield lines as they are told beside those of the other side, as far as there are such."""
    yield from (pair[side] for pair in pairs)
    yield from (visible(line, longest) for line in lines[len(pairs) :])


def _left_out(count: int) -> Iterator[DiffLine]:
    if count:
        yield DiffLine("…", "", count=count)

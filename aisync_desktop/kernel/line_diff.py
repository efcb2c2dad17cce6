"""What leads from one text to another, line by line, as it can be shown: a line that changed never looks as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.texts import lines_of, visible
from aisync_desktop.kernel.told_apart import told_apart
from aisync_desktop.kernel.word_diff import Spans, changed_words

_MANY = 1_000  # lines from which on those that come again and again are no landmarks: it would take for ever


@dataclass(frozen=True)
class DiffLine:
    """A line of a diff: its sign ("+", "-", " " or "…" for lines that were left out) and what it says.

    `old` and `new` are its numbers in the two texts, from 1; `spans` the words that changed, where another line stood
    in its place.
    """

    sign: str
    text: str
    old: int | None = None
    new: int | None = None
    spans: Spans = ()


def diff_lines(base: str, side: str, context: int, shown_as: Callable[[str], str] | None = None) -> Iterator[DiffLine]:
    """Yield what leads from one text to the other, with some unchanged lines around each change.

    `shown_as` says how a text is shown, line for line, where that is not as it is: a secret in it that changed is a
    line that changed all the same.
    """
    old, new = (_Lines.of(text, shown_as) for text in (base, side))
    head = _alike(old.said, new.said)
    tail = _alike(old.said[head:][::-1], new.said[head:][::-1])
    start = max(0, head - context)
    ends = [len(each.said) - max(0, tail - context) for each in (old, new)]
    left, right = old.said[start : ends[0]], new.said[start : ends[1]]
    matcher = SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > _MANY)
    done = 0
    for group in matcher.get_grouped_opcodes(context) if left != right else ():
        yield from _left_out(start + group[0][1] - done)
        for tag, *ends in group:
            i1, i2, j1, j2 = (start + end for end in ends)
            if tag == "equal":
                lines = enumerate(old.shown[i1:i2])
                yield from (DiffLine(" ", visible(line), i1 + n + 1, j1 + n + 1) for n, line in lines)
            else:
                yield from _changed(old.shown[i1:i2], new.shown[j1:j2], i1, j1)
        done = start + group[-1][2]
    yield from _left_out(len(old.said) - done)


@dataclass(frozen=True)
class _Lines:
    """The lines of a text: what they say, and how they are shown."""

    said: Sequence[str]
    shown: Sequence[str]

    @classmethod
    def of(cls, text: str, shown_as: Callable[[str], str] | None) -> _Lines:
        said = _split(text)
        return cls(said, said if shown_as is None else _split(shown_as(text)))


def _split(text: str) -> list[str]:
    return [line.rstrip("\n") for line in lines_of(text)]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines are the same from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _changed(old: Sequence[str], new: Sequence[str], before: int, after: int) -> Iterator[DiffLine]:
    """Yield the lines that are gone and the new ones; those that stand in each other's place are told apart."""
    pairs = [told_apart([one, other], spell=str) for one, other in zip(old, new, strict=False)]
    words = [changed_words(one, other) for one, other in pairs]
    for at, (sign, lines, first) in enumerate((("-", old, before), ("+", new, after))):
        shown = [pair[at] for pair in pairs] + [visible(line) for line in lines[len(pairs) :]]
        for n, line in enumerate(shown):
            spans = words[n][at] if n < len(words) else ()
            number = first + n + 1
            yield DiffLine(sign, line, number if sign == "-" else None, number if sign == "+" else None, spans)


def _left_out(count: int) -> Iterator[DiffLine]:
    if count:
        yield DiffLine("…", "")

"""Which words of a text are others than in the text before it: what a diff and a question mark in a line."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TypeAlias

Spans: TypeAlias = tuple[tuple[int, int], ...]  # where each begins and ends, in characters

_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)
_MOST = 1_000  # words that are compared one by one; of what is longer, all between the first and last difference


def changed_words(old: str, new: str) -> tuple[Spans, Spans]:
    """Return which parts of each of two texts are not in the other, in whole words; of equal texts, none."""
    ours, theirs = _WORD.findall(old), _WORD.findall(new)
    head = _alike(ours, theirs)
    tail = _alike(ours[head:][::-1], theirs[head:][::-1])
    left, right = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    start = sum(map(len, ours[:head]))
    if max(len(left), len(right)) > _MOST:
        return _joined([(start, start + _length(left))]), _joined([(start, start + _length(right))])
    gone, come = list[tuple[int, int]](), list[tuple[int, int]]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            gone.append((start + _length(left[:i1]), start + _length(left[:i2])))
            come.append((start + _length(right[:j1]), start + _length(right[:j2])))
    return _joined(gone, old), _joined(come, new)


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many words are the same from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _length(words: list[str]) -> int:
    return sum(map(len, words))


def _joined(spans: list[tuple[int, int]], text: str = "") -> Spans:
    """Return spans without empty ones; two with nothing but blanks between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if start == end:
            continue
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)

"""Values beside each other, each in one line that shows where it differs from the others.

Of long values the beginning is shown and what is around each difference, however late it comes; what is between is
counted. Where people could take one for the other (a blank at the end, an accent in two spellings, a letter of another
alphabet), what differs is written as its number. Two values that differ are never shown as the same line.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from itertools import combinations, product
from typing import Any

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.texts import UNSEEN, left_out, visible

_AROUND = 16  # characters shown on either side of a difference
_BLANK = "\u2423"  # a blank that tells two values apart
_PICTURE = "picture"
_UNLIKE = frozenset(
    {"CJK", "HANGUL", "HIRAGANA", "KATAKANA", _PICTURE}
)  # nobody takes these for letters of another alphabet


def as_json(value: object) -> str:
    """Return a value in a spelling that no other value has."""
    return json.dumps(value, ensure_ascii=False, default=str)


def told_apart(
    values: Sequence[object], most: int = 0, spell: Callable[[Any], str] = as_json, line_end: str = ""
) -> list[str]:
    """Return each value as one line of about `most` characters, where that suffices to see in what they differ.

    Of `line_end` the spelling may hold some: it is shown as it is.
    """
    shown: list[str] = []
    for spelling, length in product((spell, as_json), (most, 0)):
        texts = [spelling(value) for value in values]
        apart = _Apart(texts, line_end)
        shown = [apart.shown(text, length) for text in texts]
        if len(set(shown)) == len(set(map(as_json, values))):
            break
    return shown


@dataclass
class _Apart:
    """Where texts differ: `from_start` and `from_end` count to the first and last difference of each two of them."""

    texts: Sequence[str]
    line_end: str
    from_start: set[int] = field(default_factory=set)
    from_end: set[int] = field(default_factory=set)
    doubtful: dict[str, list[range]] = field(default_factory=dict)  # where one could be taken for another

    def __post_init__(self) -> None:
        for one, other in combinations(dict.fromkeys(self.texts), 2):
            head = _alike_from_start(one, other)
            tail = _alike_from_start(one[head:][::-1], other[head:][::-1])
            self.from_start.add(head)
            self.from_end.add(tail)
            if _can_be_taken_for(one[head : len(one) - tail], other[head : len(other) - tail]):
                for text in (one, other):
                    self.doubtful.setdefault(text, []).append(range(head, len(text) - tail))

    def shown(self, text: str, most: int) -> str:
        """Return one of the texts, with no more than is around the differences if it is longer than `most`."""
        if not most or len(text) <= most:
            return self._spelled(text, range(len(text)))
        if not self.from_start:
            return visible(text, most)
        shown, done = "", 0
        for part in self._parts(text, most):
            shown += left_out(part.start - done) + self._spelled(text, part)
            done = part.stop
        return shown + left_out(len(text) - done)

    def _parts(self, text: str, most: int) -> Iterator[range]:
        """Yield what is shown: the beginning, and around each difference; what is nearly one part is one."""
        places = sorted({*self.from_start, *(len(text) - each for each in self.from_end)})
        around = max(_AROUND, most // 4) if len(places) <= 2 else _AROUND  # noqa: PLR2004 - one difference has two ends
        stop = min(len(text), max(_AROUND, most // 3) if places else most)
        start = 0
        for place in places:
            first, last = max(0, place - around), min(len(text), place + around)
            if first > stop + _AROUND:
                yield range(start, stop)
                start = first
            stop = max(stop, last)
        yield range(start, stop)

    def _spelled(self, text: str, part: range) -> str:
        doubtful = [each for each in self.doubtful.get(text, ()) if each.start < part.stop and part.start < each.stop]
        if not doubtful:
            return self.line_end.join(map(visible, _split(text[part.start : part.stop], self.line_end)))
        numbered = {at for each in doubtful for at in each}
        blanks = {at for each in doubtful for at in each if text[each.start : each.stop].isspace()}
        return "".join(self._spelled_at(text[at], is_numbered=at in numbered, is_blank=at in blanks) for at in part)

    def _spelled_at(self, character: str, *, is_numbered: bool, is_blank: bool) -> str:
        if character == self.line_end:
            return character
        return _BLANK if is_blank and character == " " else visible(character, numbered=is_numbered)


def _split(text: str, line_end: str) -> Iterable[str]:
    return text.split(line_end) if line_end else (text,)


def _alike_from_start(one: str, other: str) -> int:
    """Return how many characters are the same from the start; by halves, as texts can be long."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _can_be_taken_for(one: str, other: str) -> bool:
    """Whether people may see no difference between two parts that differ."""
    if _as_seen(one) == _as_seen(other):
        return True
    ends = [(one[:1], other[:1]), (one[-1:], other[-1:])]
    pairs = zip(one, other, strict=True) if len(one) == len(other) else ends
    return any(x != y and _resemble(x, y) for x, y in pairs)


def _as_seen(text: str) -> str:
    """Return what is left of a text without blanks, marks, and what nobody sees."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFKD", text))
    return "".join(each for each in seen if each.isprintable() and each != " " and unicodedata.category(each)[0] != "M")


def _resemble(one: str, other: str) -> bool:
    """Whether two characters may look the same: those of different alphabets, and of our own with and without marks."""
    if not (one and other) or (one.isascii() and other.isascii()):
        return False
    if _BLANK in (one, other):
        return True
    alphabets = {_alphabet(one), _alphabet(other)}
    return not alphabets & _UNLIKE and (one.isascii() or other.isascii() or len(alphabets) > 1)


def _alphabet(character: str) -> str:
    is_picture = unicodedata.category(character) == "So"
    return _PICTURE if is_picture else unicodedata.name(character, "").partition(" ")[0]

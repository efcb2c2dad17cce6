"""What the palette finds: pages, commands, clients and items, those first that what was typed fits best. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from aisync_desktop.kernel.dataclass import dataclass

COMMAND = ">"
ITEM = "#"
CLIENT = "@"
_MARKS = (COMMAND, ITEM, CLIENT)


@dataclass(frozen=True)
class Found:
    """One thing that can be opened or run: `key` names it, `group` is what kind of thing it is, in words.

    `mark` is what narrows the search to its kind. `more` is said beside it, and searched, too.
    """

    key: str
    title: str
    group: str
    glyph: str = ""
    mark: str = ""
    more: str = ""
    keys: str = ""
    enabled: bool = True


def search(typed: str, all_of_it: Iterable[Found], most: int) -> list[Found]:
    """Return what fits, best first; of equals, in the order in which they came."""
    wanted = typed.strip().casefold()
    mark = wanted[:1] if wanted[:1] in _MARKS else ""
    words = wanted.removeprefix(mark).split()
    fitting = [one for one in all_of_it if one.enabled and (not mark or one.mark == mark)]
    ranked = [(rank, one) for one in fitting if (rank := _rank(words, one)) is not None]
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:most]]


def _rank(words: list[str], one: Found) -> int | None:
    """Return how well the words fit, the less the better; None where one of them is not in it."""
    title, more = one.title.casefold(), one.more.casefold()
    worst = 0
    for word in words:
        if title.startswith(word):
            rank = 0
        elif any(part.startswith(word) for part in title.split()):
            rank = 1
        elif word in title:
            rank = 2
        elif word in more:
            rank = 3
        else:
            return None
        worst = max(worst, rank)
    return worst

"""Choose few of many combinations, such that every two values that can come together do so at least once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import TypeAlias

Chosen: TypeAlias = dict[str, str]
_Pair: TypeAlias = tuple[tuple[str, str], tuple[str, str]]


def pairwise(
    axes: Mapping[str, Sequence[str]],
    allowed: Callable[[Chosen], bool] = lambda _: True,
    given: Iterable[Chosen] = (),
) -> list[Chosen]:
    """Return combinations of one value an axis, the same ones each time; those that are `given` come first.

    Each other one has the most pairs that none before it has; among several, the values that came least often. Of a few
    axes with few values that is little more than the product of the two longest.
    """
    every = [one for values in product(*axes.values()) if allowed(one := dict(zip(axes, values, strict=True)))]
    found = list(given)
    left = {pair for one in every for pair in _pairs(one)} - {pair for one in found for pair in _pairs(one)}
    used = Counter(value for one in found for value in one.items())
    while left:
        best = max(
            every,
            key=lambda one: (sum(pair in left for pair in _pairs(one)), -sum(used[value] for value in one.items())),
        )
        found.append(best)
        used.update(best.items())
        left.difference_update(_pairs(best))
    return found


def _pairs(one: Chosen) -> Iterator[_Pair]:
    return combinations(one.items(), 2)

"""Of a test's cases that are much alike, the desk plays a few, others with every commit.

    @pytest.mark.alike(desk=8)
    @pytest.mark.parametrize(...)

Unlike a `sweep` such a test counts for coverage: it is played in full where coverage is measured. Whoever names a case
gets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest

from tests.helpers.effort import Effort, effort
from tests.helpers.fresh_seeds import first_fresh_seed

Case = TypeVar("Case")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the desk need not play."""
    if effort() is not Effort.DESK or any("::" in argument for argument in config.args):
        return
    left_out = _left_out(items)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))


def _left_out(items: list[pytest.Item]) -> dict[pytest.Item, None]:
    tests: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("alike"):
            tests.setdefault(item.nodeid.partition("[")[0], []).append(item)
    left_out: dict[pytest.Item, None] = {}
    for cases in tests.values():
        marker = cases[0].get_closest_marker("alike")
        played = spread(cases, marker.kwargs["desk"] if marker else len(cases), first_fresh_seed())
        left_out |= dict.fromkeys(case for case in cases if case not in played)
    return left_out


def spread(cases: Sequence[Case], count: int, seed: int) -> list[Case]:
    """Return so many of the cases, as far from each other as can be; which, depends on the seed."""
    count = min(count, len(cases))
    return [cases[(seed + number * len(cases) // count) % len(cases)] for number in range(count)]

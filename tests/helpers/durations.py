"""Remembers how long the tests of each file take, for who chooses by that (tools/near.py).

Kept by pytest's own cache, beside what failed last. Only plain runs at a desk count: coverage doubles everything, and
other efforts play other numbers of cases.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.helpers.effort import Effort, effort

PLACE = "near/durations"
Seconds = dict[str, dict[str, float]]  # by file and test; all cases of a test together


class Stopwatch:
    """Listens to a run, in the process that hears of all tests."""

    def __init__(self, cache: pytest.Cache) -> None:
        self._cache = cache
        self._seconds: Seconds = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what a phase of a test took."""
        path, _, test = report.nodeid.partition("::")
        of_file = self._seconds.setdefault(path, {})
        name = test.partition("[")[0]
        of_file[name] = of_file.get(name, 0.0) + report.duration

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write it beside what is known of other tests; files that are gone are forgotten."""
        known: Seconds = self._cache.get(PLACE, {})
        whole = merged(known, self._seconds)
        self._cache.set(PLACE, {path: of for path, of in whole.items() if (session.config.rootpath / path).exists()})


def merged(known: Mapping[str, Mapping[str, float]], new: Seconds) -> Seconds:
    """Return what is known of each test, by its last run."""
    return {path: {**known.get(path, {}), **new.get(path, {})} for path in {**known, **new}}


def pytest_configure(config: pytest.Config) -> None:
    """Listen, where it counts."""
    cache = getattr(config, "cache", None)
    is_worker = hasattr(config, "workerinput")
    measures_coverage = config.pluginmanager.hasplugin("_cov")
    if isinstance(cache, pytest.Cache) and not is_worker and not measures_coverage and effort() is Effort.DESK:
        config.pluginmanager.register(Stopwatch(cache), "stopwatch")

"""What every test gets: a machine with nobody on it (helpers/isolation.py) and a log that must stay quiet (logfail.py).

Markers `oracle` and `deep` run only when `-m` asks for them.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from functools import _lru_cache_wrapper

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.helpers.effort import Effort, choose, effort

pytest_plugins = [
    "tests.helpers.alike",
    "tests.helpers.durations",
    "tests.helpers.garbage",
    "tests.helpers.isolation",
    "tests.helpers.logfail",
    "tests.helpers.patient_qtbot",
    "tests.helpers.temp_folders",
]

# How hard a property is tried; a test may ask for more with its own @settings, not for less.
_EXAMPLES = {Effort.DESK: 15, Effort.CHECK: 60, Effort.DEEP: 5000}


def pytest_configure(config: pytest.Config) -> None:
    """Choose how much is tried (helpers/effort.py); all of it by `-m deep`, too."""
    if config.getoption("markexpr") == "deep":
        choose(Effort.DEEP)
    # A CI machine forgets anyhow; elsewhere a failure that was found once is tried first the next time.
    database = None if os.environ.get("CI") else DirectoryBasedExampleDatabase(config.rootpath / ".hypothesis/examples")
    for each, examples in _EXAMPLES.items():
        settings.register_profile(
            each.value,
            max_examples=examples,
            deadline=None,  # the machine's speed is no property of the code
            derandomize=False,
            database=database,
            suppress_health_check=[HealthCheck.too_slow],
        )
    settings.load_profile(effort().value)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Leave properties and sweeps out of coverage: what random cases reach may differ, and tracing thousands is slow.

    pytest-cov's own marker `no_cover` has no effect in the workers of pytest-xdist, where two tracers are stacked.
    """
    tracer, in_threads = sys.gettrace(), threading.gettrace()
    if not any(map(item.get_closest_marker, ("hypothesis", "sweep"))) or not tracer:
        return (yield)
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
        threading.settrace(in_threads)
        _forget()  # else a later test would not reach what is behind a cache, and coverage would depend on the order


def _forget() -> None:
    for name, module in sys.modules.copy().items():
        if name.startswith("aisync_desktop."):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()


@pytest.fixture
def nothing_collected() -> Iterator[None]:
    """For who counts open files: what earlier tests left behind is closed before this one, or after it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()

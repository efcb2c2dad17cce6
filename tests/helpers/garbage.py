"""Spares the garbage collector what stays to the end of a run: the modules, the tests, and what they were made of.

They are a million objects. Going through all of them again and again took two thirds of the time of a collection, a
tenth of that of the tests, and a second for each test that wants nothing left behind by others.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def to_stay() -> Iterator[None]:
    """Make what stays to the end: without a break, and then it is left alone."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Collect what a test of Qt left in the main thread, after it: others must not take Qt's objects apart.

    The engine's is one of them, and that by which the workers of pytest-xdist hear what to do.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect(1)  # all that it made is young, as nothing was collected meanwhile
        gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Iterator[None]:
    """Collect the tests."""
    with to_stay():
        return (yield)

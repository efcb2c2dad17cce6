"""Spares the garbage collector what stays to the end of a run: the modules, the tests, and what they were made of.

They are a million objects. Going through all of them again and again took two thirds of the time of a collection, and
a second for each test that wants nothing left behind by others.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Iterator[None]:
    """Collect tests without a break, and leave what is there then alone."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()

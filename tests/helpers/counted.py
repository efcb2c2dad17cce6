"""How often something is called: work is counted, not timed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


class Counted:
    """Stands in the place of a function, or a method, and counts its calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        self.calls = 0
        original: Callable[..., Any] = getattr(owner, name)

        def counting(*given: Any, **named: Any) -> Any:
            self.calls += 1
            return original(*given, **named)

        monkeypatch.setattr(owner, name, counting)

"""What a page has around it, without a window: it records where a page goes, what it has done, and what it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.pages import Frame
from tests.helpers.recording_prompter import RecordingPrompter
from tests.ui.asks import FakeAsks

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


def nothing(request: object) -> object:
    """Refuse to answer: the page asks for nothing."""
    raise TypeError(request)


class FakeFrame:
    """Makes a frame, and remembers."""

    def __init__(self, answer: Callable[[Any], Any] = nothing) -> None:
        self.asks, self.prompter = FakeAsks(answer), RecordingPrompter()
        self.actions = Actions(lambda: NOON)
        self.went: list[str] = []
        self.had: list[object] = []
        self.toasts: list[Toast] = []
        self.frame = Frame(
            self.asks, self.had.append, self.actions, self.prompter, self.went.append, self.toasts.append
        )

"""What the tray tells: the first of what holds, and its words for tooltip and menu.

Problem, waiting, paused, catching up, in step: of several the first is shown, as an icon has room for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.language import render


class TrayState(StrEnum):
    """What the icon shows, the most pressing last."""

    STARTING = "starting"
    IN_STEP = "in-step"
    CATCHING_UP = "catching-up"
    PAUSED = "paused"
    WAITING = "waiting"
    PROBLEM = "problem"


@dataclass(frozen=True)
class TrayWords:
    """The state in words: the headline, which the tooltip has, too, and what stands besides."""

    headline: str
    line: str = ""


def tray_state(status: Status | None) -> TrayState:
    """Return the most pressing of what holds."""
    if status is None:
        return TrayState.STARTING
    if status.health is Health.ERROR or status.problems:
        return TrayState.PROBLEM
    if status.questions or not status.adopted:
        return TrayState.WAITING
    if status.paused:
        return TrayState.PAUSED
    if status.health in {Health.SYNCING, Health.PENDING}:
        return TrayState.CATCHING_UP
    return TrayState.IN_STEP


def tray_words(status: Status | None) -> TrayWords:
    """Return the words of the state that is shown, and of the others that hold."""
    if status is None:
        return TrayWords(QCoreApplication.translate("TrayState", "Starting"))
    if status.trouble and status.health is not Health.ERROR:
        others = (text for text in (status.headline, status.line) if text and text != status.trouble)
        return TrayWords(render(status.trouble), _first(map(render, others)))
    return TrayWords(render(status.headline), render(status.line) if status.line else "")


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")

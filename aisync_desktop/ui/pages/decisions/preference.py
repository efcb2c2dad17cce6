"""“Always prefer …”: what one client says wins from now on where clients differ, as the settings keep it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import JsonValue
from PySide6.QtCore import QObject, Signal, Slot

from aisync_desktop.clients.items import Kind
from aisync_desktop.service.operations.program import SettingChange, Settings, SettingsRequest
from aisync_desktop.sync.model.policy import Step, placed
from aisync_desktop.ui.inquiry import Inquiry

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks

_ORDER = "priority"


def preferring(settings: Mapping[str, JsonValue], kind: Kind, client: str) -> tuple[SettingChange, ...]:
    """Return the changes after which a client comes first, and priority is gone by before anybody is asked."""
    policy = f"policy_{kind}"
    steps = [step.strip() for step in str(settings[policy]).split(",")]
    if Step.PRIORITY not in steps:
        steps.insert(steps.index(Step.ASK) if Step.ASK in steps else len(steps), Step.PRIORITY)
    order = placed(str(settings[_ORDER]), client)
    chain = ",".join(map(str, steps))
    return SettingChange(name=_ORDER, value=order), SettingChange(name=policy, value=chain)


class Preference(QObject):
    """Changes the settings for one client at a time. Signals: refused (a WorldError), stumbled (a fault of ours)."""

    refused = Signal(object)
    stumbled = Signal()

    def __init__(self, asks: Asks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._wanted: tuple[Kind, str] | None = None
        self._left: list[SettingChange] = []
        self._reading, self._writing = Inquiry(self), Inquiry(self)
        self._reading.answered.connect(self._on_read)
        self._writing.answered.connect(self._go_on)
        for inquiry in (self._reading, self._writing):
            inquiry.refused.connect(self.refused)
            inquiry.stumbled.connect(self.stumbled)

    def prefer(self, kind: Kind, client: str) -> None:
        """Have this client win from now on where clients differ about a kind."""
        self._wanted = kind, client
        self._reading.follow(self._asks.ask(SettingsRequest()))

    @Slot(object)
    def _on_read(self, found: Settings) -> None:
        if self._wanted is not None:
            self._left = list(preferring(found.settings, *self._wanted))
            self._go_on()

    @Slot(object)
    def _go_on(self, _done: object = None) -> None:
        if self._left:
            self._writing.follow(self._asks.ask(self._left.pop(0)))

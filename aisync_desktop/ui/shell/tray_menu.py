"""The tray's menu: what waits and what can be done with one hand, also where a click on the icon does nothing.

Its entries are made once and changed in place: a host that draws the menu from D-Bus would otherwise lose the open
menu with every change of state. What can be done from everywhere are the shared actions (`actions.py`); what is here
alone are the state, the questions by their words, and the last change by its name.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.language import render
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.tray_icon import tray_icon
from aisync_desktop.ui.shell.tray_state import tray_state, tray_words

MOST_QUESTIONS = 5  # those beyond are one entry
_LONGEST = 72  # characters of a label: the rest is in the window


class TrayMenu(QMenu):
    """The menu.

    Signals: wake_requested (end the silence of notifications), retranslated (the language changed).
    """

    wake_requested = Signal()
    retranslated = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._status: Status | None = None
        self._headline, self._line = (self._add_words() for _ in range(2))
        self.addSeparator()
        self._questions = [self._add(partial(self._open_question, place)) for place in range(MOST_QUESTIONS)]
        self._all = self._add(actions.answer.trigger)
        self.addSeparator()
        self.addActions([actions.open, actions.sync])
        self._pause = self.addMenu("")
        self._pause.addActions(
            [actions.pause_half_hour, actions.pause_two_hours, actions.pause_until_tomorrow, actions.pause]
        )
        self.addAction(actions.resume)
        self.addSeparator()
        self._undo = self._add(actions.undo.trigger)
        self._settings = self._add(partial(actions.route_requested.emit, "settings"))
        self._wake = self._add(self.wake_requested.emit)
        self._wake.setVisible(False)
        self.addSeparator()
        self.addAction(actions.quit)
        self.setDefaultAction(actions.open)
        actions.changed.connect(self._render)
        self._render()

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        self._status = status
        self._render()

    def set_snoozed(self, snoozed: bool) -> None:
        """Offer to end the silence of notifications while there is one."""
        self._wake.setVisible(snoozed)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._render()
            self.retranslated.emit()
        super().changeEvent(event)

    def _add(self, slot: object) -> QAction:
        action = self.addAction("")
        action.triggered.connect(slot)
        return action

    def _add_words(self) -> QAction:
        words = self.addAction("")
        words.setEnabled(False)
        return words

    def _open_question(self, place: int) -> None:
        """Open a question's card; the entry may outlive its question in a panel's menu."""
        asked = self._status.decisions if self._status is not None else ()
        route = f"decisions/{asked[place].id}" if place < len(asked) else "decisions"
        self._actions.route_requested.emit(route)

    def _render(self) -> None:
        words = tray_words(self._status)
        _set_text(self._headline, _plain(words.headline))
        _set_text(self._line, _plain(words.line))
        self._line.setVisible(bool(words.line))
        _set_icon(self._headline, tray_icon(tray_state(self._status)))
        self._render_questions()
        self._pause.setTitle(self.tr("Pause"))
        self._pause.menuAction().setVisible(self._actions.pause.isVisible())
        self._pause.setEnabled(self._actions.pause.isEnabled())
        _set_text(self._undo, _plain(self._actions.undo.text()))
        self._undo.setEnabled(self._actions.undo.isEnabled())
        _set_text(self._settings, self.tr("Settings"))
        _set_text(self._wake, self.tr("Show notifications again"))

    def _render_questions(self) -> None:
        asked = self._status.decisions if self._status is not None and self._status.questions else ()
        for entry, question in zip(self._questions, asked, strict=False):
            _set_text(entry, _plain(_short(render(question.summary))))
        for place, entry in enumerate(self._questions):
            entry.setVisible(place < len(asked))
        _set_text(self._all, self.tr("All %n question(s)", "", len(asked)))
        self._all.setVisible(len(asked) > MOST_QUESTIONS)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _plain(label: str) -> str:
    """Return a label in which an ampersand is an ampersand, not a mnemonic."""
    return label.replace("&", "&&")


def _set_icon(action: QAction, icon: QIcon) -> None:
    if action.icon().cacheKey() != icon.cacheKey():
        action.setIcon(icon)


def _set_text(action: QAction, label: str) -> None:
    if action.text() != label:
        action.setText(label)

"""The side bar: the way to every page, how things stand, and pause; in a narrow window its glyphs alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.language import render
from aisync_desktop.ui.parts.badge import badge_size, keys_size, paint_badge, paint_keys
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.paint import draw_words, fill_box
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.pages import PageInfo
from aisync_desktop.ui.style import by_keyboard, draw_ring
from aisync_desktop.ui.theme import restyled, retold, theme

WIDE = 208
NARROW = 56
_MARGIN = 8
_ENTRY = 32
_FOOT = 48
_GLYPH = 16
_DOT = 8
_RADIUS = 6
_TONES = {
    Health.NEW: "idle",
    Health.IN_STEP: "ok",
    Health.SYNCING: "accent",
    Health.PAUSED: "idle",
    Health.DECISION: "wait",
    Health.PENDING: "wait",
    Health.ERROR: "bad",
}


class _Entry(QAbstractButton):
    """What entries have in common: a glyph, words beside it where there is room, and the ring of the focus."""

    def __init__(self, glyph: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.glyph = glyph
        self.kind = "body-strong"
        self.narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the height of an entry; its width is the bar's."""
        return QSize(NARROW - 2 * _MARGIN, theme().px(_ENTRY))

    def set_narrow(self, narrow: bool) -> None:
        """Show the glyph alone, or the words too."""
        self.narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.update()

    def paint_surface(self, painter: QPainter, colour: str) -> None:
        """Paint the surface below the entry."""
        painter.setLayoutDirection(self.layoutDirection())
        if colour:
            fill_box(painter, self.rect(), _RADIUS, theme().colour(colour))

    def paint_content(self, painter: QPainter, tone: str, surface: str, left: int, room: int) -> None:
        """Paint glyph and words; `room` is kept free at the end."""
        top = (self.height() - _GLYPH) // 2
        x = (self.width() - _GLYPH) // 2 if self.narrow else left
        self._glyph_at(painter, QRect(x, top, _GLYPH, _GLYPH), tone, surface)
        if not self.narrow:
            begin = left + _GLYPH + 10
            words = self._mirrored(QRect(begin, 0, self.width() - begin - room, self.height()))
            draw_words(painter, words, self.text(), theme().font(self.kind), theme().colour(tone))
        if by_keyboard(self):
            draw_ring(painter, self.rect(), _RADIUS, theme().colour("focus"))

    def _glyph_at(self, painter: QPainter, rect: QRect, tone: str, surface: str) -> None:
        paint_glyph(painter, self._mirrored(rect), self.glyph, theme().colour(tone), theme().colour(surface))

    def _mirrored(self, rect: QRect) -> QRect:
        """Return where a part of the entry is in a language that is written from right to left."""
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return rect
        return QRect(self.width() - rect.right() - 1, rect.top(), rect.width(), rect.height())


class _Search(_Entry):
    """Looks like a field; opens the palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("search", parent)
        self.kind = "body"
        self.keys = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a field with the keys that open it."""
        del event
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        fill_box(painter, self.rect(), _RADIUS, theme().colour("card"), theme().colour("hairline-strong"))
        size = keys_size(self.keys)
        if not self.narrow:
            top = (self.height() - size.height()) // 2
            place = QRect(self.width() - size.width() - 8, top, size.width(), size.height())
            paint_keys(painter, self._mirrored(place), self.keys)
        self.paint_content(painter, "text-3", "card", 9, size.width() + 16)


class _PageEntry(_Entry):
    """The way to one page."""

    def __init__(self, page: PageInfo, parent: QWidget) -> None:
        super().__init__(page.glyph, parent)
        self.page = page
        self.count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def set_count(self, count: int) -> None:
        """Show how many of the page's things wait for the user."""
        if count != self.count:
            self.count = count
            self.say()

    def say(self) -> None:
        """Speak the language in use."""
        self.setText(self.page.title())
        name = self.tr("{page}, {count} waiting").format(page=self.text(), count=self.count)
        self.setAccessibleName(name if self.count else self.text())
        self.set_narrow(self.narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entry as it stands: chosen, under the pointer, or at rest."""
        del event
        painter = QPainter(self)
        hovered = self.underMouse() and self.isEnabled()
        surface = "selected-sidebar" if self.isChecked() else "hover-sidebar" if hovered else ""
        self.paint_surface(painter, surface)
        self.paint_content(painter, "text" if self.isChecked() else "text-2", surface or "sidebar", 10, 34)
        if self.count and self.narrow:
            dot = self._mirrored(QRect(self.width() - 14, 5, _DOT, _DOT))
            fill_box(painter, dot, _DOT / 2, theme().colour("wait"))
        elif self.count:
            size = badge_size(str(self.count))
            top = (self.height() - size.height()) // 2
            place = QRect(self.width() - size.width() - 8, top, size.width(), size.height())
            paint_badge(painter, self._mirrored(place), str(self.count), "wait")


class _Standing(_Entry):
    """How things stand, in words; a click leads to what that is about."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.kind = "body"
        self.tone = "idle"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dot and the words."""
        del event
        painter = QPainter(self)
        self.paint_surface(painter, "hover-sidebar" if self.underMouse() else "")
        self.paint_content(painter, "text-2", "sidebar", 2, 0)

    def _glyph_at(self, painter: QPainter, rect: QRect, tone: str, surface: str) -> None:
        del tone, surface
        place = self._mirrored(rect)
        dot = QRect(place.center().x() - 3, place.center().y() - 3, _DOT, _DOT)
        fill_box(painter, dot, _DOT / 2, theme().colour(self.tone))


class SideBar(QWidget):
    """Signals: route_requested(a page's name), find_requested."""

    route_requested = Signal(str)
    find_requested = Signal()

    def __init__(self, pages: Sequence[PageInfo], actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self._actions = actions
        self.search = _Search(self)
        self.entries = [_PageEntry(page, self) for page in pages]
        self.standing = _Standing(self)
        self.pause = Button("", Kind.QUIET, "pause", parent=self)
        self._narrow = False
        self._arrange(pages)
        self.search.clicked.connect(self.find_requested)
        self.standing.clicked.connect(self._open_cause)
        self.pause.clicked.connect(self._pause_or_resume)
        for entry in self.entries:
            entry.toggled.connect(self._asker(entry.page.name))  # not clicked: a screen reader's action is no click
        actions.changed.connect(self._say)
        self._restyle()
        self._say()

    def set_current(self, name: str) -> None:
        """Show which page is open."""
        for entry in self.entries:
            with QSignalBlocker(entry):  # it is shown, nobody asks for it
                entry.setChecked(entry.page.name == name)

    def set_status(self, status: Status) -> None:
        """Show how things stand."""
        self._status = status
        for entry in self.entries:
            entry.set_count(entry.page.counts(status))
        self._say()

    def set_narrow(self, narrow: bool) -> None:
        """Show glyphs alone, or words too."""
        self._narrow = narrow
        for entry in (self.search, self.standing, *self.entries):
            entry.set_narrow(narrow)
        self.standing.setVisible(not narrow)
        self.setFixedWidth(NARROW if narrow else theme().px(WIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar, its edge, and the line above its foot."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("sidebar"))
        left_to_right = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        edge = self.width() - 1 if left_to_right else 0
        painter.fillRect(edge, 0, 1, self.height(), theme().colour("hairline"))
        painter.fillRect(0, self.height() - theme().px(_FOOT), self.width(), 1, theme().colour("hairline"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the entries with the arrows."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        there = [entry for entry in self.entries if entry.hasFocus()]
        if step is None or not there:
            super().keyPressEvent(event)
            return
        at = self.entries.index(there[0]) + step
        if 0 <= at < len(self.entries):
            self.entries[at].setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Take on another look or language."""
        if restyled(event):
            self._restyle()
        elif retold(event):
            self._say()
        super().changeEvent(event)

    def _arrange(self, pages: Sequence[PageInfo]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 0)
        column.setSpacing(0)
        column.addWidget(self.search)
        column.addSpacing(12)
        for before, entry in zip([None, *pages], self.entries, strict=False):
            if entry.page.group < 0 and (before is None or before.group >= 0):
                column.addStretch(1)
            elif before is not None and entry.page.group != before.group:
                column.addSpacing(8)
            column.addWidget(entry)
        column.addSpacing(8)
        foot = self._foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(2, 0, 0, 0)
        row.addWidget(self.standing, 1)
        row.addWidget(self.pause, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(foot)

    def _restyle(self) -> None:
        self._foot.setFixedHeight(theme().px(_FOOT))
        self.set_narrow(self._narrow)

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Pages"))
        self.search.setText(self.tr("Find or run"))
        keys = self._actions.find.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.search.keys = keys.replace("+", " ")
        for entry in self.entries:
            entry.say()
        status = self._status
        self.standing.setText(self._standing_words())
        self.standing.setAccessibleName(render(status.headline) if status is not None else self.standing.text())
        self.standing.tone = _TONES[status.health] if status is not None else "idle"
        self.standing.update()
        action = self._pause_action()
        self.pause.setVisible(status is not None and status.adopted)
        self.pause.set_tip(action.text())
        self.pause.set_glyph(str(action.data()))

    def _standing_words(self) -> str:
        """Return in few words how things stand: the bar is narrow."""
        status = self._status
        if status is None:
            return self.tr("Starting")
        if status.health is Health.DECISION:
            return self.tr("%n question(s)", "", status.questions)
        return render(status.headline)

    def _pause_action(self) -> QAction:
        paused = self._status is not None and self._status.paused
        return self._actions.resume if paused else self._actions.pause

    def _pause_or_resume(self) -> None:
        self._pause_action().trigger()

    def _open_cause(self) -> None:
        waits = self._status is not None and self._status.health is Health.DECISION
        self.route_requested.emit("decisions" if waits else "home")

    def _asker(self, name: str) -> Callable[[bool], None]:
        return lambda on: self.route_requested.emit(name) if on else None

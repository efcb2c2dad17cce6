"""The window: side bar, one page at a time, and the toasts over it. It decides nothing.

Pages are imported and made when they are first opened: until one is there, the page before it stays. Before the user
has agreed that anything is written, the first run takes the whole window. With a live tray the window is a guest:
closing hides it (and says so the first time). Without one it is the app, and closing it quits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from aisync_desktop.service.facade import ForEngine
from aisync_desktop.service.live.asking import Asks
from aisync_desktop.sync.model.status import Status, Writing
from aisync_desktop.ui.icons import app_icon
from aisync_desktop.ui.parts.toast import Toasts
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.find import Finder
from aisync_desktop.ui.shell.late_imports import LateImports
from aisync_desktop.ui.shell.pages import FIRST_RUN, HOME, PAGES, Frame, Page, PageInfo, split_route
from aisync_desktop.ui.shell.palette import Palette
from aisync_desktop.ui.shell.prompter import Prompter, Question
from aisync_desktop.ui.shell.sidebar import SideBar
from aisync_desktop.ui.shell.window_place import WindowPlace, place_on_screen
from aisync_desktop.ui.theme import tokens

_HYSTERESIS = 16  # pixels by which the window must be wider than where it became narrow


class MainWindow(QMainWindow):
    """The one window.

    Signals: quit_requested, visibility_changed(bool), close_explained (the user knows now that closing does not quit;
    worth remembering), placed(WindowPlace, when it is closed).
    """

    quit_requested = Signal()
    visibility_changed = Signal(bool)
    close_explained = Signal()
    placed = Signal(object)

    def __init__(
        self,
        asks: Asks,
        have: Callable[[ForEngine[Any]], None],
        actions: Actions,
        prompter: Prompter,
        tray_is_live: Callable[[], bool],
        *,
        explain_close: bool = True,
        place: WindowPlace | None = None,
    ) -> None:
        super().__init__()
        self.imports = LateImports(self)
        self._actions, self._prompter = actions, prompter
        self._tray_is_live = tray_is_live
        self._explain_close = explain_close
        self._status: Status | None = None
        self._route = HOME
        self._narrow = False
        self._made: dict[str, Page] = {}
        self.sidebar = SideBar([page for page in PAGES if page.name != FIRST_RUN], actions, self)
        self.stack = QStackedWidget(self)
        self.toasts = Toasts(self)
        self.frame = Frame(asks, have, actions, prompter, self.go, self.toasts.show)
        self.palette_box = Palette(self)
        self._finder = Finder(asks, actions, self.palette_box, self.go)
        self._arrange()
        self._connect()
        self.setWindowTitle("AISync")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*tokens()["size"]["window-min"])
        self.setGeometry(place_on_screen(place, QSize(*tokens()["size"]["window"])))
        if place is not None and place.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        first = self._status is None or self._status.adopted != status.adopted
        self._status = status
        self.sidebar.set_status(status)
        self._finder.set_status(status)
        for page in self._made.values():
            page.set_status(status)
        if first and self.page is not None:
            self.go(self._route)

    def set_writing(self, writing: Writing) -> None:
        """Show how far it is with the files that are being written."""
        for page in self._made.values():
            page.set_writing(writing)

    def go(self, route: str) -> None:
        """Open a place in the window; before the user has agreed to anything, all places are the first run."""
        self._route = route
        info, rest = self._place_of(route)

        def arrived() -> None:
            if self._place_of(self._route) == (info, rest):  # or another one was asked for meanwhile
                self._open(info, rest)

        self.imports.when_there([info.module], arrived)

    def _place_of(self, route: str) -> tuple[PageInfo, str]:
        name, rest = split_route(route)
        if self._status is not None and not self._status.adopted:
            name, rest = FIRST_RUN, ""
        elif name == FIRST_RUN:
            name = HOME
        return next(page for page in PAGES if page.name == name), rest

    def _open(self, info: PageInfo, rest: str) -> None:
        name = info.name
        page = self._made.get(name) or self._make(info)
        self.sidebar.setVisible(name != FIRST_RUN)
        self.sidebar.set_current(name)
        had_focus = self._has_focus_in_page()
        self.stack.setCurrentWidget(page)
        if had_focus:  # or Qt gives it to whatever comes next, a toast perhaps
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        page.open_route(rest)

    def open_palette(self) -> None:
        """Open the palette; where nothing was agreed to yet, there is nothing to find."""
        if self._status is not None and self._status.adopted:
            self._finder.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide where the tray goes on, quit where there is none; explain the first time."""
        self.placed.emit(self._place())
        if not self._tray_is_live():
            self.quit_requested.emit()
        elif self._explain_close:
            event.ignore()
            self._prompter.ask(self, self._close_question(), self._close_answered)
            return
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks; and open a page: not before, to be on the screen a moment earlier."""
        super().showEvent(event)
        if self.page is None:
            self.go(self._route)
        self.visibility_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody looks any more."""
        super().hideEvent(event)
        self.visibility_changed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the side bar narrow where there is little room."""
        super().resizeEvent(event)
        border = tokens()["size"]["collapse-below"] + (_HYSTERESIS if self._narrow else 0)
        narrow = event.size().width() < border
        if narrow != self._narrow:
            self._narrow = narrow
            self.sidebar.set_narrow(narrow)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the surface anew where the scheme changes."""
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _arrange(self) -> None:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(body)  # of a window by Qt's own name for it, which screen readers know

    def _connect(self) -> None:
        self.sidebar.route_requested.connect(self.go)
        self.sidebar.find_requested.connect(self._actions.find.trigger)
        self._actions.find_requested.connect(self.open_palette)
        for action in self._actions.all:
            self.addAction(action)
        for number, page in enumerate(self.sidebar.entries, 1):
            self._shortcut(f"Ctrl+{number}", self._opener(page.page.name))
        self._shortcut("Ctrl+W", self.close)
        self._shortcut("F5", self._actions.sync.trigger)
        self._shortcut("F6", self._jump)

    def _shortcut(self, keys: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(run)

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def _make(self, info: PageInfo) -> Page:
        page = self._made[info.name] = info.make(self.frame)
        page.setAccessibleName(info.title())
        self.stack.addWidget(page)
        if self._status is not None:
            page.set_status(self._status)
        return page

    def _jump(self) -> None:
        """Go from the side bar to the page, and back."""
        if any(entry.hasFocus() for entry in self.sidebar.findChildren(QWidget)):
            self._focus_page()
        else:
            open_now = [one for one in self.sidebar.entries if one.isChecked()]
            (open_now[0] if open_now else self.sidebar.search).setFocus(Qt.FocusReason.TabFocusReason)

    def _has_focus_in_page(self) -> bool:
        return self.stack.isAncestorOf(self.focusWidget())

    def _focus_page(self) -> None:
        page = self.page
        if page is not None:
            page.setFocus(Qt.FocusReason.TabFocusReason)
            page.focusNextChild()

    def _place(self) -> WindowPlace:
        box = self.normalGeometry()
        return WindowPlace(box.x(), box.y(), box.width(), box.height(), self.isMaximized())

    def _close_question(self) -> Question:
        return Question(
            title="AISync",
            text=self.tr("AISync goes on in the tray"),
            detail=self.tr("Your clients are kept in step while the window is closed. Its icon brings it back."),
            accept=self.tr("Keep running"),
            reject=self.tr("Quit instead"),
            cancel=self.tr("Cancel"),
        )

    def _close_answered(self, keep: bool) -> None:
        self._explain_close = False
        self.close_explained.emit()
        if keep:
            self.hide()
        else:
            self.quit_requested.emit()

"""What the palette offers, and what comes of a choice: pages, actions, clients, and items, which are looked up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from aisync_desktop.service.live.asking import Asks
from aisync_desktop.service.operations.looking import Items, ItemsRequest
from aisync_desktop.sync.model.status import ClientState, Status
from aisync_desktop.sync.reports.matrix import ItemReport
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.finding import CLIENT, COMMAND, ITEM, Found
from aisync_desktop.ui.shell.pages import FIRST_RUN, PAGES
from aisync_desktop.ui.shell.palette import Palette
from aisync_desktop.ui.words import KIND_GLYPHS, one_line, scope_word


class Finder(QObject):
    """Opens the palette with all that can be found now."""

    def __init__(self, asks: Asks, actions: Actions, palette: Palette, go: Callable[[str], None]) -> None:
        super().__init__(palette)
        self._asks, self._actions, self._palette, self._go = asks, actions, palette, go
        self._status: Status | None = None
        self._items: list[Found] = []
        self._inquiry = Inquiry(self)
        self._inquiry.answered.connect(self._take_items)
        palette.picked.connect(self._pick)

    def set_status(self, status: Status) -> None:
        """Find what is there now."""
        self._status = status

    def open(self) -> None:
        """Show the palette; the items come as soon as they were looked up."""
        self._palette.open(self._all())
        self._inquiry.follow(self._asks.ask(ItemsRequest()))

    def _all(self) -> list[Found]:
        return [*self._pages(), *self._commands(), *self._clients(), *self._items]

    def _pages(self) -> list[Found]:
        group = QCoreApplication.translate("Palette", "Page")
        shown = [page for page in PAGES if page.name != FIRST_RUN]
        return [Found(f"go:{page.name}", page.title(), group, page.glyph) for page in shown]

    def _commands(self) -> list[Found]:
        return [_command(number, action) for number, action in enumerate(self._actions.all) if action.isVisible()]

    def _clients(self) -> list[Found]:
        group = QCoreApplication.translate("Palette", "Client")
        status = self._status
        if status is None:
            return []
        here = {client.id: client.name for client in status.clients if client.state is not ClientState.ABSENT}
        return [
            Found(f"go:clients/{one}", one_line(name), group, "clients", CLIENT, more=one) for one, name in here.items()
        ]

    def _take_items(self, found: Items) -> None:
        group = QCoreApplication.translate("Palette", "Item")
        self._items = [
            Found(
                f"go:{_place(item)}",
                one_line(item.name),
                group,
                KIND_GLYPHS.get(item.kind, "file"),
                ITEM,
                more=scope_word(item.scope),
            )
            for item in found.items
        ]
        if self._palette.isVisible():
            self._palette.set_found(self._all())

    def _pick(self, key: str) -> None:
        what, _, rest = key.partition(":")
        if what == "go":
            self._go(rest)
        else:
            self._actions.all[int(rest)].trigger()


def _place(item: ItemReport) -> str:
    """Return where an item is shown: with its question, where there is one."""
    if item.decision:
        return f"decisions/{item.decision}"
    return f"library/{item.scope}/{item.kind}/{item.name}"


def _command(number: int, action: QAction) -> Found:
    return Found(
        f"run:{number}",
        action.text().replace("&", ""),
        QCoreApplication.translate("Palette", "Command"),
        str(action.data()),
        COMMAND,
        keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
        enabled=action.isEnabled(),
    )

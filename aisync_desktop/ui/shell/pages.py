"""The pages of the window: how each is registered, what it is given, and what it must do.

A page is a folder below ui/pages/ and a row in PAGES. It is imported and made when it is first opened. Places in the
window are routes, plain text: the page's name, and behind a slash whatever the page understands ("decisions/029a").
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from aisync_desktop.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from aisync_desktop.service.facade import ForEngine
    from aisync_desktop.service.live.asking import Asks
    from aisync_desktop.sync.model.status import Status, Writing
    from aisync_desktop.ui.parts.toast import Toast
    from aisync_desktop.ui.shell.actions import Actions
    from aisync_desktop.ui.shell.prompter import Prompter


@dataclass(frozen=True)
class Frame:
    """What a page can ask of the window around it.

    `asks` has something done, or looked up, elsewhere; `have` has done what nobody waits for, and tells if it fails;
    `actions` can be done from everywhere; `prompter` asks what must be answered before anything else; `go` opens
    another place; `toast` tells of something that was done, or failed.
    """

    asks: Asks
    have: Callable[[ForEngine[Any]], None]
    actions: Actions
    prompter: Prompter
    go: Callable[[str], None]
    toast: Callable[[Toast], None]


class Page(QWidget):
    """One page. It is given each status, also while nobody sees it, and works only for what is seen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.status: Status | None = None

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        self.status = status

    def set_writing(self, writing: Writing) -> None:
        """Show how far it is with the files that are being written, where the page tells of that."""

    def open_route(self, rest: str) -> None:
        """Show what is meant by the part of a route behind the page's name; "" is the page as it is."""

    def seen(self) -> None:
        """Do what is worth doing only where somebody looks; also called when the page comes back to the screen."""

    def unseen(self) -> None:
        """Stop doing it."""

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to work for who looks."""
        super().showEvent(event)
        self.seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self.unseen()


@dataclass(frozen=True)
class PageInfo:
    """How a page is registered.

    `made_by` is its class, as `module:class`. `group` sets entries of the side bar apart; those below zero stand at its
    end. `counts` is what its badge tells.
    """

    name: str
    title: Callable[[], str]
    glyph: str
    group: int
    made_by: str
    counts: Callable[[Status], int] = lambda _: 0

    @property
    def module(self) -> str:
        """What is to be imported before it is made: by LateImports, or the window stands still meanwhile."""
        return self.made_by.partition(":")[0]

    def make(self, frame: Frame) -> Page:
        """Make the page."""
        name = self.made_by.partition(":")[2]
        return cast("Callable[[Frame], Page]", getattr(import_module(self.module), name))(frame)


def _questions(status: Status) -> int:
    return status.questions


HOME = "home"
DECISIONS = "decisions"
FIRST_RUN = "first-run"  # in no side bar: it takes the whole window
_PAGES = "aisync_desktop.ui.pages"

PAGES: tuple[PageInfo, ...] = (
    PageInfo(HOME, lambda: QCoreApplication.translate("pages", "Home"), "home", 0, f"{_PAGES}.home.page:HomePage"),
    PageInfo(
        DECISIONS,
        lambda: QCoreApplication.translate("pages", "Decisions"),
        "inbox",
        0,
        f"{_PAGES}.decisions.page:DecisionsPage",
        counts=_questions,
    ),
    PageInfo(
        "permissions",
        lambda: QCoreApplication.translate("pages", "Permissions"),
        "shield",
        1,
        f"{_PAGES}.permissions.page:PermissionsPage",
    ),
    PageInfo(
        "health",
        lambda: QCoreApplication.translate("pages", "Health"),
        "health",
        -1,
        f"{_PAGES}.health.page:HealthPage",
    ),
    PageInfo(
        FIRST_RUN,
        lambda: QCoreApplication.translate("pages", "First run"),
        "app",
        -1,
        f"{_PAGES}.first_run.page:FirstRunPage",
    ),
)


def split_route(route: str) -> tuple[str, str]:
    """Return the page's name, and what the page is to show; a route that no page has means Home."""
    name, _, rest = route.strip("/").partition("/")
    return (name, rest) if name in {page.name for page in PAGES} else (HOME, "")

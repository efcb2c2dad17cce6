"""A card with its footer: what the page shows beside its list, and a dialog alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMenu, QVBoxLayout, QWidget

from aisync_desktop.sync.model.taking import BASE
from aisync_desktop.sync.terms.decisions import CONFLICT
from aisync_desktop.ui.pages.decisions.card import DecisionCard
from aisync_desktop.ui.pages.decisions.card_keeper import CardKeeper
from aisync_desktop.ui.pages.decisions.contents import chooses_by_field
from aisync_desktop.ui.pages.decisions.effect import files_words
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.pane import NARROW_BELOW
from aisync_desktop.ui.parts.scroll import WIDE, PageScroll
from aisync_desktop.ui.theme import retold
from aisync_desktop.ui.words import say

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks

_DIGITS = range(1, 10)
_GAP = 8  # between the buttons
translate = QCoreApplication.translate


class AnswerPane(QWidget):
    """One question and what can be done with it. Signal: later (it is left for another time)."""

    later = Signal()

    def __init__(self, asks: Asks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = DecisionCard()
        self.keeper = CardKeeper(asks, self.card, self)
        self.decide_later = Button("", Kind.QUIET, keys="S")
        self.others = Button("", Kind.QUIET)
        self.as_before = Button()
        self.use = Button("", Kind.PRIMARY, keys="Ctrl \N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}")
        self.effect = Label("", "small", "text-2", elide=True)
        self._narrow = True  # until there is room
        self._as_before_fits = True
        self._menu = QMenu(self)
        self._arrange()
        self._connect()
        self._retell()

    def install_keys(self, widget: QWidget) -> None:
        """Have the keys of a card work while this widget, or one in it, has the focus."""
        self._key(widget, "S", self.decide_later.click)
        for enter in ("Ctrl+Return", "Ctrl+Enter"):
            self._key(widget, enter, self.use.click)
        for digit in _DIGITS:
            self._key(widget, str(digit), partial(self.card.take_column, digit))
            self._key(widget, f"Shift+{digit}", partial(self.card.take_column, digit, whole=True))

    def focus_first(self) -> None:
        """Go to the first thing that can be chosen."""
        first = self.card.body.findChild(QAbstractButton) if self.card.body is not None else None
        (first or self.decide_later).setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in the footer what an answer would write, where the note about it may be out of sight."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if retold(event):
            self._retell()
        super().changeEvent(event)

    def _arrange(self) -> None:
        scroll = PageScroll(self.card)
        scroll.add_stretch()
        footer = Footer()
        for widget in (self.decide_later, self.effect):
            footer.left(widget)
        for widget in (self.others, self.as_before, self.use):
            footer.right(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(footer)

    def _connect(self) -> None:
        self.decide_later.clicked.connect(self.later)
        self.as_before.clicked.connect(self.keeper.keep_as_before)
        self.use.clicked.connect(self.keeper.give)
        self.others.clicked.connect(self._show_menu)
        self.keeper.changed.connect(self._follow)

    def _retell(self) -> None:
        self.decide_later.setText(translate("decisions", "Decide later"))
        self.as_before.setText(translate("decisions", "Keep as before"))
        self._name_others()
        self._follow()

    def _fit(self) -> None:
        """Have in the footer what there is room for: words of the menu's button, then a button of its own for each."""
        words = Button(translate("decisions", "Other answers"), Kind.QUIET)
        needed, room = self._needed(self.as_before, words), self.width() - 2 * WIDE
        narrow = self.window().width() < NARROW_BELOW or room < needed
        if narrow != self._narrow:
            self._narrow = narrow
            self.effect.setVisible(narrow)
            self._name_others()
        beside = (self.others, self.effect) if narrow else (self.others,)
        self._as_before_fits = room >= self._needed(self.as_before, *beside)
        self.as_before.setVisible(self._keeps_before() and self._as_before_fits)

    def _needed(self, *widgets: QWidget) -> int:
        """Return how wide the footer is with these beside what is always there."""
        shown = [self.decide_later, self.use, *widgets]
        return sum(one.minimumSizeHint().width() for one in shown) + _GAP * len(shown)

    def _keeps_before(self) -> bool:
        """Whether what was before can be kept as a whole."""
        question = self.card.question
        return question is not None and chooses_by_field(question) and BASE in question.choices

    def _name_others(self) -> None:
        """Name the button of the menu, where there is room for it."""
        words = translate("decisions", "Other answers")
        self.others.setText("" if self._narrow else words)
        self.others.set_glyph("more" if self._narrow else "")
        self.others.set_tip(words)

    def _follow(self) -> None:
        """Offer what can be done now."""
        question, keeper = self.card.question, self.keeper
        if question is None:
            return
        by_field = chooses_by_field(question)
        self.use.setText(
            translate("decisions", "Use this result") if by_field else translate("decisions", "Use this answer")
        )
        self.use.setVisible(bool(question.choices))
        self.use.setEnabled(keeper.can_be_given)
        self.as_before.setEnabled(keeper.can_be_answered)
        self.others.setVisible(question.kind == CONFLICT)
        self.others.setEnabled(keeper.can_be_answered)
        self.card.setEnabled(not keeper.is_busy)
        self._fit()
        preview = self.card.preview
        self.effect.setText(files_words(preview) if preview is not None else "")

    def _show_menu(self) -> None:
        self._menu.clear()
        if self._keeps_before() and not self._as_before_fits:
            self._offer(self.as_before.text(), self.keeper.keep_as_before)
        self._offer(translate("decisions", "Keep different in each client"), self.keeper.keep_different)
        for side in self.keeper.can_prefer():
            words = translate("decisions", "Always prefer {client}")
            self._offer(say(words, client=side.name), partial(self.keeper.prefer, side.take))
        for side in self.keeper.can_take_everywhere():
            words = translate("decisions", "Take all {count} from {client}")
            said = say(words, count=self.card.alike_count, client=side.name)
            self._offer(said, partial(self.keeper.take_everywhere, side.take))
        corner = self.others.mapToGlobal(QPoint(0, 0))
        self._menu.popup(corner - QPoint(0, self._menu.sizeHint().height()))

    def _offer(self, words: str, run: Callable[[], None]) -> None:
        self._menu.addAction(words.replace("&", "&&")).triggered.connect(run)

    def _key(self, widget: QWidget, keys: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: run() if self.isVisible() else None)  # not of a card that nobody sees

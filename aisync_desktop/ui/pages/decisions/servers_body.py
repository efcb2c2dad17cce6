"""A project's new servers: tick those that are meant, and read the lines of all of them.

The lines come from a repository. They are plain text, each is one line that shows what it is made of
(`sync/terms/server_lines.py`), and long ones wrap wherever they must: nothing of them is out of sight. They are
indented, as are the rows into which they wrap, so that none can pass for the name of another server.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aisync_desktop.kernel.texts import visible
from aisync_desktop.sync.applying.questions import Question, QuestionSide
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.body import Body
from aisync_desktop.ui.pages.decisions.choice_body import ChoiceBody
from aisync_desktop.ui.pages.decisions.command_lines import CommandLines
from aisync_desktop.ui.parts.card import Card
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.words import short_path


class ServersBody(Body):
    """The servers with a box each, and below them what is to become of those that are ticked."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceBody(question)
        self.boxes: dict[str, Check] = {}
        card = Card()
        for side in question.sides:
            card.add(self._server(side), padding=(16, 10))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(self.choice)
        self.choice.changed.connect(self.changed)

    def answer(self) -> Answer:
        """Return the answer for what is ticked; nothing is answered about none of them."""
        ticked = tuple(name for name, box in self.boxes.items() if box.isChecked())
        return Answer(self.choice.answer().take, items=ticked) if ticked else Answer()

    @property
    def unticked(self) -> tuple[str, ...]:
        """The names that are not meant."""
        return tuple(name for name, box in self.boxes.items() if not box.isChecked())

    def restore(self, before: Answer) -> None:
        """Choose again what was chosen."""
        self.choice.restore(before)

    def leave_unticked(self, names: tuple[str, ...]) -> None:
        """Leave out again what was left out before the question was shown anew."""
        for name in names:
            if name in self.boxes:
                self.boxes[name].setChecked(False)

    def take_column(self, number: int, *, whole: bool) -> None:
        """Choose the answer at this place."""
        self.choice.take_column(number, whole=whole)

    def _server(self, side: QuestionSide) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        tick = Check(side.name.replace("&", "&&"))
        tick.setChecked(True)
        tick.setAccessibleDescription("\n".join(side.lines))
        tick.toggled.connect(lambda _: self.changed.emit())
        self.boxes[side.take] = tick
        column.addWidget(tick)
        if side.path:
            place = Label(visible(short_path(side.path)), "small", "text-2", elide=True)
            place.setContentsMargins(24, 0, 0, 0)
            column.addWidget(place)
        column.addWidget(CommandLines(side.lines))
        return box

"""Other languages need more room: with every text longer by four tenths, nothing that is not marked for it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.label import Label
from tests.ui.scenes import SCENES, Scene

pytestmark = pytest.mark.usefixtures("languages", "appearance")
_MORE = 0.4
_PLACE = re.compile(r"\{[^}]*\}|%n|<[^>]*>")
_SIZES = {"narrow": (800, 560), "wide": (1120, 720)}


class LongerWords(QTranslator):
    """Speaks English, with more of it: words of two to eight letters behind each text."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        del context, disambiguation, n
        more = round(len(_PLACE.sub("", source)) * _MORE)
        padding = " ".join("x" * 6 for _ in range(more // 7)) + " " + "x" * max(more % 7, 1)
        return f"{source} {padding}" if source.strip() else source


@pytest.fixture
def _longer(qapp: QApplication) -> Iterator[None]:
    words = LongerWords()
    QCoreApplication.installTranslator(words)
    yield
    QCoreApplication.removeTranslator(words)
    qapp.processEvents()


def cut(window: QWidget) -> list[str]:
    """Return the texts that cannot be read to their end."""
    kinds = (QLabel, QPushButton, Check)
    every = [one for one in window.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    words = [one.text() for one in every if one.text() and not _is_whole(one)]
    areas = [one for one in window.findChildren(QScrollArea) if one.isVisible()]
    wider = [one.objectName() for one in areas if (inside := one.widget()) and inside.width() > one.viewport().width()]
    return words + wider


def _is_whole(widget: QLabel | QPushButton | Check) -> bool:
    if getattr(widget, "_elide", False):
        return True
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() >= widget.heightForWidth(widget.width())
    needed = widget.sizeHint()
    return widget.width() >= needed.width() and (isinstance(widget, Button) or widget.height() >= needed.height())


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("scene", [one for one in SCENES if one.name != "dialog"], ids=lambda one: one.name)
@pytest.mark.usefixtures("_longer")
def test_longer_words_are_whole(scene: Scene, size: str, qtbot: QtBot) -> None:
    for state, make in scene.states.items():
        window = make()
        qtbot.addWidget(window)
        if not scene.dialog:
            window.resize(*_SIZES[size])
        window.show()
        for _ in range(5):
            QApplication.processEvents()
        assert cut(window) == [], state
        assert any(label.text().endswith("x") for label in window.findChildren(QLabel)), state
        window.hide()


def test_what_is_cut_is_found(qtbot: QtBot) -> None:
    window, area = QWidget(), QScrollArea()
    qtbot.addWidget(window)
    area.setParent(window)
    inside = QWidget()
    inside.resize(1000, 10)
    area.setWidget(inside)
    area.setObjectName("wider")
    squeezed, wrapped = Label("much too long for this"), Label("much too long for these two lines", wrap=True)
    marked, whole = Label("much too long, but it says so", elide=True), Label("ok")
    for number, one in enumerate((squeezed, wrapped, marked, whole)):
        one.setParent(window)
        one.setGeometry(0, 20 * number, 60, 20)
    window.show()
    assert cut(window) == [squeezed.text(), wrapped.text(), "wider"]

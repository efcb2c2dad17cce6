from __future__ import annotations

from pytestqt.qtbot import QtBot

from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.loading import Bar, Loading, Progress
from aisync_desktop.ui.theme import Appearance, theme


def test_shapes_show_only_to_who_has_waited(qtbot: QtBot) -> None:
    loading = Loading()
    qtbot.addWidget(loading)
    loading.show()
    assert not loading.seen()
    empty = loading.grab().toImage()
    loading.waiting.stop()
    loading.waiting.timeout.emit()
    assert loading.seen()
    assert loading.grab().toImage() != empty
    loading.hide()
    assert not loading.seen()


def test_they_grow_with_the_text(qtbot: QtBot, looks: Appearance) -> None:
    loading = Loading(2)
    qtbot.addWidget(loading)
    assert loading.sizeHint().height() == 80
    looks.use("light", 150)
    assert loading.sizeHint().height() == 120


def test_long_work_tells_how_far_it_is_and_can_be_stopped(qtbot: QtBot, languages: Languages) -> None:
    progress = Progress("Reading")
    qtbot.addWidget(progress)
    assert progress.count() == ""
    progress.set_done(9, 14)
    progress.set_words("Reading 14 files")
    assert progress.accessibleName() == "Reading 14 files 9 of 14"
    with qtbot.waitSignal(progress.cancelled):
        progress.findChildren(Button)[0].click()
    languages.use("ko")
    qtbot.waitUntil(lambda: progress.count() != "9 of 14")


def test_a_bar_is_as_long_as_its_share(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    bar.resize(100, 6)
    bar.set_share(0.5)
    picture = bar.grab().toImage()
    assert picture.pixelColor(30, 3) == theme().colour("chart-1")
    assert picture.pixelColor(70, 3) == theme().colour("idle-soft")
    bar.set_share(-1)
    assert bar.grab().toImage().pixelColor(5, 3) == theme().colour("idle-soft")

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.ui.language import Languages, effective, render, translate
from tests.ui.listener import Listener

_MESSAGE = text("status.in-step.line", items=12, clients=4)


@pytest.mark.parametrize(
    ("setting", "preferred", "spoken"),
    [
        ("en", ["ko-KR"], "en"),
        ("ko", ["en-US"], "ko"),
        ("system", ["ko-KR", "en-US"], "ko"),
        ("system", ["ko_KR"], "ko"),
        ("system", ["de-DE", "ko"], "ko"),
        ("system", ["de-DE", "en"], "en"),
        ("system", ["fr"], "en"),
        ("system", ["C"], "en"),
        ("system", [], "en"),
    ],
)
def test_the_setting_wins_over_the_system_and_english_is_the_last_resort(
    setting: str, preferred: list[str], spoken: str
) -> None:
    assert effective(setting, preferred) == spoken


def test_core_texts_are_spoken_in_the_language_in_use(languages: Languages) -> None:
    assert render(_MESSAGE) == "12 items in 4 clients"
    languages.use("ko")
    assert render(_MESSAGE) == "클라이언트 4개, 항목 12개"
    languages.use("en")
    assert render(_MESSAGE) == "12 items in 4 clients"


def test_a_template_that_nobody_translated_stays_as_it_is(languages: Languages) -> None:
    languages.use("ko")
    assert translate("no such template {x}") == "no such template {x}"


def test_qts_own_buttons_speak_it_too(qtbot: QtBot, languages: Languages) -> None:
    languages.use("ko")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "취소"


def test_dates_and_numbers_follow(languages: Languages) -> None:
    languages.use("ko")
    assert QLocale().language() == QLocale.Language.Korean


def test_open_windows_are_told(qtbot: QtBot, languages: Languages) -> None:
    window = Listener()
    qtbot.addWidget(window)
    languages.use("ko")
    qtbot.waitUntil(lambda: QEvent.Type.LanguageChange in window.told)

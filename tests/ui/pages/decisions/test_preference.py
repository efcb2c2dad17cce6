from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from aisync_desktop.clients.items import Kind
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.operations.program import SettingChange, Settings, SettingsRequest
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.pages.decisions.preference import Preference, preferring
from tests.ui.asks import FakeAsks

_MCP = {"policy_mcp": "merge,ask", "priority": ""}


@pytest.mark.parametrize(
    ("settings", "order", "chain"),
    [
        (_MCP, "codex", "merge,priority,ask"),
        ({"policy_mcp": "latest", "priority": "cursor, codex"}, "codex,cursor", "latest,priority"),
        ({"policy_mcp": "priority,ask", "priority": "cursor"}, "codex,cursor", "priority,ask"),
    ],
)
def test_a_client_comes_first_before_anybody_is_asked(settings: dict[str, Any], order: str, chain: str) -> None:
    changes = preferring(settings, Kind.MCP, "codex")
    assert [(one.name, one.value) for one in changes] == [("priority", order), ("policy_mcp", chain)]


def test_the_settings_are_changed_one_after_another(qapp: QCoreApplication) -> None:
    del qapp
    asked: list[Any] = []

    def answer(request: Any) -> Settings:
        asked.append(request)
        return Settings(settings=_MCP)

    Preference(FakeAsks(answer)).prefer(Kind.MCP, "codex")
    assert [type(one) for one in asked] == [SettingsRequest, SettingChange, SettingChange]


def test_what_cannot_be_set_is_told(qapp: QCoreApplication) -> None:
    del qapp
    told: list[WorldError] = []

    def refuse(request: Any) -> Settings:
        if isinstance(request, SettingChange):
            raise NotWritingError(paused=False)
        return Settings(settings=_MCP)

    preference = Preference(FakeAsks(refuse))
    preference.refused.connect(told.append)
    preference.prefer(Kind.MCP, "codex")
    assert len(told) == 1

from __future__ import annotations

import pytest

from aisync_desktop.clients.items import USER, ItemKey, Kind
from aisync_desktop.sync.store.records import Memory
from aisync_desktop.sync.terms.known import Known, ScopeMemory, known_of

OLD, NEW = ItemKey(Kind.MCP, "github"), ItemKey(Kind.MCP, "hub/2")
PENDING = Known(memories={USER: ScopeMemory(renamed=frozenset({(OLD, NEW)}))})


def test_new_names_that_have_not_come_everywhere_are_remembered() -> None:
    assert known_of(Memory(renames=PENDING.renames())).of(USER).renamed == {(OLD, NEW)}


@pytest.mark.parametrize("stored", [None, [], {"user": [["mcp/a"]]}, {"user": [["no-kind", "mcp/b"]]}, {"user": 1}])
def test_what_cannot_be_read_of_them_says_nothing(stored: object) -> None:
    assert known_of(Memory(renames=stored)).of(USER).renamed == frozenset()

"""Sides of a merge, as tests write them down."""

from __future__ import annotations

from hypothesis import strategies as st

from aisync_desktop.clients.items import ItemKey, Items, Kind, McpServer, Rule
from aisync_desktop.sync.model.sides import Side

ALL = frozenset(McpServer.model_fields)
TEXT = frozenset(Rule.model_fields)
LOSSY = ALL - {"cwd", "timeout_ms"}
NAMES = st.sampled_from(["alpha", "beta", "gamma"])
TEXTS = st.text("abc $/", max_size=4)


def key(name: str) -> ItemKey:
    return ItemKey(Kind.MCP, name)


def server(command: str = "npx", **fields: object) -> McpServer:
    return McpServer.model_validate({"command": command, **fields})


servers = st.builds(
    McpServer,
    command=TEXTS,
    args=st.lists(TEXTS, max_size=2).map(tuple),
    env=st.dictionaries(st.sampled_from("ABC"), TEXTS, max_size=3),
    cwd=st.none() | TEXTS,
    enabled=st.booleans(),
    timeout_ms=st.none() | st.integers(1, 9),
)
views = st.dictionaries(NAMES.map(key), servers, max_size=3)


def side(client: str, base: Items, view: Items, expresses: frozenset[str] = ALL) -> Side:
    return Side(client, base, view, expresses)

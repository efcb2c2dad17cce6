from __future__ import annotations

import pytest
from pydantic import ValidationError

from aisync_desktop.clients.items import (
    SHARED,
    USER,
    Item,
    ItemKey,
    Kind,
    McpServer,
    Permission,
    Rule,
    UnifiedConfig,
    from_payload,
    to_payload,
)
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.kernel.values import Value
from aisync_desktop.permissions.language import Action


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": " \n\t\n"},
        {"text": "x", "activation": "paths"},
        {"text": "x", "activation": "paths", "paths": []},
        {"text": "x", "paths": ["*.py"]},
        {"text": "x", "activation": "agent"},
        {"text": "x", "activation": "sometimes"},
        {"text": "x", "title": "y"},
        {},
    ],
)
def test_what_no_client_could_mean_is_no_rule(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate(fields)


def test_a_config_holds_items_of_every_kind() -> None:
    items: dict[ItemKey, Item] = {
        ItemKey(Kind.MCP, "shared"): McpServer(command="npx"),
        ItemKey(Kind.RULES, SHARED): Rule(text="x"),
        ItemKey(Kind.RULES, "web/css"): Rule(text="y", activation="paths", paths=("*.css",)),
    }
    config = UnifiedConfig.of(USER, items)
    assert config.items() == items
    assert from_payload(config.payload()) == items
    assert config.hash() != UnifiedConfig.of(USER, {}).hash()


def test_a_payload_from_before_there_were_rules_loads() -> None:
    old: dict[str, Value] = {"mcp/a": {"transport": "stdio", "command": "npx"}}
    items = from_payload(old)
    assert items == {ItemKey(Kind.MCP, "a"): McpServer(command="npx")}
    assert to_payload(items) == old


def test_who_reads_one_kind_is_never_handed_another() -> None:
    assert Rule.of(Rule(text="x")) == Rule(text="x")
    with pytest.raises(BugError):
        McpServer.of(Rule(text="x"))


def test_a_server_needs_a_command_or_a_url_and_the_others_are_always_whole() -> None:
    assert not McpServer().is_complete
    assert McpServer(command="npx").is_complete
    assert Rule(text="Be brief.\n").is_complete
    assert Permission(action=Action.DENY).is_complete

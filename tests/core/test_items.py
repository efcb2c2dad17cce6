from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aisync_desktop.core.items import (
    SHARED,
    USER,
    Item,
    ItemKey,
    Kind,
    McpServer,
    Rule,
    UnifiedConfig,
    from_payload,
    to_payload,
)
from aisync_desktop.core.texts import plain_text
from aisync_desktop.core.values import Value

texts = st.text(st.sampled_from("ab \t\r\n\ufeff#"), max_size=12)


@given(texts)
def test_a_text_has_one_spelling(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert "\r\n" not in plain
    assert plain_text(f"\n \n{text.removeprefix(chr(0xFEFF))}\n\n".replace("\n", "\r\n")) == plain_text(f"\n{text}")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# A\r\n\r\nb", "# A\n\nb\n"),
        ("\n\n  indented\n \n", "  indented\n"),
        ("two spaces  \nmean a break  \n", "two spaces  \nmean a break\n"),
        (" \r\n", ""),
    ],
)
def test_line_endings_and_outer_blank_lines_are_not_part_of_a_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


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

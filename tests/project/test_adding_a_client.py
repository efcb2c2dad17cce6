"""docs/ADDING_A_CLIENT.md, done as it says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.clients.loader import parse_descriptor
from aisync_desktop.files.places import find_places
from tests.helpers.program import aisync

PAGE = Path(__file__).parents[2] / "docs" / "ADDING_A_CLIENT.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def description(isolated_home: Path) -> Path:
    (isolated_home / ".acme").mkdir()
    (isolated_home / ".acme" / "servers.json").write_text(blocks("json")[0])
    folder = find_places(os.environ).config / "clients"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text(blocks("toml")[0])
    return folder / "acme.toml"


def test_the_example_shows_what_the_page_shows(description: Path, isolated_home: Path) -> None:
    assert description.is_file()
    shown, *_ = blocks("console")
    done = aisync("clients")
    assert done.stdout.replace(str(isolated_home), "~").startswith(shown.partition("\n")[2])
    assert aisync("init", "--yes").returncode == 0


def test_a_mistake_is_told_as_the_page_tells_it(description: Path) -> None:
    description.write_text(description.read_text().replace('transport = "stdio"', 'transport = "pigeon"'))
    *_, shown = blocks("console")
    done = aisync("doctor")
    assert done.returncode == 3
    assert shown.splitlines()[1].removeprefix("  ! ") in done.stdout
    assert f"~/{description.relative_to(Path.home())}" in done.stdout


def test_what_is_added_to_the_example_can_be_used() -> None:
    first, more = blocks("toml")
    descriptor = parse_descriptor(f"{first}\n{more}".encode(), PAGE)
    assert [(one.kind, one.scope) for one in descriptor.endpoints] == [
        ("mcp", "user"),
        ("mcp", "project"),
        ("rules", "user"),
        ("rules", "project"),
        ("rules", "project"),
        ("permissions", "user"),
    ]


def explained() -> dict[str, set[str]]:
    """Return the words that the page explains, by the key that its section is about."""
    sections = re.split(r"^### `(\w+)`$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        name: set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
        for name, text in zip(sections[::2], sections[1::2], strict=True)
    }


def vocabularies(schema: Any, name: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a key can have for words, as a set, by the key or by what its type is called."""
    if isinstance(schema, dict):
        if words := {word for word in schema.get("enum", ()) if word}:
            yield name, frozenset(words)
        for key, inner in schema.items():
            yield from vocabularies(inner, name if key in _NO_NAMES else key)
    elif isinstance(schema, list):
        for each in schema:
            yield from vocabularies(each, name)


_NO_NAMES = {"anyOf", "items", "propertyNames", "additionalProperties", "$defs", "properties"}
_WORDS = json.loads((PAGE.parents[1] / "resources" / "descriptor.schema.json").read_text(encoding="utf-8"))
_VOCABULARIES = dict.fromkeys(words for _, words in vocabularies(_WORDS))


@pytest.mark.parametrize("words", _VOCABULARIES, ids=min)
def test_every_word_of_a_description_is_explained(words: frozenset[str]) -> None:
    assert any(words <= known for known in explained().values()), sorted(words)


def test_no_word_is_explained_that_a_description_cannot_have() -> None:
    known = frozenset().union(*_VOCABULARIES)
    assert {word for words in explained().values() for word in words} <= known

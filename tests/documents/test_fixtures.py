"""Files that real clients wrote or read: nothing changes but what is edited, and what is added can be taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Append, Document, Format, Remove, SetValue, Strictness
from aisync_desktop.kernel.values import Value
from tests.documents import editing

_FOLDER = Path(__file__).parent / "fixtures"
_FILES = sorted(path for path in _FOLDER.rglob("*") if path.parent != _FOLDER)
_SERVER: Value = {"command": "npx", "args": ["-y", "pkg"], "env": {"KEY": "value"}}
_RULE: Value = {"pattern": ["cargo", ["test", "check"]], "decision": "allow"}


def _parsed(path: Path) -> Document:
    strictness = Strictness(comments=True, trailing_commas=path.suffix == ".jsonc")
    return parse(path.read_bytes(), Format(path.parent.name), strictness)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a_file_is_the_same_after_parsing_and_after_setting_what_it_says(path: Path) -> None:
    document = _parsed(path)
    data = path.read_bytes()
    assert document.dump() == data
    for place in editing.paths(document.value()):
        value = document.get(place)
        assert document.locate(place)
        assert document.edit(SetValue(place, value)).dump() == data  # type: ignore[arg-type]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_whatever_is_added_anywhere_only_adds_and_can_be_taken_out(path: Path) -> None:
    document = _parsed(path)
    value = document.value()
    for place in editing.paths(value):
        holder = editing.at(value, place)
        if path.suffix == ".rules":
            continue
        if isinstance(holder, dict):
            editing.check_undone(document, document.edit(SetValue((*place, "new"), _SERVER)), Remove((*place, "new")))
        if isinstance(holder, list):
            editing.check_undone(document, document.edit(Append(place, "x")), Remove((*place, len(holder))))


def test_a_rule_is_added_to_real_rules_and_taken_out() -> None:
    document = _parsed(_FOLDER / "exec-rules" / "default.rules")
    editing.check_undone(document, document.edit(Append(("rules",), _RULE)), Remove(("rules", 3)))


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_everything_can_be_removed_from_a_file(path: Path) -> None:
    document = _parsed(path)
    for place in editing.paths(document.value()):
        if place and place != ("rules",) and place[2:] != ("pattern",):
            edited = document.edit(Remove(place))
            assert len(edited.dump()) < len(document.dump())

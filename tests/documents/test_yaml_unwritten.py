"""YAML that nobody has written is the same as if PyYAML had read it, and needs no PyYAML."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Edit, Format, Remove, SetValue, Strictness
from aisync_desktop.documents.yaml_document import parse_yaml

_BEGUN: list[Edit] = [SetValue(("version",), 1), SetValue(("name",), "it's"), SetValue(("on",), value=True)]


def _assert_alike(ours: Document, read: Document) -> None:
    assert ours.dump() == read.dump()
    assert ours.value() == read.value()
    for path in [(), ("a",), ("a", "b"), ("version",), ("version", "b"), ("name",)]:
        assert ours.get(path) == read.get(path)
        assert ours.locate(path) == read.locate(path)
    assert (ours.comments(), ours.numbers()) == (read.comments(), read.numbers())


@pytest.mark.parametrize(
    "edits",
    [
        [],
        _BEGUN,
        [Remove(("a",))],
        [SetValue(("a", "b"), 1), SetValue(("c",), [True])],
        [SetValue(("a",), 1), Remove(("a",))],
    ],
)
def test_it_says_what_it_would_if_it_were_read(edits: list[Edit]) -> None:
    ours, read = parse(b"", Format.YAML).edit(*edits), parse_yaml(b"", Strictness()).edit(*edits)

    _assert_alike(ours, read)
    more = SetValue(("a", "b"), "more")
    _assert_alike(ours.edit(more), read.edit(more))
    _assert_alike(ours.edit(), read.edit())


def test_what_comes_out_is_a_copy() -> None:
    begun = empty(Format.YAML).edit(SetValue(("a",), 1))
    value = begun.value()
    assert isinstance(value, dict)
    value["a"] = 2

    assert begun.get(("a",)) == 1


def test_what_it_begins_with_needs_no_pyyaml() -> None:
    script = (
        "import sys\nfrom aisync_desktop.documents.parse import empty\n"
        "from aisync_desktop.documents.protocol import Format, SetValue\n"
        "begun = empty(Format.YAML).edit(SetValue(('version',), 1))\n"
        "print(begun.value(), begun.get(('a',)), 'yaml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["{'version':", "1}", "MISSING", "False"]

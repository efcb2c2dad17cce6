"""YAML that says nothing is the same, whether PyYAML read it or nobody did."""

from __future__ import annotations

import pytest

from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Edit, Format, Remove, SetValue, Strictness
from aisync_desktop.documents.yaml_document import parse_yaml


@pytest.fixture
def both() -> tuple[Document, Document]:
    return parse(b"", Format.YAML), parse_yaml(b"", Strictness())


def test_it_says_the_same(both: tuple[Document, Document]) -> None:
    ours, read = both

    assert ours.dump() == read.dump() == b""
    assert ours.value() is read.value() is None
    for path in [(), ("a",), ("a", "b")]:
        assert ours.get(path) == read.get(path)
        assert ours.locate(path) == read.locate(path)
    assert (ours.comments(), ours.numbers()) == (read.comments(), read.numbers()) == ((), ())
    assert empty(Format.YAML).dump() == b""


@pytest.mark.parametrize(
    "edits",
    [[], [Remove(("a",))], [SetValue(("a", "b"), 1), SetValue(("c",), [True])], [SetValue(("a",), 1), Remove(("a",))]],
)
def test_what_is_put_into_it_stands_as_it_would(both: tuple[Document, Document], edits: list[Edit]) -> None:
    ours, read = (document.edit(*edits) for document in both)

    assert (ours.dump(), ours.value()) == (read.dump(), read.value())

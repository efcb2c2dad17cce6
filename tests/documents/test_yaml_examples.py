"""How YAML looks after an edit, example by example."""

from __future__ import annotations

import datetime as dt
from textwrap import dedent

import pytest

from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import MISSING, Append, Edit, Format, Remove, Rename, SetValue
from aisync_desktop.kernel.values import Value

SERVER: Value = {"command": "npx", "args": ["-y"], "env": {"A": "1"}}


def edited(text: str, *edits: Edit) -> str:
    return parse(dedent(text).encode(), Format.YAML).edit(*edits).dump().decode()


def test_a_new_file_is_written_in_blocks() -> None:
    document = empty(Format.YAML).edit(SetValue(("mcp", "x"), SERVER))
    assert document.dump().decode() == dedent("""\
        mcp:
          x:
            command: npx
            args:
              - "-y"
            env:
              A: "1"
        """)


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("a: 1 # c\n# end\n", SetValue(("k",), "v"), "a: 1 # c\nk: v\n# end\n"),
        ("a: 1", SetValue(("k",), [1]), "a: 1\nk:\n  - 1"),
        ("a:\n- x\nb: 1\n", SetValue(("k",), [1]), "a:\n- x\nb: 1\nk:\n- 1\n"),
        (
            "a:\r\n    b: 1\r\nc: 2\r\n",
            SetValue(("a", "k"), {"d": 1}),
            "a:\r\n    b: 1\r\n    k:\r\n        d: 1\r\nc: 2\r\n",
        ),
        ("a: {b: 1} # c\n", SetValue(("a", "k"), "x, y"), 'a: {b: 1, k: "x, y"} # c\n'),
        ("a: {}\n", SetValue(("a", "k"), 1), "a: {k: 1}\n"),
        ("a: [x] # c\n", Append(("a",), "z"), "a: [x, z] # c\n"),
        (
            "a:\n  - x # c\n  # d\n",
            Append(("a",), {"k": 1, "l": [2]}),
            "a:\n  - x # c\n  - k: 1\n    l:\n      - 2\n  # d\n",
        ),
        ("- - x\n  - y\n", Append((0,), "z"), "- - x\n  - y\n  - z\n"),
        ("a: |\n  text\n", SetValue(("k",), 1), "a: |\n  text\nk: 1\n"),
        ("b: 0\n# a\na: |\n  text", SetValue(("k",), 1), "b: 0\nk: 1\n# a\na: |\n  text"),
        ("a: |+\n  text\n\n\n", SetValue(("k",), 1), "a: |+\n  text\n\n\nk: 1\n"),
        ("---\na: 1\n...\n", SetValue(("k",), 1), "---\na: 1\nk: 1\n...\n"),
    ],
)
def test_an_addition_follows_what_is_there_and_leaves_no_trace_when_removed(
    text: str, edit: Edit, expected: str
) -> None:
    assert edited(text, edit) == expected
    count = len(parse(text.encode(), Format.YAML).get(edit.path)) if isinstance(edit, Append) else 0  # type: ignore[arg-type]
    place = (*edit.path, count) if isinstance(edit, Append) else edit.path
    assert edited(expected, Remove(place)) == text


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("a: 1 # c\n", SetValue(("a",), 2), "a: 2 # c\n"),
        ("a: 'x'\n", SetValue(("a",), "it's"), "a: 'it''s'\n"),
        ('a: "x"\n', SetValue(("a",), "y"), 'a: "y"\n'),
        ("a: x\n", SetValue(("a",), "yes"), 'a: "yes"\n'),
        ("a: x\n", SetValue(("a",), "1.0"), 'a: "1.0"\n'),
        ("a:\nb: 1\n", SetValue(("a",), "x"), "a: x\nb: 1\n"),
        ("a: # c\nb: 1\n", SetValue(("a", "k"), 1), "a: {k: 1} # c\nb: 1\n"),
        ("a:\nb: 1\n", SetValue(("a", "k"), 1), "a:\n  k: 1\nb: 1\n"),
        ("a:\nb: 1\n", Append(("a",), 1), "a:\n  - 1\nb: 1\n"),
        ("a: # c\n  b: 1 # d\nc: 2\n", Remove(("a", "b")), "a: {} # c\nc: 2\n"),
        ("a:\n  - x\n# e\nc: 2\n", Remove(("a", 0)), "a: []\n# e\nc: 2\n"),
        ("a:\n  b: 1\n  c: 2\n", SetValue(("a",), 3), "a: 3\n"),
        ("a: |\n  x\n\nb: 1\n", SetValue(("a",), "y\nz\n"), "a: |\n  y\n  z\n\nb: 1\n"),
        ("a: >\n  x\n\nb: 1\n", SetValue(("a",), "y"), "a: |-\n  y\n\nb: 1\n"),
        ("a: 1\n# about b\nb: 2 # b\n\n# c\nc: 3\n", Remove(("b",)), "a: 1\n\n# c\nc: 3\n"),
        ("# top\na: 1\nb: 2\n", Remove(("a",)), "# top\nb: 2\n"),
        ("- a: 1\n  b: 2\n- c\n", Remove((0, "a")), "- b: 2\n- c\n"),
        ("- a: 1\n- c\n", Remove((0, "a")), "- {}\n- c\n"),
        ("a: [x, y, z]\n", Remove(("a", 1)), "a: [x, z]\n"),
        ("a: 1\nb: {x: 1}\n", Rename(("b", "x"), "a b: c"), 'a: 1\nb: {"a b: c": 1}\n'),
        ("a: 2026-01-01\n", SetValue(("a",), dt.date(2026, 1, 2)), "a: 2026-01-02\n"),
        ("a: 1.5\n", SetValue(("a",), 1e20), "a: 1.0e+20\n"),
        ("1: x\n", SetValue(("1",), "z"), "1: z\n"),
    ],
)
def test_an_edit_changes_only_what_it_must(text: str, edit: Edit, expected: str) -> None:
    assert edited(text, edit) == expected


@pytest.mark.parametrize(
    ("text", "edit", "reason"),
    [
        ("a: &x 1\nb: *x\n", SetValue(("a",), 2), "anchor"),
        ("a: &x 1\nb: *x\n", Remove(("b",)), "anchor"),
        ("a: &x {k: 1}\nb:\n  <<: *x\n", SetValue(("b", "k"), 2), "anchor"),
        ("a: &x\n  k: 1\nb: *x\n", SetValue(("a", "k"), 2), "anchor"),
        ("a: !!str 1\n", SetValue(("a",), "2"), "anchor"),
        ("? a\n: 1\n", Rename(("a",), "b"), "anchor"),
        ("- |\n  text", Append((), "x"), "shape"),
        ("- a: 1\n  # c\n  b: 2\n", Remove((0, "a")), "shape"),
        ("a: 1\na: 2\n", Rename(("a",), "b"), "duplicate-key"),
        ("a: 1\n", SetValue(("k",), "\ud800"), "value"),
        ("a: 1\n", SetValue(("k",), dt.time(1)), "value"),
    ],
)
def test_what_is_not_safe_is_refused(text: str, edit: Edit, reason: str) -> None:
    with pytest.raises(EditRefusedError) as refused:
        edited(text, edit)
    assert refused.value.reason == reason


def test_what_is_beside_an_anchor_can_be_edited() -> None:
    text = "a: &x {k: 1}\nb:\n  <<: *x\n  l: 2\n"
    assert edited(text, SetValue(("c",), 3)) == text + "c: 3\n"
    assert edited(text, SetValue(("b", "l"), 3)) == text.replace("l: 2", "l: 3")
    assert parse(text.encode(), Format.YAML).get(("b", "k")) == 1


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        ("a: [1\nb: 2", "comma", 2),
        ('a: "x', "string-end", 1),
        ("a: b: c", "syntax", 1),
        ("a:\n\tb: 1", "no-tab", 2),
        ("a: 1\n---\nb: 1\n", "one-document", 2),
        ("a: 1\nb: 2001-99-99\n", "value", 2),
        ("a: \x01", "no-control-character", 1),
        ("\n? [a]\n: 1\n", "key", 2),
        ('a: "\\q"', "escape", 1),
    ],
)
def test_what_is_no_yaml_is_malformed_at_its_line(text: str, expected: str, line: int) -> None:
    with pytest.raises(MalformedDocument) as malformed:
        parse(text.encode(), Format.YAML)
    assert (malformed.value.expected, malformed.value.line) == (expected, line)


def test_values_are_found_where_they_are() -> None:
    document = parse("a:\n  - x\n  - {é: 😀, k: v}\n".encode(), Format.YAML)
    place = document.locate(("a", 1, "k"))
    assert place
    assert (place.line, place.column) == (3, 15)
    assert document.locate(("a", 2)) is None
    assert document.get(("a", 2)) is MISSING


def test_values_that_are_handed_out_share_nothing() -> None:
    document = parse(b"a: &x [1]\nb: *x\n", Format.YAML)
    value = document.value()
    assert isinstance(value, dict)
    assert isinstance(value["a"], list)
    value["a"].append(2)
    assert value["b"] == [1]
    assert document.get(("a",)) == [1]

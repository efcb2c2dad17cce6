"""How JSON looks after an edit, example by example."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from aisync_desktop.documents import json_text
from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import (
    MISSING,
    Append,
    Edit,
    Format,
    InsertBefore,
    Remove,
    Rename,
    SetValue,
    Strictness,
)
from aisync_desktop.kernel.values import Value
from tests.helpers.counted import Counted

JSONC = Strictness(comments=True, trailing_commas=True)
SERVER: Value = {"command": "npx", "args": ["-y"]}


def edited(text: str, *edits: Edit, strictness: Strictness = JSONC) -> str:
    return parse(dedent(text).encode(), Format.JSON, strictness).edit(*edits).dump().decode()


def test_a_new_file_gets_two_spaces_and_a_final_line_feed() -> None:
    document = empty(Format.JSON).edit(SetValue(("mcpServers", "x"), SERVER))
    assert (
        document.dump()
        == dedent("""\
        {
          "mcpServers": {
            "x": {
              "command": "npx",
              "args": [
                "-y"
              ]
            }
          }
        }
        """).encode()
    )


def test_a_member_goes_on_a_line_of_its_own_where_its_neighbour_is() -> None:
    text = """\
        {
        \t"s": {
        \t\t"one": {"command": "a", "args": ["b"]} // one
        \t\t// none
        \t}
        }"""
    expected = """\
        {
        \t"s": {
        \t\t"one": {"command": "a", "args": ["b"]}, // one
        \t\t"x": {"command": "npx", "args": ["-y"]}
        \t\t// none
        \t}
        }"""
    assert edited(text, SetValue(("s", "x"), SERVER)) == dedent(expected)


def test_lists_stay_on_a_line_where_the_neighbours_lists_do() -> None:
    text = """\
        {
            "a": {
                "args": ["b"]
            }
        }"""
    expected = """\
        {
            "a": {
                "args": ["b"]
            },
            "x": {
                "command": "npx",
                "args": ["-y"]
            }
        }"""
    assert edited(text, SetValue(("x",), SERVER)) == dedent(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", '{\n  "k": 1\n}'),
        ("{ }", '{ "k": 1 }'),
        ("{\n}", '{\n  "k": 1\n\n}'),
        ('{"a":1}', '{"a":1,"k":1}'),
        ('{"a": 1}', '{"a": 1, "k": 1}'),
        ('{"a" : 1 }', '{"a" : 1, "k" : 1 }'),
        ('{"a": 1 /* c */}', '{"a": 1, /* c */ "k": 1}'),
        ('{"a": 1, }', '{"a": 1, "k": 1, }'),
        ('{"a": 1 // c\n}', '{"a": 1, // c\n"k": 1\n}'),
        ('{\r\n  "a": 1\r\n}\r\n', '{\r\n  "a": 1,\r\n  "k": 1\r\n}\r\n'),
        ('{\n  "a": 1,\n}\n', '{\n  "a": 1,\n  "k": 1,\n}\n'),
        ("{ // c\n}", '{ // c\n  "k": 1\n}'),
        ("{ /* c */ }", '{ /* c */ "k": 1 }'),
        ("{\n  // c\n}", '{\n  "k": 1\n  // c\n}'),
        ('\ufeff{"a": 1}', '\ufeff{"a": 1, "k": 1}'),
        ('{"a": {}}', '{"a": {}, "k": 1}'),
    ],
)
def test_an_added_member_follows_what_is_there_and_leaves_no_trace_when_removed(text: str, expected: str) -> None:
    assert edited(text, SetValue(("k",), 1)) == expected
    assert edited(expected, Remove(("k",))) == text


def test_a_removed_member_takes_its_comments_with_it_but_no_heading() -> None:
    text = """\
        {
          // all of them
          "a": 1,
          // about b
          // more
          "b": 2, // b too
          // about c

          // this is nobody's

          "c": 3
        }
        """
    expected = """\
        {
          // all of them
          "a": 1,
          // about c

          // this is nobody's

          "c": 3
        }
        """
    assert edited(text, Remove(("b",))) == dedent(expected)
    assert edited(text, Remove(("a",))).count("//") == text.count("//")


def test_numbers_keep_their_spelling_beside_an_edit() -> None:
    text = '{"id": 9007199254740993, "f": 1.0, "e": 1e3, "big": 123456789012345678901234567890, "k": 1}'
    assert edited(text, SetValue(("k",), 2)) == text.replace('"k": 1', '"k": 2')


def test_setting_a_map_again_touches_only_the_fields_that_differ() -> None:
    text = '{"s": {"n": 1.0, /* why */ "env": {"A": "\\u0041"}, "args": ["a", /* b */ "b"]}}'
    document = parse(text.encode(), Format.JSON, JSONC)
    value = {"n": 1.0, "env": {"A": "A", "B": "2"}, "args": ["a", "b", "c"]}
    expected = '{"s": {"n": 1.0, /* why */ "env": {"A": "\\u0041", "B": "2"}, "args": ["a", /* b */ "b", "c"]}}'
    assert document.edit(SetValue(("s",), value)).dump().decode() == expected  # type: ignore[arg-type]


def test_of_duplicate_keys_the_last_is_read_and_edited_and_all_are_removed() -> None:
    text = '{"a": 1, "b": 0, "a": 2}'
    assert parse(text.encode(), Format.JSON).get(("a",)) == 2
    assert edited(text, SetValue(("a",), 3)) == '{"a": 1, "b": 0, "a": 3}'
    assert edited(text, Remove(("a",))) == '{"b": 0}'
    with pytest.raises(EditRefusedError, match="twice"):
        edited(text, Rename(("a",), "z"))


def test_a_member_is_renamed_in_place() -> None:
    assert edited('{"a": {"x": [1, /* c */ 2]}, "b": 0}', Rename(("a",), "n")) == '{"n": {"x": [1, /* c */ 2]}, "b": 0}'


def test_a_null_where_a_map_or_list_is_needed_is_filled() -> None:
    assert edited('{"s": null, "l": null}', SetValue(("s", "x"), 1), Append(("l",), 2)) == '{"s": {"x": 1}, "l": [2]}'


def test_appending_to_what_is_not_there_makes_a_list() -> None:
    assert edited('{"a": 1}', Append(("p", "allow"), "x")) == '{"a": 1, "p": {"allow": ["x"]}}'


def test_removing_what_is_not_there_changes_nothing() -> None:
    assert edited('{"a": [1]}', Remove(("b", "c")), Remove(("a", 7)), Remove(("a", "x"))) == '{"a": [1]}'


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(("a", "x"), 1),
        SetValue(("l", 5), 1),
        SetValue(("l", "x"), 1),
        SetValue(("k",), float("nan")),
        SetValue(("k",), "\ud800"),
        SetValue(("k",), 10**5000),
        Append(("a",), 1),
        Append(("m",), 1),
        Remove(()),
        Rename(("m", "none"), "x"),
        Rename(("m",), "a"),
        Rename(("l", 0), "x"),
        SetValue(tuple("x" * 300), 1),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(edit: Edit) -> None:
    document = parse(b'{"a": 1, "l": [1], "m": {}}', Format.JSON)
    with pytest.raises(EditRefusedError) as refused:
        document.edit(edit)
    assert refused.value.message.english()


def test_a_document_stays_what_it_was_when_it_is_edited_or_its_values_are_changed() -> None:
    document = parse(b'{"a": [1]}', Format.JSON)
    value = document.get(("a",))
    assert isinstance(value, list)
    value.append(2)
    document.edit(SetValue(("a",), []))
    assert document.dump() == b'{"a": [1]}'
    assert document.get(("a",)) == [1]
    assert document.get(("a", 0, "x")) is MISSING


@pytest.mark.parametrize(
    ("text", "strictness", "expected", "line", "column"),
    [
        ("", Strictness(), "content", 1, 1),
        (" \n", Strictness(), "content", 2, 1),
        ('{\n  "a": 1,\n}', Strictness(), "no-trailing-comma", 3, 1),
        ("[1,]", Strictness(comments=True), "no-trailing-comma", 1, 4),
        ("{\n // c\n}", Strictness(), "no-comment", 2, 2),
        ("{}\n// c", Strictness(trailing_commas=True), "no-comment", 2, 1),
        ("{} /* c", JSONC, "comment-end", 1, 4),
        ("[,]", JSONC, "value", 1, 2),
        ("[1,,]", JSONC, "value", 1, 4),
        ('{"a" 1}', JSONC, "colon", 1, 6),
        ('{"a": 1 "b": 2}', JSONC, "comma", 1, 9),
        ("{a: 1}", JSONC, "key", 1, 2),
        ('{"a": "x', JSONC, "string-end", 1, 7),
        ('["\\x"]', JSONC, "escape", 1, 3),
        ('["a\tb"]', JSONC, "no-control-character", 1, 4),
        ("[1, NaN]", JSONC, "value", 1, 5),
        ("[-Infinity]", JSONC, "value", 1, 2),
        ("{} {}", JSONC, "end", 1, 4),
        ('{"a": 1,\n "b": {"c": 1, "c": 2}}', Strictness(duplicate_keys=False), "unique-key", 2, 16),
        ("\ufeff{}", Strictness(bom=False), "no-bom", 1, 1),
        ('["한", x]', JSONC, "value", 1, 7),
    ],
)
def test_what_a_client_would_not_read_is_malformed_at_its_place(
    text: str, strictness: Strictness, expected: str, line: int, column: int
) -> None:
    with pytest.raises(MalformedDocument) as malformed:
        parse(text.encode(), Format.JSON, strictness)
    assert (malformed.value.expected, malformed.value.line, malformed.value.column) == (expected, line, column)


def test_integers_of_any_length_are_read_as_clients_do() -> None:
    document = parse(b"[" + b"9" * 5000 + b", 7]", Format.JSON)
    assert document.get((0,)) == float("inf")
    assert document.edit(SetValue((1,), 8)).dump() == b"[" + b"9" * 5000 + b", 8]"


def test_a_member_goes_before_another_one_and_before_the_comment_that_is_that_ones() -> None:
    text = '{\n  // about all\n  "a": 1, // first\n  // about b\n  "b": 2\n}\n'
    added = edited(text, InsertBefore(("b",), 3, "new"))
    assert added == '{\n  // about all\n  "a": 1, // first\n  "new": 3,\n  // about b\n  "b": 2\n}\n'
    assert edited(added, Remove(("new",))) == text
    assert edited("[1, 2]\n", InsertBefore((0,), 0)) == "[0, 1, 2]\n"


@pytest.mark.parametrize(
    "edit",
    [InsertBefore(("b",), 1, "new"), InsertBefore(("a",), 1), InsertBefore(("a",), 1, "a"), InsertBefore((0,), 1)],
)
def test_a_member_goes_before_nothing_that_is_not_there_and_takes_no_key_that_is_taken(edit: Edit) -> None:
    with pytest.raises(EditRefusedError):
        edited('{"a": 1}', edit)


@pytest.mark.parametrize(("data", "path"), [(b"a = 1\n", ("a",)), (b"a: 1\n", ("a",))])
def test_only_json_has_an_order_to_insert_into(data: bytes, path: tuple[str]) -> None:
    form = Format.TOML if b"=" in data else Format.YAML
    with pytest.raises(EditRefusedError):
        parse(data, form).edit(InsertBefore(path, 2, "new"))


def test_of_a_container_that_was_edited_only_what_is_behind_the_edit_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    servers = {f"s{number}": {"command": "npx"} for number in range(30)}
    document = parse(json.dumps({"mcpServers": servers}, indent=2).encode(), Format.JSON)
    document.get(("mcpServers", "s0"))
    reads = Counted(monkeypatch, json_text.Reader, "_keyed")

    edited = document.edit(*(SetValue(("mcpServers", f"new{number}"), {"command": "uvx"}) for number in range(30)))

    assert edited.dump().count(b"uvx") == 30
    assert reads.calls < 30 * 4  # a member and the next, each with what is in it

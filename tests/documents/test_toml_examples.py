"""How TOML looks after an edit, example by example."""

from __future__ import annotations

import datetime as dt
import tomllib
from textwrap import dedent

import pytest
import tomlrt

from aisync_desktop.documents import toml_scan
from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Append, Edit, Format, Remove, Rename, SetValue
from aisync_desktop.kernel.values import Value
from tests.documents import editing
from tests.documents.toml_texts import TomlWriter
from tests.helpers.counted import Counted

SERVER: Value = {"command": "npx", "args": ["-y"], "env": {"A": "1"}}


def edited(text: str, *edits: Edit) -> str:
    return parse(dedent(text).encode(), Format.TOML).edit(*edits).dump().decode()


def test_a_server_in_a_new_file_is_a_table_with_sub_tables() -> None:
    document = empty(Format.TOML).edit(SetValue(("mcp_servers", "a.b"), SERVER))
    assert document.dump().decode() == dedent("""\
        [mcp_servers."a.b"]
        command = "npx"
        args = ["-y"]

        [mcp_servers."a.b".env]
        A = "1"
        """)


def test_a_table_goes_behind_the_last_one_of_its_group() -> None:
    text = """\
        [mcp_servers.one]
        command = "a"
        # below one

        # before projects
        [projects.x]
        trust = true
        """
    expected = """\
        [mcp_servers.one]
        command = "a"
        # below one

        [mcp_servers.two]
        url = "u"

        # before projects
        [projects.x]
        trust = true
        """
    assert edited(text, SetValue(("mcp_servers", "two"), {"url": "u"})) == dedent(expected)


@pytest.mark.parametrize("text", ["", "# mine\n", "a = 1\n", "[x]\na = 1\n\n# end\n"])
def test_a_new_list_of_tables_is_an_array_of_them_and_leaves_no_trace(text: str) -> None:
    document = parse(text.encode(), Format.TOML).edit(SetValue(("rule",), [{"a": 1}, {"b": 2}]))
    assert "[[rule]]\na = 1\n\n[[rule]]\nb = 2\n" in document.dump().decode()
    assert document.edit(Remove(("rule",))).dump().decode() == text


def test_a_table_whose_group_is_not_there_goes_to_the_end_without_a_final_line_feed_if_there_was_none() -> None:
    assert edited("a = 1", SetValue(("t", "x"), {"k": 1})) == "a = 1\n\n[t.x]\nk = 1"


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("a = 1\n\n[t]\n", SetValue(("b",), 2), "a = 1\nb = 2\n\n[t]\n"),
        ("[t]\nx = 1\n", SetValue(("b",), 2), "b = 2\n\n[t]\nx = 1\n"),
        ("# top\n\n[t]\n", SetValue(("b",), 2), "# top\n\nb = 2\n\n[t]\n"),
        ("[t]\nx = 1 # c\n# d\n", SetValue(("t", "y"), [1, 2]), "[t]\nx = 1 # c\ny = [1, 2]\n# d\n"),
        ("[t]\r\n\r\n[u]\r\n", SetValue(("t", "y"), 1.5), "[t]\r\ny = 1.5\r\n\r\n[u]\r\n"),
        ("s = {}\n", SetValue(("s", "x"), {"k": 1}), "s = {x = { k = 1 }}\n"),
        ("s = { a = 1 } # c\n", SetValue(("s", "x"), "v"), 's = { a = 1, x = "v" } # c\n'),
        ("s.a.k = 1\nb = 2\n", SetValue(("s", "x"), {"k": 1}), "s.a.k = 1\ns.x = { k = 1 }\nb = 2\n"),
        ("a = [\n  1, # c\n]\n", Append(("a",), 2), "a = [\n  1, # c\n  2,\n]\n"),
        ("[[h]]\nk = 1\n\n[z]\n", Append(("h",), {"k": 2}), "[[h]]\nk = 1\n\n[[h]]\nk = 2\n\n[z]\n"),
        ("[a]\nk = 1\n[b]\nk = 2\n", SetValue(("c",), {"k": 3}), "[a]\nk = 1\n[b]\nk = 2\n[c]\nk = 3\n"),
    ],
)
def test_an_addition_follows_what_is_there_and_leaves_no_trace_when_removed(
    text: str, edit: Edit, expected: str
) -> None:
    assert edited(text, edit) == expected
    place = (*edit.path, 1) if isinstance(edit, Append) else edit.path
    assert edited(expected, Remove(place)) == text


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("a = 1_000 # c\nb = 0xFF\n", SetValue(("a",), 2), "a = 2 # c\nb = 0xFF\n"),
        ("a = 'x'\n", SetValue(("a",), "C:\\y"), "a = 'C:\\y'\n"),
        ("a = 'x'\n", SetValue(("a",), "it's"), 'a = "it\'s"\n'),
        ('a = """x\ny""" # c\n', SetValue(("a",), "z\n"), 'a = "z\\n" # c\n'),
        ("a = 1\n", SetValue(("a",), {"k": 1}), "a = { k = 1 }\n"),
        ("[a]\nk = 1\n\n[b]\n", SetValue(("a",), 1), "a = 1\n\n[b]\n"),
        ("a = 1\n", SetValue(("a",), dt.date(2026, 1, 2)), "a = 2026-01-02\n"),
        ("[a.b]\nk = 1\n", SetValue(("a", "x"), 1), "[a]\nx = 1\n\n[a.b]\nk = 1\n"),
        ("# about a\na = 1\n# about b\nb = 2 # b\nc = 3\n", Remove(("b",)), "# about a\na = 1\nc = 3\n"),
        ("# top\na = 1\n", Remove(("a",)), "# top\n"),
        ("x = 1\n\n# t\n[t]\nk = 1\n\n[t.u]\nk = 2\n\n[v]\n", Remove(("t",)), "x = 1\n\n[v]\n"),
        ("[m.a]\nk = 1\n", Remove(("m", "a")), ""),
        ("[m.a]\nk = 1\n", SetValue(("m",), {}), "[m]\n"),
        ("[[h]]\nk = 1\n", Remove(("h", 0)), "h = []\n"),
        ("[[h]]\nk = 1\n", SetValue(("h",), [{"j": 2}, {"j": 3}]), "[[h]]\nj = 2\n\n[[h]]\nj = 3\n"),
        ("[t.a]\nk = 1\n[t.a.b]\n[x]\n", Rename(("t", "a"), "n.m"), '[t."n.m"]\nk = 1\n[t."n.m".b]\n[x]\n'),
        (
            "[[p]]\n[p.z.t]\nk = 1\n[[p]]\n",
            SetValue(("p", 0, "z", "t"), "v"),
            '[[p]]\n[p.z]\nt = "v"\n[[p]]\n',
        ),
        ("a.'b'.c = 1\na.b.d = 2\n", Rename(("a", "b"), "z"), "a.z.c = 1\na.z.d = 2\n"),
    ],
)
def test_an_edit_changes_only_what_it_must(text: str, edit: Edit, expected: str) -> None:
    assert edited(text, edit) == expected


@pytest.mark.parametrize("value", [None, [None], {"k": {"x": None}}, 2**63, "\ud800", dt.time(1, tzinfo=dt.UTC)])
def test_what_toml_has_no_way_to_write_is_refused(value: Value) -> None:
    with pytest.raises(EditRefusedError):
        edited("a = 1\n", SetValue(("k",), value))


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        ("a = 1\nb\n", "equals", 2),
        ("a = 1\na = 2\n", "unique-key", 2),
        ('a = "x\n', "no-control-character", 1),
        ("a = [1\n", "comma", 2),
        ("a = \n", "value", 1),
        ('a = "\\q"\n', "escape", 1),
        ("\n" + "a." * 300 + "b = 1", "less-depth", 2),
        ("a = " + "9" * 5000, "number", 1),
        ("a = " + "[" * 400 + "]" * 400, "less-depth", 1),
    ],
)
def test_what_is_no_toml_is_malformed_at_its_line(text: str, expected: str, line: int) -> None:
    with pytest.raises(MalformedDocument) as malformed:
        parse(text.encode(), Format.TOML)
    assert (malformed.value.expected, malformed.value.line) == (expected, line)


def test_values_are_found_where_they_are() -> None:
    document = parse(b"\xef\xbb\xbfa = [1,\n  { b = 2 }]\n[t.u]\nk = 3\n", Format.TOML)
    places = {path: document.locate(path) for path in [("a", 1, "b"), ("t",), ("t", "u", "k"), ("no",)]}
    found = {path: (place.line, place.column) if place else None for path, place in places.items()}
    assert found == {("a", 1, "b"): (2, 9), ("t",): (3, 2), ("t", "u", "k"): (4, 5), ("no",): None}


def test_another_toml_library_reads_our_edits_as_we_do() -> None:
    rng = editing.seeded("tomlrt")
    for _ in range(60):
        text = TomlWriter(rng).document().replace("\r\n", "\n")  # it keeps them within texts, tomllib does not
        try:
            document = parse(text.encode(), Format.TOML)
        except MalformedDocument:
            continue  # not every mixture of dotted keys and headers is valid
        document = document.edit(SetValue(("mcp_servers_", "x"), SERVER), SetValue(("k_",), 1))
        assert tomlrt.loads(document.dump().decode()).to_dict() == document.value()


def test_many_edits_are_done_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f'[mcp_servers.s{number}]\ncommand = "npx"\n\n' for number in range(30))
    document = parse(text.encode(), Format.TOML)
    reads, entries = Counted(monkeypatch, tomllib, "loads"), Counted(monkeypatch, toml_scan, "Entry")

    edited = document.edit(*(SetValue(("mcp_servers", f"new{number}"), {"command": "uvx"}) for number in range(30)))

    assert edited.dump().count(b"uvx") == 30
    assert reads.calls == 1
    assert entries.calls < 2 * len(edited.dump().splitlines())

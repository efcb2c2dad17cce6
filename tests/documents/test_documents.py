"""What holds for the documents of every format: errors, laziness, empty files, and that edits are verified."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aisync_desktop.documents import brackets, json_style, toml_style, yaml_style
from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument, UnverifiedEditError
from aisync_desktop.documents.messages import MESSAGES
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Format, Location, SetValue
from aisync_desktop.documents.values import same
from aisync_desktop.kernel.values import Value

_SAMPLES = {
    Format.JSON: b'{"a": {"b": 1}}\n',
    Format.TOML: b"[a]\nb = 1\n",
    Format.YAML: b"a:\n  b: 1\n",
    Format.MARKDOWN: b"---\na: 1\n---\ntext\n",
    Format.EXEC_RULES: b'prefix_rule(pattern=["a"])\n',
}


@pytest.mark.parametrize("kind", list(Format))
def test_a_byte_order_mark_stays_and_is_no_part_of_the_values(kind: Format) -> None:
    plain, marked = parse(_SAMPLES[kind], kind), parse(b"\xef\xbb\xbf" + _SAMPLES[kind], kind)
    assert marked.value() == plain.value()
    assert marked.dump() == b"\xef\xbb\xbf" + plain.dump()


@pytest.mark.parametrize("kind", list(Format))
def test_bytes_that_are_no_utf8_are_malformed_at_their_place(kind: Format) -> None:
    with pytest.raises(MalformedDocument) as malformed:
        parse(b"# x\n\xc3\xa9 \xff", kind)
    assert (malformed.value.expected, malformed.value.line, malformed.value.column) == ("utf-8", 2, 3)


@pytest.mark.parametrize("kind", list(Format))
def test_an_error_has_words_and_a_path_but_nothing_of_the_file(kind: Format) -> None:
    secret = b"hunter2"
    with pytest.raises(MalformedDocument) as malformed:
        parse(b'---\n"%s": [\x00"%s\n---\n' % (secret, secret), kind)
    error = malformed.value.at(Path("/home/u/config"))
    assert error.path == Path("/home/u/config")
    assert "/home/u/config" in str(error)
    assert "line" in str(error)
    assert "hunter2" not in str(error) + repr(error) + repr(error.args)
    assert malformed.value.__context__ is None  # a parser's own error may hold the whole text


def test_a_refusal_has_words_and_a_path() -> None:
    error = EditRefusedError("shape", Location(3, 4)).at(Path("/f"))
    assert (error.reason, error.path) == ("shape", Path("/f"))
    assert "line 3, column 4" in str(error)


def test_every_message_about_documents_can_be_filled_with_a_place() -> None:
    assert len(MESSAGES) > 30
    assert all(template.format(line=1, column=2) for template in MESSAGES.values())


@pytest.mark.parametrize("kind", list(Format))
def test_the_empty_document_is_one(kind: Format) -> None:
    document = empty(kind)
    assert parse(document.dump(), kind).value() == document.value()
    expected: dict[Format, Value] = {
        Format.JSON: {},
        Format.TOML: {},
        Format.YAML: None,
        Format.MARKDOWN: {"frontmatter": None, "body": ""},
        Format.EXEC_RULES: {"rules": []},
    }
    assert document.value() == expected[kind]


@pytest.mark.parametrize(
    ("kind", "heavy"), [(Format.JSON, {"yaml", "tomllib"}), (Format.MARKDOWN, {"yaml", "tomllib"})]
)
def test_a_format_does_not_load_the_parsers_of_the_others(kind: Format, heavy: set[str]) -> None:
    code = (
        "import sys\n"
        "from aisync_desktop.documents.parse import empty\n"
        "from aisync_desktop.documents.protocol import Format\n"
        f"empty(Format('{kind}')); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


@pytest.mark.parametrize(
    ("kind", "edit"),
    [
        (Format.JSON, SetValue(("a", "k"), "v")),
        (Format.TOML, SetValue(("a", "k"), "v")),
        (Format.YAML, SetValue(("a", "k"), "v")),
        (Format.EXEC_RULES, SetValue(("rules", 0, "decision"), "allow")),
    ],
)
@pytest.mark.parametrize("broken", ['}{ ] , "', "another"])
def test_an_editor_that_writes_something_else_is_found_out(
    monkeypatch: pytest.MonkeyPatch, kind: Format, edit: SetValue, broken: str
) -> None:
    document = parse(_SAMPLES[kind], kind)
    assert document.edit(edit).get(edit.path) == edit.value
    monkeypatch.setattr(json_style.JsonStyle, "render", lambda *_: f'"{broken}')
    monkeypatch.setattr(toml_style, "inline", lambda _: f"'{broken}'")
    monkeypatch.setattr(yaml_style, "scalar", lambda *_, **__: f"'{broken}'")
    monkeypatch.setattr("aisync_desktop.documents.exec_rules._written", lambda _: f"'{broken}'")
    with pytest.raises(UnverifiedEditError):
        document.edit(edit)


@pytest.mark.parametrize("kind", [Format.JSON, Format.TOML, Format.YAML])
def test_an_editor_that_loses_a_neighbour_is_found_out(monkeypatch: pytest.MonkeyPatch, kind: Format) -> None:
    data = {Format.JSON: b"[1, 2, 3]", Format.TOML: b"a = [1, 2, 3]", Format.YAML: b"[1, 2, 3]"}[kind]
    document = parse(data, kind)
    path = ("a",) if kind is Format.TOML else ()
    monkeypatch.setattr(
        brackets.Brackets, "_trimmed", lambda _, box, index: (box.members[index - 1].start, box.end - 1)
    )
    monkeypatch.setattr(brackets.Brackets, "_previous_comma", lambda *_: [])
    with pytest.raises(UnverifiedEditError):
        document.edit(SetValue(path, [1, 2]))


def test_equality_tells_types_apart_and_knows_nan() -> None:
    nan = float("nan")
    assert same({"a": [nan, 1.0]}, {"a": [nan, 1.0]})
    different: list[tuple[Value, Value]] = [
        (1, True),
        (1, 1.0),
        (0.0, -0.0),
        ([1], [1, 1]),
        ({"a": 1}, {"b": 1}),
        ({}, []),
    ]
    assert not any(same(one, other) for one, other in different)

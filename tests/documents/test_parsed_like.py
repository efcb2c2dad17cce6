"""A text that is much like one that was read before is read as any other: faster, but never otherwise."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents import json_text, toml_document, yaml_document
from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument, UnverifiedEditError
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Document, Format, Remove, SetValue, Strictness
from tests.documents import editing
from tests.documents.json_texts import JsonWriter
from tests.documents.toml_texts import TomlWriter
from tests.documents.yaml_texts import YamlWriter

BATCH = 20
LENIENT = Strictness(comments=True, trailing_commas=True)
SPLINTERS = ('"', "{", "}", "[", "]", ",", ":", "\\", "\\ud83d", "\\ude00", "0", "-", "//", "#", "=", " ", "\n", "x")
WRITERS: dict[Format, Callable[[Random], str]] = {
    Format.JSON: lambda rng: JsonWriter(rng, rng.random() < 0.5, rng.random() < 0.5).document(),
    Format.TOML: lambda rng: TomlWriter(rng).document(),
    Format.YAML: lambda rng: YamlWriter(rng, rng.random() < 0.3).document(),
    Format.MARKDOWN: lambda rng: "---\na: 1\n---\n" + "text\n" * rng.randrange(3),
}


def damaged(rng: Random, text: str) -> str:
    """Return a text with a splinter in it, or without a part of it."""
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.choice([0, 0, 1, 5, len(text)]))
    return text[:start] + rng.choice(["", *SPLINTERS]) + text[end:]


def edited(rng: Random, document: Document) -> Document:
    """Return a document after an edit of it, if it takes one."""
    path = rng.choice(list(editing.paths(document.value())))
    with contextlib.suppress(EditRefusedError, UnverifiedEditError):
        return document.edit(SetValue(path, editing.fresh(rng, null=False)))
    return document


def outcome(data: bytes, kind: Format, like: Document | None) -> object:
    """Return all that can be seen of a parsed text, or what is wrong with it."""
    try:
        document = parse(data, kind, LENIENT, like)
    except MalformedDocument as malformed:
        return malformed.line, malformed.column, malformed.expected
    value = document.value()
    places = [document.locate(path) for path in editing.paths(value)]
    after: object = None
    if isinstance(value, dict) and value:
        with contextlib.suppress(EditRefusedError, UnverifiedEditError):
            after = document.edit(Remove((next(iter(value)),)), SetValue(("added",), "x")).dump()
    return repr(value), document.dump(), document.comments(), document.numbers(), places, after


@pytest.mark.parametrize("kind", list(WRITERS))
@given(st.integers(0, 2**48))
def test_what_was_read_before_changes_nothing_about_what_is_read(kind: Format, seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        with contextlib.suppress(MalformedDocument):  # not every text of the writers is sound
            like = parse(WRITERS[kind](rng).encode(), kind, LENIENT)
            like = edited(rng, like) if rng.random() < 0.5 else like
            text = like.dump().decode()
            for other in (text, damaged(rng, text), damaged(rng, damaged(rng, text)), WRITERS[kind](rng)):
                data = other.encode(errors="replace")
                assert outcome(data, kind, like) == outcome(data, kind, None), (text, other)


def test_a_member_that_stands_there_as_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    like = parse(b'{"count": 1, "history": [1, [2], {"a": "b"}], "name": "x"}', Format.JSON)
    read: list[int] = []
    checked = json_text.Reader.checked_value

    def spy(reader: json_text.Reader, start: int) -> object:
        read.append(start)
        return checked(reader, start)

    monkeypatch.setattr(json_text.Reader, "checked_value", spy)
    again = parse(b'{"count": 12, "history": [1, [2], {"a": "b"}], "name": "xy"}', Format.JSON, like=like)
    assert read == [10, 55]  # the number and the name: they begin as before, and end otherwise
    assert again.value() == {"count": 12, "history": [1, [2], {"a": "b"}], "name": "xy"}


def test_half_a_character_is_found_between_what_stood_there_before() -> None:
    like = parse(rb'{"a": ["\ud83d\ude00"], "b": "x", "c": {}}', Format.JSON)
    with pytest.raises(MalformedDocument) as malformed:
        parse(rb'{"a": ["\ud83d\ude00"], "b": "\ude00", "c": {}}', Format.JSON, like=like)
    assert (malformed.value.expected, malformed.value.column) == ("no-surrogate", 31)


@pytest.mark.parametrize(
    ("kind", "module", "reader", "text"),
    [(Format.TOML, toml_document, "_read", b"a = 1\n"), (Format.YAML, yaml_document, "build", b"a: 1\n")],
)
def test_the_same_text_is_not_read_twice(
    kind: Format, module: object, reader: str, text: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    like = parse(text, kind)
    monkeypatch.setattr(module, reader, None)
    assert parse(text, kind, like=like).value() == {"a": 1}

"""What a rewritten file lacks of its earlier text: found exactly, and reformatting alone is never a loss."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.errors import MalformedDocument
from aisync_desktop.documents.lost_text import NOTHING, lost
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Document, Format, Strictness
from tests.documents import editing
from tests.documents.json_texts import JsonWriter
from tests.documents.toml_texts import TomlWriter
from tests.documents.yaml_texts import YamlWriter

Read: TypeAlias = Callable[[str], Document]
BATCH = 12
TABLES = "x = 1 # top\n[a] # a\nb = 1 # b\n[c]\nd = 1 # d\n"
JSONC = Strictness(comments=True, trailing_commas=True)
_COMMENT_ID = re.compile(r"c\d+c")


def jsonc(text: str) -> Document:
    return parse(text.encode(), Format.JSON, JSONC)


def toml(text: str) -> Document:
    return parse(text.encode(), Format.TOML)


def from_yaml(text: str) -> Document:
    return parse(text.encode(), Format.YAML)


def valid(writer: Any, read: Read, rng: Random) -> Iterator[str]:
    """Yield random texts; a writer also writes some that are none."""
    for _ in range(BATCH):
        text = writer(rng).document()
        with suppress(MalformedDocument):
            read(text)
            yield text


def ids(comments: tuple[str, ...]) -> set[str]:
    return {found for comment in comments for found in _COMMENT_ID.findall(comment)}


def without_comments(text: str) -> str:
    """Take the comments of a random TOML or YAML text away, and nothing else."""
    return re.sub(r"# c\d+c[^\r\n]*", "", text)


@given(st.integers(0, 2**48))
def test_every_comment_that_a_json_writer_drops_is_found_and_can_be_put_back(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        text = JsonWriter(rng, jsonc=True, duplicates=False).document()
        before = jsonc(text)
        after = jsonc(json.dumps(before.value(), indent=rng.choice([None, 2, "\t"]), sort_keys=True))
        found = lost(before, after)
        assert ids(found.comments) == set(_COMMENT_ID.findall(text))
        assert found.bare
        assert found.whole is None or found.whole.dump() == before.dump()
        assert lost(before, before) == NOTHING
        assert lost(after, before).comments == ()


@given(st.integers(0, 2**48))
def test_every_comment_that_a_yaml_writer_drops_is_found_and_can_be_put_back(seed: int) -> None:
    rng = editing.seeded(seed)
    for text in valid(YamlWriter, from_yaml, rng):
        before = from_yaml(text)
        after = from_yaml(yaml.safe_dump(before.value(), allow_unicode=True))
        found = lost(before, after)
        assert ids(found.comments) == set(_COMMENT_ID.findall(text))
        assert found.whole is None or found.whole.dump() == before.dump()


@pytest.mark.parametrize(("writer", "read"), [(TomlWriter, toml), (YamlWriter, from_yaml)])
@given(seed=st.integers(0, 2**48))
def test_comments_that_are_taken_away_by_hand_are_found_exactly(writer: Any, read: Read, seed: int) -> None:
    rng = editing.seeded(seed)
    for text in valid(writer, read, rng):
        before, after = read(text), read(without_comments(text))
        if before.value() != after.value():  # a comment was what a text after |+ ended at
            continue
        found = lost(before, after)
        assert ids(found.comments) == set(_COMMENT_ID.findall(text))
        assert found.numbers == ()
        assert found.whole is None or found.whole.dump() == before.dump()


@given(st.integers(0, 2**48))
def test_another_format_of_the_same_json_is_no_loss(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        value = jsonc(JsonWriter(rng, duplicates=False).document()).value()
        styles = [json.dumps(value, indent=indent, sort_keys=sort) for indent in (None, 3) for sort in (True, False)]
        one, other = rng.sample(styles, 2)
        assert lost(jsonc(one), jsonc(other.replace("\n", "\r\n"))) == NOTHING


@pytest.mark.parametrize(
    ("read", "before", "after"),
    [
        (jsonc, '// a\n{"a": 1,\n  /* b\n   c */ "b": 2}', '{"b":2,\r\n/* b\r\n\tc */"a":1 // a\r\n}'),
        (toml, "# a\na = 'x' # b\n[c]\nd = {e = 1}\n", '# a\r\na="x" # b\r\n[c.d]\r\ne = 1\r\n'),
        (from_yaml, "# a\na: 'x' # b\nc: [1, 2]\n", 'c:\n- 1\n- 2\n# a\na:   "x" # b\n'),
    ],
)
def test_another_layout_of_the_same_comments_is_no_loss(read: Read, before: str, after: str) -> None:
    assert lost(read(before), read(after)) == NOTHING


@pytest.mark.parametrize(
    ("read", "before", "after", "numbers"),
    [
        (jsonc, '{"a": 1.0, "b": [1e3, -2.50]}', '{"b": [1000, -2.5], "a": 1}', ("1.0", "1e3", "-2.50")),
        (jsonc, '{"a": 12345678901234567890}', '{"a": 12345678901234567000}', ("12345678901234567890",)),
        (toml, "a = 0x10\nb = 1_000\n1 = 2\n", '"1" = 2\na = 16\nb = 1000\n', ("0x10", "1_000")),
        (toml, "a = {1 = 1.50, b.2 = 7}\n", "a = {'1' = 1.5, b = {2 = 7}}\n", ("1.50",)),
        (from_yaml, "a: 0x10\nb: [1.0]\n", 'b:\n- 1\n"a": 16\n', ("0x10", "1.0")),
    ],
)
def test_numbers_that_are_spelled_otherwise_are_found(
    read: Read, before: str, after: str, numbers: tuple[str, ...]
) -> None:
    found = lost(read(before), read(after))
    assert sorted(found.numbers) == sorted(numbers)
    assert found.whole is not None
    assert found.whole.dump() == before.encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"a": 1.0}', '{"a": 2}'),
        ('{"a": 12345678901234567890}', '{"a": 12345678901234567891}'),
        ('{"a": 1.0, "b": 1}', '{"b": 1}'),
        ('{"a": "1.0", "1e3": [1]}', '{"a": "1", "1e3": [2]}'),
        ('{"a": 1}', '{"a": true}'),
    ],
)
def test_another_value_is_no_spelling(before: str, after: str) -> None:
    assert lost(jsonc(before), jsonc(after)) == NOTHING


def test_what_went_with_its_value_is_not_lost() -> None:
    before = jsonc('{\n  "a": 1,\n  // of b\n  "b": 2 // of b, too\n}\n')
    assert lost(before, jsonc('{"a": 1}')) == NOTHING


def test_the_lost_text_is_put_back_around_the_new_values() -> None:
    before = toml("# top\na = 1 # of a\n\n[b]\nc = 0x10\nd = true # of d\n")
    found = lost(before, toml("a = 2\n[b]\nc = 16\nnew = 'x'\n[e]\nf = 1\n"))
    assert found.comments == ("# top", "# of a")
    assert found.whole is not None
    assert found.whole.dump() == b'# top\na = 2 # of a\n\n[b]\nc = 0x10\nnew = "x"\n\n[e]\nf = 1\n'


@pytest.mark.parametrize(
    ("read", "before", "after", "bare"),
    [
        (jsonc, '{"a": 1, // a\n"b": 2 // b\n}', '{"a": 1, "b": 2}', True),
        (jsonc, '{"a": 1, // a\n"b": 2 // b\n}', '{"a": 1, // a\n"b": 2}', False),
        (jsonc, '{"a": 1 // a\n}', '{"a": 1 // other\n}', False),
        (toml, TABLES, "x = 1 # top\n[a]\nb = 1\n[c]\nd = 1 # d\n", True),
        (
            toml,
            "x = 1 # top\n[a] # a\nb = 1 # b\n[c]\nd = 1 # d\n",
            "x = 1 # top\n[a]\nb = 1 # b\n[c]\nd = 1 # d\n",
            False,
        ),
    ],
)
def test_it_is_seen_whether_all_comments_of_a_part_are_gone(read: Read, before: str, after: str, bare: bool) -> None:
    found = lost(read(before), read(after))
    assert found
    assert found.bare is bare


def test_a_text_that_cannot_be_put_back_is_not_said_to_be_lost() -> None:
    assert lost(from_yaml("# a\na: &x {b: 1}\nc: *x\n"), from_yaml("a: {b: 1}\nc: {b: 2}\n")) == NOTHING


@pytest.mark.parametrize(("kind", "text"), [(Format.MARKDOWN, "<!-- a -->\nb\n"), (Format.EXEC_RULES, "# a\n")])
def test_formats_without_comments_lose_none(kind: Format, text: str) -> None:
    assert lost(parse(text.encode(), kind), parse(b"", kind)) == NOTHING

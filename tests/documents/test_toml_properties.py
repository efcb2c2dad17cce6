"""Properties of TOML editing over random texts, with tomllib and tomlrt as second and third opinion."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Append, Document, Edit, Format, Remove, Rename, SetValue
from aisync_desktop.documents.toml_scan import rescan, scan
from tests.documents import editing
from tests.documents.toml_texts import TomlWriter

BATCH = 34  # documents in one example: the 60 examples of the fast profile make 2,040
_HEADER = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\[.*\]\s*$", re.MULTILINE)
_COMMENT_IDS = re.compile(r"c\d+c")


def _document(rng: Random) -> bytes:
    """Return the next random text that is valid: not every mixture of dotted keys and headers is."""
    while True:
        text = TomlWriter(rng).document()
        data = (b"\xef\xbb\xbf" if rng.random() < 0.1 else b"") + text.encode()
        try:
            _read(data)
        except tomllib.TOMLDecodeError:
            continue
        return data


@lru_cache(10)
def _read(data: bytes) -> Any:
    return tomllib.loads(data.decode("utf-8-sig"))


def _check_edit(document: Document, data: bytes, edit: Edit) -> Document:
    edited = document.edit(edit)
    read, expected = _read(edited.dump()), editing.after(_read(data), edit)
    if isinstance(edit, Remove):
        _prune(expected, read, edit.path)
    assert editing.equal(read, expected), (data, edit, edited.dump())
    assert editing.equal(edited.value(), read)
    before, after = data.decode("utf-8-sig"), edited.dump().decode("utf-8-sig")
    assert rescan(scan(before), after) == scan(after)
    return edited


def _prune(expected: Any, read: Any, path: tuple[str | int, ...]) -> None:
    """Take out of what is expected the tables that only what was removed had made."""
    for length in range(len(path) - 1, 0, -1):
        try:
            editing.at(read, path[:length])
        except (KeyError, IndexError):
            assert editing.at(expected, path[:length]) == {}
            del editing.at(expected, path[: length - 1])[path[length - 1]]


def _check(rng: Random) -> None:
    data = _document(rng)
    document = parse(data, Format.TOML)
    assert document.dump() == data
    value = _read(data)
    assert editing.equal(document.value(), value)
    check = rng.choice(
        [_check_replacing, _check_adding_member, _check_adding_element, _check_removing, _check_commuting]
    )
    check(rng, document, data, value)


def _check_replacing(rng: Random, document: Document, data: bytes, value: Any) -> None:
    path = rng.choice(list(editing.paths(value)))
    assert document.edit(SetValue(path, editing.at(value, path))).dump() == data
    new = editing.fresh(rng, null=False)
    if path and not _element_of_tables(data, path):
        edited = _check_edit(document, data, SetValue(path, new))
        assert editing.equal(edited.get(path), new)
        old = editing.at(value, path)
        if not isinstance(old, dict | list) and "\n" not in str(old):
            editing.check_only_the_value_changed(document, edited, path)


def _element_of_tables(data: bytes, path: tuple[str | int, ...]) -> bool:
    """Whether a path is an element of an array of tables, which cannot become anything but a table."""
    return isinstance(path[-1], int) and b"[[" in data


def _needed_header(document: Document, added: Document) -> bool:
    """Whether a pair was added to a table that only its sub-tables made: the header that it needed then stays."""
    return len(_HEADER.findall(added.dump())) > len(_HEADER.findall(document.dump()))


def _check_adding_member(rng: Random, document: Document, data: bytes, value: Any) -> None:
    holder = editing.pick(rng, value, dict)
    if holder is not None:
        path = (*holder, editing.NEW_KEY)
        new = editing.fresh(rng, null=False)
        added = _check_edit(document, data, SetValue(path, new))
        if isinstance(new, dict) or not _needed_header(document, added):
            editing.check_undone(document, added, Remove(path))


def _check_adding_element(rng: Random, document: Document, data: bytes, value: Any) -> None:
    holder = editing.pick(rng, value, list)
    if holder is not None:
        tables = all(isinstance(one, dict) for one in editing.at(value, holder)) and b"[[" in data
        new: Any = {"k": 1, "sub": {"x": "y"}} if tables else editing.fresh(rng, null=False)
        added = _check_edit(document, data, Append(holder, new))
        editing.check_undone(document, added, Remove((*holder, len(editing.at(value, holder)))))


def _check_removing(rng: Random, document: Document, data: bytes, value: Any) -> None:
    candidates = [path for path in editing.paths(value) if path]
    if not candidates:
        return
    path = rng.choice(candidates)
    if isinstance(path[-1], int) or rng.random() < 0.6:
        _check_edit(document, data, Remove(path))
    else:
        renamed = _check_edit(document, data, Rename(path, editing.NEW_KEY))
        assert _COMMENT_IDS.findall(renamed.dump().decode()) == _COMMENT_IDS.findall(data.decode())


def _check_commuting(rng: Random, document: Document, _data: bytes, value: Any) -> None:
    leaves = [one for one in editing.paths(value) if one and not isinstance(editing.at(value, one), dict | list)]
    if len(leaves) < 2:
        return
    one, other = rng.sample(leaves, 2)
    first = SetValue(one, editing.scalar(rng, null=False))
    second = SetValue(other, editing.scalar(rng, null=False))
    assert document.edit(first, second).dump() == document.edit(second, first).dump()


@given(st.integers(0, 2**48))
def test_any_edit_of_any_text_is_exact_and_reversible(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        _check(rng)


@pytest.mark.deep
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_texts_of_each_seed(seed: int) -> None:
    rng = editing.seeded(f"toml {seed}")
    for _ in range(10_000):
        _check(rng)

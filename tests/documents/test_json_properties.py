"""Properties of JSON editing over random texts of any style, with a naive reader as the second opinion."""

from __future__ import annotations

import json
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import (
    MISSING,
    Append,
    Document,
    Edit,
    Format,
    InsertBefore,
    Remove,
    Rename,
    SetValue,
    Strictness,
)
from tests.documents import editing
from tests.documents.json_texts import JsonWriter, plain, read

BATCH = 34  # documents in one example: the 60 examples of the fast profile make 2,040
_COMMENT_IDS = re.compile(r"c\d+c")


def _document(rng: Random) -> tuple[bytes, Strictness, bool]:
    jsonc, trailing = rng.random() < 0.6, rng.random() < 0.4
    writer = JsonWriter(rng, jsonc, trailing)
    data = (b"\xef\xbb\xbf" if rng.random() < 0.1 else b"") + writer.document().encode()
    return data, Strictness(comments=jsonc, trailing_commas=trailing), jsonc


def _read(data: bytes) -> object:
    return read(data.decode("utf-8-sig"))


def _duplicated(data: bytes) -> set[str]:
    """Return the keys that occur twice in one object anywhere."""
    found: set[str] = set()

    def look(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        found.update(key for key in keys if keys.count(key) > 1)
        return dict(pairs)

    json.loads(plain(data.decode("utf-8-sig")), object_pairs_hook=look)
    return found


def _check_edit(document: Document, data: bytes, edit: Edit) -> Document:
    edited = document.edit(edit)
    assert editing.equal(_read(edited.dump()), editing.after(_read(data), edit)), (data, edit, edited.dump())
    assert editing.equal(edited.value(), _read(edited.dump()))
    return edited


def _check(rng: Random) -> None:
    data, strictness, _ = _document(rng)
    document = parse(data, Format.JSON, strictness)
    assert document.dump() == data
    value = _read(data)
    assert editing.equal(document.value(), value)
    check = rng.choice(
        [
            _check_replacing,
            _check_adding_member,
            _check_adding_element,
            _check_inserting,
            _check_removing,
            _check_commuting,
        ]
    )
    check(rng, document, data, value)


def _check_replacing(rng: Random, document: Document, data: bytes, value: object) -> None:
    path = rng.choice(list(editing.paths(value)))
    assert document.edit(SetValue(path, editing.at(value, path))).dump() == data
    new = editing.fresh(rng)
    edited = _check_edit(document, data, SetValue(path, new))
    assert editing.equal(edited.get(path), new)
    old = editing.at(value, path)
    if path and not isinstance(old, dict | list):
        start = _offset(document, data, path)
        kept = data.decode("utf-8-sig")
        end = json.JSONDecoder().raw_decode(kept, start)[1]
        text = edited.dump().decode("utf-8-sig")
        assert text[:start] == kept[:start]
        assert text.endswith(kept[end:])


def _offset(document: Document, data: bytes, path: tuple[str | int, ...]) -> int:
    place = document.locate(path)
    assert place is not None
    lines = data.decode("utf-8-sig").split("\n")
    return sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1


def _check_adding_member(rng: Random, document: Document, data: bytes, value: object) -> None:
    holder = editing.pick(rng, value, dict)
    if holder is not None:
        path = (*holder, editing.NEW_KEY)
        new = editing.fresh(rng)
        editing.check_undone(document, _check_edit(document, data, SetValue(path, new)), Remove(path))
        if rng.random() < 0.3:
            two = (SetValue(path, new), SetValue((*holder, "another"), 1), Remove((*holder, "another")), Remove(path))
            assert document.edit(*two).dump() == data


def _check_adding_element(rng: Random, document: Document, data: bytes, value: object) -> None:
    holder = editing.pick(rng, value, list)
    if holder is not None:
        new = editing.fresh(rng)
        added = _check_edit(document, data, Append(holder, new))
        editing.check_undone(document, added, Remove((*holder, len(editing.at(value, holder)))))


def _check_inserting(rng: Random, document: Document, data: bytes, value: object) -> None:
    before = [path for path in editing.paths(value) if path]
    if not before or _duplicated(data):
        return
    path = rng.choice(before)
    key = editing.NEW_KEY if isinstance(path[-1], str) else None
    edit = InsertBefore(path, editing.fresh(rng), key)
    added = _check_edit(document, data, edit)
    assert list(editing.at(added.value(), path[:-1])) == list(editing.at(editing.after(value, edit), path[:-1]))
    editing.check_undone(document, added, Remove((*path[:-1], path[-1] if key is None else key)))


def _check_removing(rng: Random, document: Document, data: bytes, value: object) -> None:
    candidates = [path for path in editing.paths(value) if path]
    if not candidates:
        return
    path = rng.choice(candidates)
    edited = _check_edit(document, data, Remove(path))
    assert edited.get(path) is MISSING or isinstance(path[-1], int)
    assert editing.is_subsequence(edited.dump(), data)
    name = path[-1]
    if isinstance(name, str) and name not in _duplicated(data):
        renamed = _check_edit(document, data, Rename(path, editing.NEW_KEY))
        assert _COMMENT_IDS.findall(renamed.dump().decode()) == _COMMENT_IDS.findall(data.decode())


def _check_commuting(rng: Random, document: Document, data: bytes, value: object) -> None:
    leaves = [one for one in editing.paths(value) if one and not isinstance(editing.at(value, one), dict | list)]
    if len(leaves) < 2 or _duplicated(data):
        return
    one, other = rng.sample(leaves, 2)
    first, second = SetValue(one, editing.scalar(rng)), SetValue(other, editing.scalar(rng))
    assert document.edit(first, second).dump() == document.edit(second, first).dump()


@given(st.integers(0, 2**48))
def test_any_edit_of_any_text_is_exact_and_reversible(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        _check(rng)


@pytest.mark.deep
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_texts_of_each_seed(seed: int) -> None:
    rng = editing.seeded(f"json {seed}")
    for _ in range(10_000):
        _check(rng)

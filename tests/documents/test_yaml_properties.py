"""Properties of YAML editing over random texts, with PyYAML's safe loader as the second opinion."""

from __future__ import annotations

import re
from functools import lru_cache
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Append, Document, Edit, Format, Remove, Rename, SetValue
from tests.documents import editing
from tests.documents.yaml_texts import YamlWriter

BATCH = 34  # documents in one example: the 60 examples of the fast profile make 2,040
_COMMENT_IDS = re.compile(r"c\d+c")


class _Loader(yaml.CSafeLoader):
    """Reads keys as text."""


def _text_keys(loader: Any, node: Any) -> Any:
    loader.flatten_mapping(node)
    return {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value}


_Loader.add_constructor("tag:yaml.org,2002:map", _text_keys)


@lru_cache(10)
def _read(data: bytes) -> Any:
    return yaml.load(data.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a safe loader


def _document(rng: Random, *, shared: bool = False) -> bytes:
    """Return the next random text that is valid."""
    while True:
        data = (b"\xef\xbb\xbf" if rng.random() < 0.1 else b"") + YamlWriter(rng, shared).document().encode()
        try:
            _read(data)
        except (yaml.YAMLError, ValueError):
            continue
        return data


def _check_edit(document: Document, data: bytes, edit: Edit) -> Document:
    edited = document.edit(edit)
    read = _read(edited.dump())
    assert editing.equal(read, editing.after(_read(data), edit)), (data, edit, edited.dump())
    assert editing.equal(edited.value(), read)
    return edited


def _check(rng: Random) -> None:
    data = _document(rng)
    document = parse(data, Format.YAML)
    assert document.dump() == data
    value = _read(data)
    assert editing.equal(document.value(), value)
    check = rng.choice(
        [_check_replacing, _check_adding_member, _check_adding_element, _check_removing, _check_commuting]
    )
    check(rng, document, data, value)


def _refused(rng: Random) -> bool:
    """Check one text; whether an edit of it was refused, which only texts after | or > and comments may cause."""
    try:
        _check(rng)
    except EditRefusedError as refused:
        if refused.reason != "shape":
            raise
        return True
    return False


def _check_replacing(rng: Random, document: Document, data: bytes, value: Any) -> None:
    path = rng.choice(list(editing.paths(value)))
    assert document.edit(SetValue(path, editing.at(value, path))).dump() == data
    new = editing.fresh(rng)
    edited = _check_edit(document, data, SetValue(path, new))
    assert editing.equal(edited.get(path), new)
    old = editing.at(value, path)
    within_line = not isinstance(old, dict | list) and not isinstance(new, dict | list) and "\n" not in str(old)
    if path and within_line and b">" not in data and b"|" not in data:
        editing.check_only_the_value_changed(document, edited, path)


def _check_adding_member(rng: Random, document: Document, data: bytes, value: Any) -> None:
    holder = editing.pick(rng, value, dict)
    if holder is not None:
        path = (*holder, editing.NEW_KEY)
        new = editing.fresh(rng)
        editing.check_undone(document, _check_edit(document, data, SetValue(path, new)), Remove(path))


def _check_adding_element(rng: Random, document: Document, data: bytes, value: Any) -> None:
    holder = editing.pick(rng, value, list)
    if holder is not None:
        new = editing.fresh(rng)
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
    first, second = SetValue(one, editing.scalar(rng)), SetValue(other, editing.scalar(rng))
    assert document.edit(first, second).dump() == document.edit(second, first).dump()


def _check_shared(rng: Random) -> None:
    """With anchors and aliases an edit is right or refused."""
    data = _document(rng, shared=True)
    document = parse(data, Format.YAML)
    value = _read(data)
    path = rng.choice(list(editing.paths(value)))
    for edit in (SetValue(path, editing.fresh(rng)), Remove(path)):
        try:
            edited = document.edit(edit)
        except EditRefusedError:
            continue
        assert editing.equal(_read(edited.dump()), editing.after(value, edit))


@given(st.integers(0, 2**48))
def test_any_edit_of_any_text_is_exact_and_reversible(seed: int) -> None:
    rng = editing.seeded(seed)
    assert sum(_refused(rng) for _ in range(BATCH)) < BATCH / 8


@given(st.integers(0, 2**48))
def test_an_edit_beside_anchors_and_aliases_is_right_or_refused(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(10):
        _check_shared(rng)


@pytest.mark.deep
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_texts_of_each_seed(seed: int) -> None:
    rng = editing.seeded(f"yaml {seed}")
    assert sum(_refused(rng) for _ in range(10_000)) < 50

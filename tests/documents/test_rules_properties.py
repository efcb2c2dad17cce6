"""Properties of editing exec-policy rules over random files, with Python's own parser as the second opinion."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Append, Document, Edit, Format, Remove, SetValue
from tests.documents import editing
from tests.documents.rules_texts import RulesWriter

BATCH = 34  # documents in one example: the 60 examples of the fast profile make 2,040
_COMMENT_IDS = re.compile(r"c\d+c")


@lru_cache(10)
def _read(data: bytes) -> Any:
    """Return the rules as Python would read them; these texts mean the same in both languages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that Python is going to refuse
        tree = ast.parse(data.decode("utf-8-sig"))
    calls = [one.value for one in tree.body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)]
    rules = []
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id == "prefix_rule" and not call.args:
            try:
                rules.append({str(one.arg): ast.literal_eval(one.value) for one in call.keywords})
            except ValueError:
                continue
    return {"rules": rules}


def _rule(rng: Random) -> Any:
    rule: dict[str, Any] = {"pattern": ["cargo", ["test", "check"], rng.choice(["x", 'q"', "\\", "한"])]}
    if rng.random() < 0.7:
        rule["decision"] = rng.choice(["allow", "prompt", "forbidden"])
    if rng.random() < 0.3:
        rule["match"] = ["cargo test x"]
    return rule


def _check_edit(document: Document, data: bytes, edit: Edit) -> Document:
    edited = document.edit(edit)
    assert editing.equal(_read(edited.dump()), editing.after(_read(data), edit)), (data, edit, edited.dump())
    assert editing.equal(edited.value(), _read(edited.dump()))
    return edited


def _check(rng: Random) -> None:
    data = (b"\xef\xbb\xbf" if rng.random() < 0.1 else b"") + RulesWriter(rng).document().encode()
    document = parse(data, Format.EXEC_RULES)
    value = _read(data)
    assert document.dump() == data
    assert editing.equal(document.value(), value)
    check = rng.choice([_check_adding, _check_setting_all, _check_rule, _check_arguments])
    check(rng, document, data, value["rules"])


def _check_adding(rng: Random, document: Document, data: bytes, rules: list[Any]) -> None:
    new = _rule(rng)
    editing.check_undone(document, _check_edit(document, data, Append(("rules",), new)), Remove(("rules", len(rules))))


def _check_setting_all(rng: Random, document: Document, data: bytes, rules: list[Any]) -> None:
    _check_edit(document, data, SetValue(("rules",), [*rules[1:], _rule(rng), _rule(rng)]))


def _check_rule(rng: Random, document: Document, data: bytes, rules: list[Any]) -> None:
    for index in rng.sample(range(len(rules)), min(1, len(rules))):
        place = ("rules", index)
        assert document.edit(SetValue(place, rules[index])).dump() == data
        assert editing.is_subsequence(_check_edit(document, data, Remove(place)).dump(), data)
        edited = _check_edit(document, data, SetValue(place, {**rules[index], "decision": "prompt"}))
        assert _COMMENT_IDS.findall(edited.dump().decode()) == _COMMENT_IDS.findall(data.decode())


def _check_arguments(rng: Random, document: Document, data: bytes, rules: list[Any]) -> None:
    for index in rng.sample(range(len(rules)), min(1, len(rules))):
        place, pattern = ("rules", index), ("rules", index, "pattern")
        size = len(rules[index]["pattern"])
        editing.check_undone(document, document.edit(SetValue((*place, "new"), "text")), Remove((*place, "new")))
        editing.check_undone(document, document.edit(Append(pattern, ["a", "b"])), Remove((*pattern, size)))
        _check_edit(document, data, SetValue((*pattern, rng.randrange(size)), ["x", "y"]))


@given(st.integers(0, 2**48))
def test_any_edit_of_any_rules_is_exact_and_reversible(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        _check(rng)


@pytest.mark.deep
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_texts_of_each_seed(seed: int) -> None:
    rng = editing.seeded(f"rules {seed}")
    for _ in range(10_000):
        _check(rng)

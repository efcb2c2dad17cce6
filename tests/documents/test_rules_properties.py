"""Properties of editing exec-policy rules over random files, with Python's own parser as the second opinion."""

from __future__ import annotations

import ast
import re
import warnings
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Append, Document, Edit, Format, Remove, SetValue
from tests.documents import editing
from tests.documents.rules_texts import RulesWriter

BATCH = 40
_COMMENT_IDS = re.compile(r"c\d+c")


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
    count = len(value["rules"])
    new = _rule(rng)
    _check_edit(document, data, Append(("rules",), new))
    editing.check_undone(document, Append(("rules",), new), Remove(("rules", count)))
    _check_edit(document, data, SetValue(("rules",), [*value["rules"][1:], new, _rule(rng)]))
    if count:
        _check_one(rng, document, data, rng.randrange(count))


def _check_one(rng: Random, document: Document, data: bytes, index: int) -> None:
    place = ("rules", index)
    rule = _read(data)["rules"][index]
    assert document.edit(SetValue(place, rule)).dump() == data
    assert editing.is_subsequence(_check_edit(document, data, Remove(place)).dump(), data)
    edited = _check_edit(document, data, SetValue(place, {**rule, "decision": "prompt"}))
    assert _COMMENT_IDS.findall(edited.dump().decode()) == _COMMENT_IDS.findall(data.decode())
    editing.check_undone(document, SetValue((*place, "new"), "text"), Remove((*place, "new")))
    pattern = (*place, "pattern")
    editing.check_undone(document, Append(pattern, ["a", "b"]), Remove((*pattern, len(rule["pattern"]))))
    _check_edit(document, data, SetValue((*pattern, rng.randrange(len(rule["pattern"]))), ["x", "y"]))


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

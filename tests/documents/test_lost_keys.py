"""Keys that a rewritten file lacks: only where the rest shows that a program wrote it, and put back where they were."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.lost_keys import keys_gone, with_keys
from aisync_desktop.documents.lost_text import NOTHING, lost
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Document, Format, Strictness
from aisync_desktop.kernel.values import KeyPath, Value

JSONC = Strictness(comments=True, trailing_commas=True)
CODEX = """model = "gpt-x"   # trailing
[mcp_servers.one]  # table comment
# comment inside
command = "npx"
args = [
  "-y",   # inline c
  "pkg",
]
x_unknown = "keep"
"""
REWRITTEN = """model = "gpt-x"   # trailing
[mcp_servers.one]
command = "npx"
args = ["-y", "pkg"]
"""
PLAIN = '{\n    "a": 1,\n    "b": {\n        "c": 2,\n        "unknown": true\n    },\n    "zz": 3\n}\n'
values = st.recursive(
    st.integers() | st.text(max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)
said = st.dictionaries(st.sampled_from("abc"), values, max_size=3)


def jsonc(text: str) -> Document:
    return parse(text.encode(), Format.JSON, JSONC)


def toml(text: str) -> Document:
    return parse(text.encode(), Format.TOML)


@given(said, said)
def test_with_the_keys_back_none_is_gone_and_nothing_else_is_another(before: Value, after: Value) -> None:
    gone = keys_gone(before, after)
    back = with_keys(before, after, gone)
    assert keys_gone(before, back) == ()
    assert set(keys_gone(back, after)) == set(gone)
    assert keys_gone(after, back) == ()
    assert with_keys(before, after, ()) == after


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ({"a": 1, "b": {"c": 1, "d": 2}}, {"b": {"c": 3}}, (("a",), ("b", "d"))),
        ({"a": {"b": 1}}, {"a": 1}, ()),
        ({"a": [{"b": 1}]}, {"a": [{}]}, ()),
        ({"a": 1}, [], ()),
        ({str(number): 1 for number in range(51)}, {}, ()),
    ],
)
def test_a_key_is_gone_if_what_it_belongs_to_is_there(before: Value, after: Value, gone: tuple[KeyPath, ...]) -> None:
    assert keys_gone(before, after) == gone


def test_a_key_that_goes_with_the_comments_around_it_is_lost() -> None:
    found = lost(toml(CODEX), toml(REWRITTEN), [("mcp_servers", "one", "x_unknown")])
    assert found.keys == (("mcp_servers", "one", "x_unknown"),)
    assert (found.sure, found.bare) == (True, True)
    assert found.comments == ("# table comment", "# comment inside", "# inline c")
    assert found.whole is not None
    assert found.whole.dump() == CODEX.encode()


def test_a_key_that_goes_while_everything_is_laid_out_anew_may_be_lost() -> None:
    after = jsonc('{\n  "a": 1,\n  "b": {\n    "c": 2\n  },\n  "zz": 3\n}\n')
    found = lost(jsonc(PLAIN), after, [("b", "unknown")])
    assert (found.keys, found.sure) == ((("b", "unknown"),), False)
    assert found.whole is not None
    assert found.whole.dump() == PLAIN.encode()


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        (PLAIN, PLAIN.replace(',\n        "unknown": true', ""), ("b", "unknown")),
        (PLAIN, PLAIN.replace(',\n    "zz": 3', ""), ("zz",)),
        (PLAIN, PLAIN.replace(',\n    "zz": 3', "").replace('"a": 1', '"a":  1'), ("zz",)),
        (PLAIN, PLAIN.replace('    "zz": 3\n', '    "new": 4, "other": [1]\n'), ("zz",)),
        (PLAIN, PLAIN.replace(',\n    "zz": 3', "").replace("\n", "\r\n"), ("zz",)),
        ('{"a": 1, // of a\n"b": 1.0 // of b\n}', '{"a": 1 // of a\n}', ("b",)),
    ],
)
def test_a_key_that_a_person_takes_out_is_not_lost(before: str, after: str, key: tuple[str, ...]) -> None:
    assert lost(jsonc(before), jsonc(after), [key]) == NOTHING


def test_a_person_who_takes_out_a_comment_as_well_is_still_one() -> None:
    before = toml('a = 1 # of a\nb = 2 # of b\nx = "y"\n')
    assert lost(before, toml("a = 1\nb = 2 # of b\n"), [("x",)]).keys == ()


def test_what_is_new_stays_beside_the_keys_that_come_back() -> None:
    whole = {"servers": {"one": {"command": "a", "odd": [1]}}, "odd": {"x": 1}}
    before = jsonc("// mine\n" + json.dumps(whole, indent="\t"))
    now = {"servers": {"one": {"command": "b"}, "two": {"command": "c"}}}
    after = jsonc(json.dumps(now, indent=2))
    found = lost(before, after, keys_gone(before.value(), after.value()))
    assert found.sure
    assert found.whole is not None
    assert found.whole.dump().startswith(b"// mine\n{\n\t")
    assert found.whole.value() == {
        "servers": {"one": {"command": "b", "odd": [1]}, "two": {"command": "c"}},
        "odd": {"x": 1},
    }

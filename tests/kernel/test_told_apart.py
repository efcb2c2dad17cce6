"""Two values that differ are never shown alike, and what differs is seen."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aisync_desktop.kernel.told_apart import as_json, told_apart
from aisync_desktop.kernel.values import Value

_LONG = "https://example.com/" + "a" * 300
_TRICKY = 'ab  \\"\n\u00a0\u200b\u202e\u0430\u0301\u00e9\ufe0f\u3164\u2423\u21b5\ud800\U000e0041\u2026'
_TEXTS = st.text(st.sampled_from(_TRICKY), max_size=12)
_VALUES = st.one_of(_TEXTS, st.lists(_TEXTS, max_size=3), st.builds(lambda end: "x" * 200 + end + "y" * 200, _TEXTS))


@given(st.lists(_VALUES, min_size=2, max_size=4), st.sampled_from([0, 20, 100]))
@example(["a\\u00a0b", "a\u00a0b"], 100)
@example([_LONG + "1", _LONG + "2", "b" + _LONG + "1"], 60)
def test_values_that_differ_are_never_shown_alike(values: list[Value], most: int) -> None:
    for spell in (as_json, str):
        shown = told_apart(values, most, spell)
        assert all(line.isprintable() for line in shown)
        for value, line in zip(values, shown, strict=True):
            assert [line == other for other in shown] == [value == other for other in values]


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("paypal", "p\u0430ypal", '"p\\u0430ypal"'),
        ("caf\u00e9", "cafe\u0301", '"cafe\\u0301"'),
        ("a b", "a\u00a0b", '"a\\u00a0b"'),
        ("a", "a ", '"a\u2423"'),
        ("a b", "a  b", '"a \u2423b"'),
        ("x", "x\u200b", '"x\\u200b"'),
        ("x", "x\u3164", '"x\\u3164"'),
        ("/bin/ls", "/bin\u2215ls", '"/bin\\u2215ls"'),
        ("\u26a0", "\u26a0\ufe0f", '"\u26a0\\ufe0f"'),
        ("\u0430bc/x", "abc/xyz", '"abc/xyz"'),
    ],
)
def test_what_nobody_sees_or_takes_for_another_is_written_as_its_number(one: str, other: str, shown: str) -> None:
    told = told_apart([one, other], 100)
    assert told[1] == shown
    assert all("\u0430" not in line for line in told)


def test_words_of_other_scripts_that_look_like_nothing_else_stay_readable() -> None:
    assert told_apart(["\ud55c\uae00", "\ud55c\uad6d"]) == ['"\ud55c\uae00"', '"\ud55c\uad6d"']
    assert told_apart(["on", "\u2714\ufe0f \ucf2c"])[1] == '"\u2714\ufe0f \ucf2c"'


def test_a_difference_late_in_a_long_value_is_shown_with_what_is_around_it() -> None:
    one, other = told_apart([_LONG + "/one?x", _LONG + "/two?x"], 100)
    assert one.startswith('"https://example.com/')
    assert one.endswith('a/one?x"')
    assert other.endswith('a/two?x"')
    assert max(map(len, (one, other))) <= 120


def test_two_differences_are_shown_and_the_rest_between_them_is_counted() -> None:
    one, other = told_apart(["begin" + "m" * 500 + "end", "BEGIN" + "m" * 500 + "END"], 60)
    assert one.startswith('"begin')
    assert other.endswith('END"')
    assert "… +" in one


def test_the_lines_of_a_list_stay_lines() -> None:
    def spell(value: Value) -> str:
        return "\n".join(map(str, value)) if isinstance(value, list) else str(value)

    assert told_apart([["-y", "a"], ["-y", "a "]], 100, spell, "\n") == ["-y\na", "-y\na\u2423"]

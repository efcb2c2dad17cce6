"""Patterns with stars match what the same regular expressions match."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.dialects.path_globs import globbed
from aisync_desktop.kernel.wildcards import may_overlap, wild

PATTERNS = st.text("ab*?", max_size=7)
TEXTS = st.text("ab", max_size=7)


def by_expression(pattern: str, single: str) -> re.Pattern[str]:
    parts = (".*" if one == "*" else "." if one == single else re.escape(one) for one in pattern)
    return re.compile("".join(parts), re.DOTALL)


@given(PATTERNS, st.one_of(TEXTS, st.text("ab?\n", max_size=5)))
def test_a_pattern_matches_what_its_expression_matches(pattern: str, text: str) -> None:
    assert wild(pattern, text) is (by_expression(pattern, "").fullmatch(text) is not None)
    assert wild(pattern, text, single="?") is (by_expression(pattern, "?").fullmatch(text) is not None)


@given(st.text("ab*", max_size=5), st.text("ab*", max_size=5), TEXTS)
def test_patterns_that_share_a_text_may_overlap(one: str, other: str, text: str) -> None:
    if wild(one, text) and wild(other, text):
        assert may_overlap(one, other)


def test_a_star_may_end_at_a_line() -> None:
    assert wild("a*b", "a\nb")
    assert not wild("a*b", "a\nb", lines=False)


@given(
    st.lists(st.sampled_from(["a", "b", "*", "**", "a*"]), min_size=1, max_size=5),
    st.lists(st.sampled_from("ab"), max_size=5),
)
def test_a_glob_matches_what_its_expression_matches(pattern: list[str], path: list[str]) -> None:
    glob, text = "/".join(pattern), "/".join(path)
    steps = "".join("(?:[^/]*/)*" if one == "**" else one.replace("*", "[^/]*") + "/" for one in pattern)
    assert globbed(glob, text) is (re.fullmatch(steps, f"{text}/") is not None)

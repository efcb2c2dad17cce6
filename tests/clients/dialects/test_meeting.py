"""Which subjects are about the same requests."""

from __future__ import annotations

import pytest

from aisync_desktop.clients.dialects.meeting import covering, meet
from aisync_desktop.permissions.language import Subject


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shell", "shell = foo"),
        ("shell: foo", "shell: foo a"),
        ("shell: foo a", "shell = foo a"),
        ("shell = foo a", "shell = foo a"),
        ("shell ~ fo*", "shell: foo a"),
        ("shell ~ *x", "shell = bar"),
        ("mcp", "mcp: s.t"),
        ("mcp: s", "mcp: s.t"),
        ("mcp ~ s.get_*", "mcp: s.t"),
        ("read: ./a", "read: ./b"),
    ],
)
def test_subjects_that_may_be_about_the_same(one: str, other: str) -> None:
    assert meet(Subject.parse(one), Subject.parse(other))
    assert meet(Subject.parse(other), Subject.parse(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shell: foo", "shell: foobar"),
        ("shell = foo", "shell: foo a"),
        ("shell = foo", "shell = foo a"),
        ("shell ~ foo *", "shell: bar"),
        ("mcp: s", "mcp: t"),
        ("mcp: s.a", "mcp: s.b"),
        ("read", "edit"),
    ],
)
def test_subjects_that_are_not(one: str, other: str) -> None:
    assert not meet(Subject.parse(one), Subject.parse(other))
    assert not meet(Subject.parse(other), Subject.parse(one))


@pytest.mark.parametrize(
    ("subject", "by"),
    [
        ("shell = foo a", {"shell", "shell = foo a", "shell: foo", "shell: foo a"}),
        ("shell ~ foo *", {"shell", "shell ~ foo *"}),
        ("mcp: s.t", {"mcp", "mcp: s", "mcp: s.t"}),
        ("edit: ./a.b", {"edit", "edit: ./a.b"}),
    ],
)
def test_what_a_subject_is_covered_by(subject: str, by: set[str]) -> None:
    assert {str(one) for one in covering(Subject.parse(subject))} == by

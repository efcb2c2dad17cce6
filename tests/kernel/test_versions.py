from __future__ import annotations

import pytest

from aisync_desktop.kernel.versions import is_before, numbers_of


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("2.1.332", (2, 1, 332)),
        ("v1.0", (1, 0)),
        ("0.0.1790142911-g7618fb", (0, 0, 1790142911)),
        ("latest", ()),
        ("22", ()),
        ("", ()),
    ],
)
def test_a_version_is_the_numbers_that_it_begins_with(version: str, numbers: tuple[int, ...]) -> None:
    assert numbers_of(version) == numbers


def test_versions_are_compared_by_number_and_what_is_none_is_not() -> None:
    assert is_before("2.1.99", "2.1.329")
    assert not is_before("2.1.329", "2.1.329")
    assert not is_before("2.1.0", "2.1")
    assert is_before("2.1", "2.1.1")
    assert not is_before("latest", "2.1")
    assert not is_before("1.0", "")

from __future__ import annotations

from pathlib import Path

import pytest

from aisync_desktop.files.errors import Busy
from aisync_desktop.files.protocol import Outcome, Replaced
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.planning.planner import Plan

ONE, OTHER = Path("/one"), Path("/other")


def wrote(path: Path) -> Replaced:
    return Replaced(path, Outcome.WRITTEN, "old", "new")


def test_two_syncs_as_one_have_written_what_both_have() -> None:
    both = Receipt("watch", Plan(()), (wrote(ONE),)).followed_by(Receipt("user", Plan(()), (wrote(OTHER),)))
    assert ([done.path for done in both.written], both.origin) == ([ONE, OTHER], "user")


def test_what_others_wrote_before_the_second_look_is_no_more_to_be_looked_at() -> None:
    both = Receipt("watch", Plan(()), foreign=(ONE,)).followed_by(Receipt("watch", Plan(()), foreign=(OTHER,)))
    assert both.foreign == (OTHER,)


@pytest.mark.parametrize(("then", "failed"), [((wrote(ONE),), []), ((), [ONE]), ((wrote(OTHER),), [ONE])])
def test_a_file_that_failed_has_failed_until_it_is_written(then: tuple[Replaced, ...], failed: list[Path]) -> None:
    first = Receipt("watch", Plan(()), failed={ONE: Busy(ONE)})
    both = first.followed_by(Receipt("watch", Plan(()), then))
    assert (list(both.failed), both.complete) == (failed, not failed)

"""A link that is put into a project while the door is at work there, before any single call: it is never followed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from aisync_desktop.files.errors import Busy, FileProblem
from aisync_desktop.files.temps import temp_name
from tests.files.breaking import Kept, failing, names
from tests.files.project_place import (
    OURS,
    THEIRS,
    Act,
    Place,
    create,
    list_names,
    made,
    make_private,
    make_writable,
    read,
    read_settled,
    recover,
    remove,
    replace,
)
from tests.helpers.effort import tries
from tests.helpers.fresh_seeds import first_fresh_seed

_ACTS = [read, read_settled, replace, remove, create, make_private, make_writable, recover, list_names]


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that may lie in memory: links are the subject here, and a hundred rounds wait for no disk."""
    return tmp_path_factory.mktemp("links")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return made(tmp_path)


def _swap_file(place: Place) -> None:
    place.path.unlink(missing_ok=True)
    place.path.symlink_to(place.outside / "config.toml")


def _swap_folder(place: Place) -> None:
    place.path.parent.rename(place.root / "aside")
    place.path.parent.symlink_to(place.outside)


def _swap_root(place: Place) -> None:
    (place.outside / ".codex").symlink_to(".")
    place.root.rename(place.root.with_name("aside"))
    place.root.symlink_to(place.outside)


def _swap_hard_link(place: Place) -> None:
    place.path.unlink(missing_ok=True)
    os.link(place.outside / "config.toml", place.path)


def _swap_temp(place: Place) -> None:
    """Put a link in the place of a file of ours that waits there for the swap."""
    for one in place.path.parent.glob(".aisync-*"):
        one.unlink()
        one.symlink_to(place.outside / "config.toml")


Round = tuple[Place, bool, tuple[bytes | None, list[bytes]]]


def _rounds(act: Act, swap: Callable[[Place], None], top: Path, theirs: bytes) -> Iterator[Round]:
    """Do it again and again, with the swap later each time (one call, or at a desk some), until it comes too late."""
    step = tries(desk=3, check=1, deep=1)
    at, swapped = first_fresh_seed() % step, True
    while swapped:
        place = made(top / str(at))
        (place.outside / "config.toml").write_bytes(theirs)
        temp_name(place.path, "swap").write_bytes(b"left by a crash")
        before, swapped = place.seen(), False

        def hook(number: int, _name: str, place: Place = place, at: int = at) -> None:
            nonlocal swapped
            if number == at:
                swapped = True
                swap(place)

        kept, found = Kept(), None
        with suppress(FileProblem):
            found = act(place.disk(hook), place, kept)
        after = place.seen()
        yield place, {path: after.get(path) for path in before} == before, (found, kept.versions)
        at += step


@pytest.mark.parametrize("swap", [_swap_file, _swap_folder, _swap_root, _swap_hard_link, _swap_temp])
@pytest.mark.parametrize("act", _ACTS)
def test_a_link_that_is_put_there_at_any_moment_is_not_followed(
    tmp_path: Path, act: Act, swap: Callable[[Place], None]
) -> None:
    for place, untouched, (found, versions) in _rounds(act, swap, tmp_path, THEIRS):
        assert untouched, place
        assert found != THEIRS
        assert THEIRS not in versions
        assert names(place.outside) <= {"config.toml", ".codex"}


@pytest.mark.parametrize("swap", [_swap_file, _swap_folder, _swap_root, _swap_hard_link])
@pytest.mark.parametrize("act", [replace, remove])
def test_not_even_if_the_other_file_holds_what_was_expected(
    tmp_path: Path, act: Act, swap: Callable[[Place], None]
) -> None:
    for place, untouched, _ in _rounds(act, swap, tmp_path, OURS):
        assert untouched, place
        assert names(place.outside) <= {"config.toml", ".codex"}


def test_a_link_that_is_put_there_in_between_passes_for_busy(place: Place) -> None:
    def hook(_number: int, name: str) -> None:
        if name == "open":
            with suppress(OSError):
                _swap_file(place)

    with pytest.raises(Busy):
        place.disk(hook).read(place.path)


@pytest.mark.usefixtures("nothing_collected")
@pytest.mark.parametrize("act", [read, replace, remove, create, recover, list_names])
def test_whatever_fails_no_folder_stays_open(place: Place, act: Act) -> None:
    open_now = Path("/dev/fd")
    for at in range(120):
        before = len(names(open_now))
        with suppress(FileProblem):
            disk = place.disk(failing(errno.EIO, at=at))
            act(disk, place, Kept())
        disk.late_writes(closing=True)
        assert len(names(open_now)) == before, at
        place.path.write_bytes(OURS)

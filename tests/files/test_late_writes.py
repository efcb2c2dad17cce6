"""A client that opened the file before the swap writes into the displaced one: that version is found."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.protocol import LateWrite, Outcome, content_hash
from tests.files.breaking import Kept, StepClock, Watched, meanwhile, names


class Scene:
    """A file that a client has open for writing in place."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "a"
        self.path.write_bytes(b"old")
        self.clock = StepClock()
        self.calls = Watched()
        self.disk = RealDisk(self.clock, calls=self.calls)
        self.client: io.RawIOBase = self.path.open("r+b", buffering=0)

    def write(self, data: bytes) -> None:
        self.client.seek(0)
        self.client.truncate()
        self.client.write(data)

    def replace(self, data: bytes = b"new") -> None:
        assert self.disk.replace(self.disk.read(self.path), data, keep=Kept()).outcome is Outcome.WRITTEN

    def looks(self, *times: float) -> list[tuple[LateWrite, ...]]:
        found = []
        for at in times:
            self.clock.at = at
            found.append(self.disk.late_writes())
        return found


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    with made.client:
        yield made


def test_a_late_write_is_reported_once(scene: Scene) -> None:
    scene.replace()
    scene.write(b"late")

    found = scene.looks(0.06, 0.09, 0.5, 3.0)

    assert found == [(), (LateWrite(scene.path, b"late"),), (), ()]
    assert scene.path.read_bytes() == b"new"


def test_a_late_write_says_what_its_writer_had_before(scene: Scene) -> None:
    scene.replace()
    scene.write(b"late")
    (first,) = scene.looks(0.06, 0.09)[1]
    scene.write(b"")
    scene.looks(0.5, 0.53)
    scene.write(b"later")
    (second,) = scene.looks(3.0)[0]

    assert [first.opened, second.opened] == [content_hash(b"old"), content_hash(b"late")]


def test_nothing_is_reported_where_nobody_wrote(scene: Scene) -> None:
    scene.replace()

    assert scene.looks(0.06, 0.2, 1.0, 3.0) == [(), (), (), ()]


def test_a_half_written_version_waits_until_it_holds_still(scene: Scene) -> None:
    scene.replace()
    scene.write(b"la")
    assert scene.looks(0.06, 0.07) == [(), ()]
    scene.client.write(b"te")

    assert scene.looks(0.08, 0.09, 0.11) == [(), (), (LateWrite(scene.path, b"late"),)]


def test_an_emptied_file_is_no_version_but_what_follows_is(scene: Scene) -> None:
    scene.replace()
    scene.client.truncate(0)
    assert scene.looks(0.06, 0.09, 0.2) == [(), (), ()]
    scene.write(b"late")

    assert scene.looks(3.0) == [(LateWrite(scene.path, b"late"),)]


def test_a_change_that_a_coarse_clock_hides_is_found_at_the_end(scene: Scene) -> None:
    status = scene.path.stat()
    scene.replace()
    scene.write(b"OLD")
    os.utime(scene.client.fileno(), ns=(status.st_atime_ns, status.st_mtime_ns))

    assert scene.looks(0.06, 1.0, 2.0) == [(), (), (LateWrite(scene.path, b"OLD"),)]


def test_two_late_versions_are_both_reported(scene: Scene) -> None:
    scene.replace()
    scene.write(b"one")
    first = scene.looks(0.06, 0.09)
    scene.write(b"two!")

    assert [write.data for found in (*first, *scene.looks(2.5)) for write in found] == [b"one", b"two!"]


def test_held_files_are_let_go_and_their_handles_closed(scene: Scene) -> None:
    opened = scene.calls.trace.count("open") - scene.calls.trace.count("close")
    scene.replace()
    assert scene.disk.late_in() == pytest.approx(0.06)
    scene.looks(0.06)
    assert scene.disk.late_in() == pytest.approx(0.06)
    scene.looks(0.12, 1.5)
    assert scene.disk.late_in() == pytest.approx(0.5)

    scene.looks(2.0)

    assert scene.disk.late_in() is None
    assert scene.calls.trace.count("open") - scene.calls.trace.count("close") == opened


def test_a_change_that_moves_asks_for_a_second_look_soon(scene: Scene) -> None:
    scene.replace()
    scene.write(b"late")
    scene.looks(0.06)

    assert scene.disk.late_in() == pytest.approx(0.02)


def test_a_process_that_ends_waits_for_the_first_look(scene: Scene) -> None:
    scene.replace()
    scene.clock.on_sleep = lambda: scene.write(b"late")

    assert scene.disk.late_writes(closing=True) == (LateWrite(scene.path, b"late"),)
    assert scene.clock.at == pytest.approx(0.06)
    assert scene.disk.late_in() is None


def test_a_burst_holds_a_bounded_number_of_files_and_loses_nothing(scene: Scene) -> None:
    scene.replace(b"0")
    scene.write(b"late")
    for number in range(1, 200):
        scene.replace(b"%d" % number)

    assert scene.calls.trace.count("open") - scene.calls.trace.count("close") <= 130
    assert LateWrite(scene.path, b"late") in scene.disk.late_writes()


def test_writes_into_our_version_while_it_was_in_place_for_a_moment_are_found(tmp_path: Path) -> None:
    path, theirs = tmp_path / "a", tmp_path / "theirs"
    path.write_bytes(b"old")
    opened: list[io.RawIOBase] = []

    def save_before_the_swap() -> None:
        theirs.write_bytes(b"theirs")
        theirs.replace(path)

    first = meanwhile("exchange", save_before_the_swap)
    second = meanwhile("exchange", lambda: opened.append(path.open("r+b", buffering=0)), nth=1)

    def both(number: int, name: str) -> None:
        first(number, name)
        second(number, name)

    disk = RealDisk(StepClock(), calls=Watched(both))
    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    with opened[0] as client:
        client.truncate(0)
        client.write(b"into ours")

    assert disk.late_writes(closing=True) == (LateWrite(path, b"into ours"),)
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == {"a"}


def test_late_writes_into_a_removed_file_are_found(scene: Scene) -> None:
    scene.disk.remove(scene.disk.read(scene.path), keep=Kept())
    scene.write(b"late")

    assert scene.disk.late_writes(closing=True) == (LateWrite(scene.path, b"late"),)


def test_a_device_that_fails_while_we_look_lets_go(scene: Scene) -> None:
    scene.replace()
    scene.write(b"late")

    def fail(_number: int, name: str) -> None:
        if name == "fstat":
            raise OSError(errno.EIO, "no")

    scene.calls.hook = fail

    assert scene.looks(0.06, 3.0) == [(), ()]
    assert scene.disk.late_in() is None

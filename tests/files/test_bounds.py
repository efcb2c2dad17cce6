"""No way out of a project: whatever is a link there, and whenever it becomes one."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.files.bounded import BoundedCalls, LinkInTheWayError
from aisync_desktop.files.bounds import Bounds
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import (
    DanglingLink,
    FileProblem,
    HardLinked,
    LeadsOut,
    NotAFile,
    NotAFolder,
    SymlinkLoop,
    Vanished,
)
from aisync_desktop.files.git_index import is_tracked
from aisync_desktop.files.protocol import Outcome, Reading
from aisync_desktop.files.resolve import resolve
from aisync_desktop.files.syscalls import READ, Syscalls
from aisync_desktop.files.temps import temp_name
from aisync_desktop.kernel.errors import BugError
from tests.files.breaking import Hook, Kept, StepClock, Watched, failing, names
from tests.files.project_place import (
    NEW,
    OURS,
    THEIRS,
    Act,
    NotPosix,
    Place,
    create,
    made,
    make_private,
    make_writable,
    read,
    read_settled,
    recover,
    remove,
    replace,
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return made(tmp_path)


def _file_link(place: Place) -> None:
    place.path.unlink()
    place.path.symlink_to("../../.codex/config.toml")


def _whole_link(place: Place) -> None:
    place.path.unlink()
    place.path.symlink_to(place.outside / "config.toml")


def _link_to_nothing(place: Place) -> None:
    place.path.unlink()
    place.path.symlink_to("../../.bash_profile")


def _folder_link(place: Place) -> None:
    place.path.unlink()
    place.path.parent.rmdir()
    place.path.parent.symlink_to("../.codex")


def _folder_link_to_nothing(place: Place) -> None:
    place.path.unlink()
    place.path.parent.rmdir()
    place.path.parent.symlink_to("../.ssh")


def _chain(place: Place) -> None:
    place.path.unlink()
    place.path.symlink_to("../docs/next")
    (place.root / "docs" / "next").symlink_to("last")
    (place.root / "docs" / "last").symlink_to(place.outside / "config.toml")


def _way_up(place: Place) -> None:
    (place.outside.parent / "config.toml").write_bytes(THEIRS)
    place.path.unlink()
    place.path.parent.rmdir()
    place.path.parent.symlink_to("..")


def _device(place: Place) -> None:
    place.path.unlink()
    place.path.symlink_to("/dev/zero")


def _root_link(place: Place) -> None:
    place.root.rename(place.root.with_name("aside"))
    (place.outside / ".codex").mkdir()
    (place.outside / ".codex" / "config.toml").write_bytes(THEIRS)
    place.root.symlink_to(".codex")


_LINKS = [
    _file_link,
    _whole_link,
    _link_to_nothing,
    _folder_link,
    _folder_link_to_nothing,
    _chain,
    _way_up,
    _device,
    _root_link,
]


@pytest.mark.parametrize(
    ("act", "calls"),
    [
        *((act, Watched) for act in (read, read_settled, replace, remove, make_private, make_writable, recover)),
        *((act, NotPosix) for act in (read, read_settled, replace, remove, recover)),  # no modes there
    ],
)
@pytest.mark.parametrize("link", _LINKS)
def test_a_link_out_is_refused_and_named(
    place: Place, link: Callable[[Place], None], act: Act, calls: Callable[[Hook | None], Watched]
) -> None:
    link(place)
    before = place.seen()

    with pytest.raises(LeadsOut) as refused:
        act(place.disk(calls=calls), place, Kept())

    assert refused.value.path in {place.path, place.path.parent}
    assert place.seen() == before


@pytest.mark.parametrize("link", [_folder_link, _folder_link_to_nothing, _way_up, _root_link])
def test_a_folder_that_leads_out_is_not_listed(place: Place, link: Callable[[Place], None]) -> None:
    link(place)

    with pytest.raises(LeadsOut):
        place.disk().names(place.path.parent, "*.toml")


@pytest.mark.parametrize("link", _LINKS)
def test_what_is_behind_a_link_out_counts_as_there(place: Place, link: Callable[[Place], None]) -> None:
    link(place)

    assert place.disk().exists(place.path)


def test_a_root_that_became_a_link_counts_as_gone(place: Place) -> None:
    assert place.disk().exists(place.root)
    _root_link(place)

    assert not place.disk().exists(place.root)


def test_what_is_not_there_is_not_there(place: Place) -> None:
    disk = place.disk()

    assert not disk.exists(place.root / "none" / "at all")
    assert not disk.exists(place.path / "below a file")
    assert disk.read(place.root / "none" / "at all").absent
    assert disk.names(place.root / "none", "*") == ()
    assert disk.names(place.path, "*") == ()
    assert disk.recover(place.root / "none" / "at all", keep=Kept()) == ()
    with pytest.raises(NotAFolder):
        disk.read(place.path / "below a file")


def test_a_project_that_is_gone_is_not_made_again(place: Place) -> None:
    disk = place.disk()
    expected = disk.read(place.root / "new" / "rules.md")
    shutil.rmtree(place.root)

    with pytest.raises(Vanished):
        disk.replace(expected, NEW, keep=Kept())
    assert not place.root.exists()


def test_a_link_out_among_rules_is_listed_and_refused_when_it_is_read(place: Place) -> None:
    (place.root / ".codex" / "a.toml").symlink_to(place.outside / "config.toml")
    (place.root / ".codex" / "deep").symlink_to(place.outside)
    disk = place.disk()

    assert disk.names(place.root / ".codex", "**/*.toml") == ("a.toml", "config.toml")
    with pytest.raises(LeadsOut):
        disk.read(place.root / ".codex" / "a.toml")


def test_a_hard_link_is_refused_unread(place: Place) -> None:
    place.path.unlink()
    os.link(place.outside / "config.toml", place.path)
    expected = _expected(place)
    disk, before = place.disk(), place.seen()

    for act in (read, replace, remove, make_private, make_writable):
        with pytest.raises(HardLinked):
            act(disk, place, Kept())
    with pytest.raises(HardLinked):
        disk.replace(expected, NEW, keep=Kept())
    assert place.seen() == before


def _expected(place: Place) -> Reading:
    return RealDisk(StepClock(), calls=Watched()).read(place.path)


def test_pipes_and_sockets_are_no_files_and_nobody_waits_for_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.path.unlink()
    os.mkfifo(place.path)
    for act in (read, replace, make_private, make_writable):
        with pytest.raises(NotAFile):
            act(place.disk(), place, Kept())
    place.path.unlink()
    monkeypatch.chdir(place.path.parent)  # socket names are short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("config.toml")
        with pytest.raises(NotAFile):
            place.disk().read(place.path)


def test_links_in_a_circle_are_named(place: Place) -> None:
    place.path.unlink()
    place.path.symlink_to("../docs/a")
    (place.root / "docs" / "a").symlink_to(place.path)

    with pytest.raises(SymlinkLoop):
        place.disk().read(place.path)


def test_a_circle_through_the_outside_is_refused(place: Place) -> None:
    place.path.unlink()
    place.path.symlink_to(place.outside / "back")
    (place.outside / "back").symlink_to(place.path)

    with pytest.raises(FileProblem):
        place.disk().read(place.path)


@pytest.mark.parametrize(
    "target",
    ["docs/AGENTS.md", "{root}/docs/AGENTS.md", "../repo/docs/AGENTS.md", "{alias}/docs/AGENTS.md", "text/AGENTS.md"],
)
def test_links_that_stay_inside_work_as_ever(place: Place, target: str) -> None:
    (place.root / "docs" / "AGENTS.md").write_bytes(OURS)
    (place.root / "text").symlink_to("docs")
    alias = place.top / "alias"
    alias.symlink_to(place.root)
    link = place.root / "CLAUDE.md"
    link.symlink_to(target.format(root=place.root, alias=alias))
    disk, kept = place.disk(), Kept()

    reading = disk.read(link)
    done = disk.replace(reading, NEW, keep=kept)

    assert (reading.data, reading.real_path) == (OURS, place.root / "docs" / "AGENTS.md")
    assert done.outcome is Outcome.WRITTEN
    assert link.is_symlink()
    assert (place.root / "docs" / "AGENTS.md").read_bytes() == NEW
    assert kept.versions == [OURS]
    assert disk.names(place.root / "text", "*.md") == ("AGENTS.md",)


def test_a_link_to_a_file_inside_that_is_yet_to_come_makes_it(place: Place) -> None:
    link = place.root / "CLAUDE.md"
    link.symlink_to("docs/AGENTS.md")
    disk = place.disk()

    assert disk.replace(disk.read(link), NEW, keep=Kept()).outcome is Outcome.WRITTEN
    assert (place.root / "docs" / "AGENTS.md").read_bytes() == NEW


@pytest.mark.parametrize("target", ["none/AGENTS.md", "{alias}/none/AGENTS.md"])
def test_but_no_folder_is_made_for_it(place: Place, target: str) -> None:
    (place.top / "alias").symlink_to(place.root)
    link = place.root / "CLAUDE.md"
    link.symlink_to(target.format(alias=place.top / "alias"))
    disk = place.disk()

    with pytest.raises(DanglingLink):
        disk.replace(disk.read(link), NEW, keep=Kept())


def test_folders_are_made_behind_a_link_to_a_folder_that_is_there(place: Place) -> None:
    (place.root / ".claude").symlink_to("docs")
    disk = place.disk()

    disk.replace(disk.read(place.root / ".claude" / "rules" / "a.md"), NEW, keep=Kept())

    assert (place.root / "docs" / "rules" / "a.md").read_bytes() == NEW


def test_a_projects_inside_another_is_held_to_its_own_root(place: Place) -> None:
    inner = place.root / "vendor" / "part"
    inner.mkdir(parents=True)
    (inner / "AGENTS.md").symlink_to("../../docs/AGENTS.md")
    (place.root / "docs" / "AGENTS.md").write_bytes(OURS)
    disk = place.disk()
    assert disk.read(inner / "AGENTS.md").data == OURS

    disk.confine([inner])

    with pytest.raises(LeadsOut):
        disk.read(inner / "AGENTS.md")


def test_the_way_to_it_may_not_lead_out_of_the_other_either(place: Place) -> None:
    inner = place.root / "vendor" / "part"
    inner.mkdir(parents=True)
    disk = place.disk()
    disk.confine([inner])
    (place.outside / "part").mkdir()
    (place.outside / "part" / "AGENTS.md").write_bytes(THEIRS)
    (place.root / "vendor").rename(place.root / "aside")
    (place.root / "vendor").symlink_to(place.outside)

    with pytest.raises(LeadsOut):
        disk.read(inner / "AGENTS.md")
    assert not disk.exists(inner)


def test_a_users_own_link_leads_into_a_project_as_ever(place: Place) -> None:
    link = place.outside / "AGENTS.md"
    (place.root / "docs" / "AGENTS.md").write_bytes(OURS)
    link.symlink_to(place.root / "docs" / "AGENTS.md")
    disk = place.disk()

    assert disk.replace(disk.read(link), NEW, keep=Kept()).outcome is Outcome.WRITTEN
    assert (place.root / "docs" / "AGENTS.md").read_bytes() == NEW


def test_a_folder_of_a_similar_name_is_not_held(place: Place) -> None:
    beside = place.root.with_name("repo-2")
    beside.mkdir()
    (beside / "CLAUDE.md").symlink_to(place.outside / "config.toml")

    assert place.disk().read(beside / "CLAUDE.md").data == THEIRS


def test_a_second_name_that_a_crash_left_is_cleared(place: Place) -> None:
    left = temp_name(place.path, "swap")
    os.link(place.path, left)
    disk = place.disk()

    assert disk.recover(place.path, keep=Kept()) == ()
    assert names(place.path.parent) == {"config.toml"}
    assert disk.read(place.path).data == OURS


def test_copies_are_looked_for_in_the_project_only(place: Place) -> None:
    def found() -> list[bytes]:
        return [copy.data for copy in place.disk().copies([place.path.with_name("*.toml")], 10)]

    assert found() == [OURS]
    (place.path.parent / "loose.toml").symlink_to(place.outside / "config.toml")
    (place.path.parent / "hard.toml").hardlink_to(place.outside / "config.toml")
    os.mkfifo(place.path.parent / "pipe.toml")
    assert found() == [OURS]
    shutil.rmtree(place.path.parent)
    place.path.parent.symlink_to(place.outside)
    assert found() == []


@pytest.mark.parametrize("at", [".git", ".git/index"])
@pytest.mark.parametrize("kind", ["pipe", "link", "device"])
def test_a_repository_of_traps_keeps_nobody_waiting(place: Place, at: str, kind: str) -> None:
    trap = place.root / at
    trap.parent.mkdir(exist_ok=True)
    os.mkfifo(trap) if kind == "pipe" else trap.symlink_to("/dev/zero" if kind == "device" else place.outside)

    assert not is_tracked(place.path)


def test_a_file_is_known_by_what_it_is(place: Place) -> None:
    status = place.path.stat()

    assert place.disk().read(place.path).identity == (status.st_dev, status.st_ino)
    assert place.disk().read(place.root / "none").identity is None


_STEPS = ["a", "b", "..", "deep"]
_ways = st.lists(st.sampled_from(_STEPS), min_size=1, max_size=4).map("/".join)
_targets = st.one_of(_ways, st.tuples(st.sampled_from(["{root}", "{top}", "{alias}", ".."]), _ways).map("/".join))
_trees = st.dictionaries(
    st.lists(st.sampled_from(["a", "b", "deep"]), min_size=1, max_size=3).map("/".join),
    st.one_of(st.sampled_from(["file", "folder"]), _targets.map("-> {}".format)),
    max_size=6,
)


@given(st.data())
def test_links_lead_where_the_system_says_or_nowhere(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    top = Path(os.path.realpath(tmp_path_factory.mktemp("any")))
    root, alias = top / "root", top / "alias"
    alias.symlink_to(root)
    bases = root, top / "a"
    for base in bases:
        base.mkdir()
    for base in bases:
        for name, what in data.draw(_trees).items():
            _plant(base / name, what, {"root": str(root), "top": str(top), "alias": str(alias)})
    bounds = Bounds()
    bounds.add([root])
    path = root / data.draw(st.lists(st.sampled_from(["a", "b", "deep"]), min_size=1, max_size=3).map("/".join))
    end = Path(os.path.realpath(path))
    try:
        found = resolve(BoundedCalls(Syscalls(), bounds), path).path
    except LeadsOut:
        assert not end.is_relative_to(root) or _is_circle(path)
    except (SymlinkLoop, NotADirectoryError):
        assert not path.exists()
    else:
        assert found == end
        assert found.is_relative_to(root)


def _is_circle(path: Path) -> bool:
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _plant(path: Path, what: str, places: dict[str, str]) -> None:
    if not Path(os.path.realpath(path.parent)).is_relative_to(places["top"]):
        return  # what was planted before leads out of this test
    with suppress(OSError):  # something else is on the way
        path.parent.mkdir(parents=True, exist_ok=True)
        if what == "folder":
            path.mkdir()
        elif what == "file":
            path.touch()
        else:
            path.symlink_to(what.removeprefix("-> ").format(**places))


def test_where_folders_cannot_be_held_each_is_looked_at_before_the_call(place: Place) -> None:
    bounds = Bounds()
    bounds.add([place.root])
    calls = BoundedCalls(NotPosix(), bounds)
    with pytest.raises(FileNotFoundError):
        calls.lstat(place.root / "none" / "at all")
    fd = calls.open(place.path, READ)
    calls.close(fd)
    _folder_link(place)

    with pytest.raises(LinkInTheWayError):
        calls.open(place.path, READ)


@pytest.mark.parametrize("act", [read, replace, remove, create, recover, make_private, make_writable])
def test_and_what_is_honest_works_there_as_ever(place: Place, act: Act) -> None:
    act(place.disk(calls=NotPosix), place, Kept())

    assert place.path.exists() is (act is not remove)
    assert not [name for name in names(place.path.parent) if name.startswith(".aisync")]


@pytest.mark.parametrize("call", ["lstat", "open", "read"])
def test_what_cannot_be_read_is_no_copy(place: Place, call: str) -> None:
    disk = place.disk(failing(errno.EIO, call=call))

    assert list(disk.copies([place.path.with_name("*.toml")], 10)) == []


def test_names_in_two_folders_and_ways_up_are_faults_of_ours(place: Place) -> None:
    bounds = Bounds()
    bounds.add([place.root])
    calls = BoundedCalls(Syscalls(), bounds)

    with pytest.raises(BugError):
        calls.rename(place.path, place.root / "config.toml")
    with pytest.raises(BugError):
        calls.open(place.root / ".." / ".codex" / "config.toml", READ)

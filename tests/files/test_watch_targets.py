"""Few folders, never a tree, and only the names that matter."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.files.watch_targets import DiskView, is_sidecar, watch_targets

HOME = Path("/home/u")


class Tree:
    """A file system of three dictionaries' worth."""

    def __init__(self, *, folders: str = "", files: str = "", links: dict[str, str] | None = None) -> None:
        self._links = {Path(name): Path(target) for name, target in (links or {}).items()}
        self._files = {Path(name) for name in files.split()}
        named = {Path(name) for name in folders.split()} | {HOME}
        self._folders = named | {parent for one in named | self._files | set(self._links) for parent in one.parents}

    def link(self, path: Path) -> Path | None:
        return self._links.get(path)

    def is_dir(self, path: Path) -> bool:
        return path in self._folders

    def exists(self, path: Path) -> bool:
        return path in self._folders or path in self._files or path in self._links


def test_a_file_in_home_costs_one_watch_and_home_is_not_noisy() -> None:
    path = HOME / ".claude.json"
    targets = watch_targets([path], Tree(files=str(path)))

    assert targets.folders == {HOME}
    assert targets.interesting(path) == path
    assert targets.interesting(HOME / ".bash_history") is None
    assert targets.interesting(HOME / ".cache" / "x") is None
    assert not targets.shifts(path)


def test_several_files_share_a_folder() -> None:
    one, two = HOME / ".codex" / "config.toml", HOME / ".codex" / "AGENTS.md"
    targets = watch_targets([one, two], Tree(files=f"{one} {two}"))

    assert targets.folders == {HOME / ".codex"}
    assert (targets.interesting(one), targets.interesting(two)) == (one, two)


def test_a_missing_file_is_waited_for_in_its_folder() -> None:
    path = HOME / ".codex" / "config.toml"
    targets = watch_targets([path], Tree(folders=str(HOME / ".codex")))

    assert targets.folders == {HOME / ".codex"}
    assert targets.interesting(path) == path
    assert targets.shifts(path)  # it may come as a link, or as a folder


def test_a_missing_folder_is_waited_for_in_its_nearest_existing_ancestor() -> None:
    one, two = HOME / ".qwen" / "deep" / "settings.json", HOME / ".qwen" / "QWEN.md"
    targets = watch_targets([one, two], Tree())

    assert targets.folders == {HOME}
    assert targets.touched(HOME / ".qwen") == (two, one)
    assert targets.shifts(HOME / ".qwen")
    assert targets.interesting(HOME / ".other") is None


def test_behind_a_linked_file_both_folders_are_watched() -> None:
    path, real = HOME / ".codex" / "config.toml", HOME / "dotfiles" / "codex.toml"
    targets = watch_targets([path], Tree(files=str(real), links={str(path): "../dotfiles/codex.toml"}))

    assert targets.folders == {HOME / ".codex", HOME / "dotfiles"}
    assert targets.interesting(path) == path
    assert targets.shifts(path)
    assert targets.interesting(real) == path
    assert not targets.shifts(real)
    assert targets.interesting(HOME / "dotfiles" / "other") is None


def test_behind_a_linked_folder_the_links_own_folder_is_watched_too() -> None:
    path, real = HOME / ".codex" / "config.toml", Path("/data/codex/config.toml")
    targets = watch_targets([path], Tree(files=str(real), links={str(HOME / ".codex"): "/data/codex"}))

    assert targets.folders == {HOME, Path("/data/codex")}
    assert targets.interesting(HOME / ".codex") == path
    assert targets.shifts(HOME / ".codex")
    assert targets.interesting(real) == path
    assert targets.interesting(Path("/data/codex/other")) is None


def test_a_dangling_link_is_followed_as_far_as_there_is_something() -> None:
    path = HOME / "link"
    targets = watch_targets([path], Tree(folders="/mnt", links={str(path): "/mnt/disk/file"}))

    assert targets.folders == {HOME, Path("/mnt")}
    assert targets.interesting(Path("/mnt/disk")) == path
    assert targets.shifts(Path("/mnt/disk"))


def test_a_loop_of_links_ends() -> None:
    targets = watch_targets([HOME / "a"], Tree(links={str(HOME / "a"): "b", str(HOME / "b"): "a"}))

    assert targets.folders == {HOME}
    assert targets.interesting(HOME / "b") == HOME / "a"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (".codex/config.toml", "../../.bash_profile"),
        (".codex/config.toml", "/home/u/.codex/config.toml"),
        (".codex", "../.codex"),
        (".codex", ".."),
        (".codex", "../.ssh"),
    ],
)
def test_a_way_out_of_a_project_is_watched_where_it_begins_only(link: str, target: str) -> None:
    root = HOME / "repo"
    path = root / ".codex" / "config.toml"
    tree = Tree(folders=f"{HOME}/.codex", files=f"{HOME}/.codex/config.toml", links={str(root / link): target})

    targets = watch_targets([path], tree, [root])

    assert targets.folders == {(root / link).parent}
    assert targets.shifts(root / link)


def test_a_link_that_stays_in_the_project_is_followed() -> None:
    root = HOME / "repo"
    path, real = root / "CLAUDE.md", root / "docs" / "AGENTS.md"
    tree = Tree(files=str(real), links={str(path): "../repo/docs/AGENTS.md"})

    assert watch_targets([path], tree, [root]).folders == {root, root / "docs"}
    assert watch_targets([root / "docs"], tree, [root]).folders == {root / "docs"}


def test_two_endpoints_behind_one_file_are_both_touched() -> None:
    one, two, real = HOME / "AGENTS.md", HOME / "CLAUDE.md", HOME / "rules.md"
    targets = watch_targets([one, two], Tree(files=str(real), links={str(one): "rules.md", str(two): "rules.md"}))

    assert targets.touched(real) == (one, two)


def test_a_folder_as_endpoint_takes_every_name_but_sidecars() -> None:
    folder = HOME / ".cursor" / "rules"
    targets = watch_targets([folder], Tree(folders=str(folder)))

    assert targets.folders == {folder}
    assert targets.interesting(folder / "style.mdc") == folder
    assert targets.interesting(folder / "style.mdc.tmp.12.ab") is None
    assert targets.interesting(folder / "deeper" / "x.mdc") is None


def test_a_watched_folder_that_goes_away_concerns_all_in_it() -> None:
    one, two, other = HOME / ".codex" / "a", HOME / ".codex" / "b", HOME / "c"
    targets = watch_targets([one, two, other], Tree(files=f"{one} {two} {other}"))

    assert targets.touched(HOME / ".codex") == (one, two)
    assert targets.shifts(HOME / ".codex")


@pytest.mark.parametrize(
    "name",
    [
        ".aisync-0123abcd-0123456789abcdef.new",
        ".aisync-0123abcd-0123456789abcdef.swap",
        ".claude.json.lock",
        ".claude.json.tmp.4711.0badc0de",
        ".tmpAb3xYz",
        "settings.json.tmp",
        "settings.json.orig",
        "settings.json.corrupted.1700000000",
        ".claude.json.corrupted",
        ".config.toml.swp",
        "config.toml~",
        "4913",
        ".#config.toml",
    ],
)
def test_what_stands_beside_a_file_for_a_moment_is_ignored(name: str) -> None:
    endpoint = HOME / ".x" / "settings.json"
    targets = watch_targets([endpoint, HOME / ".x"], Tree(files=str(endpoint)))

    assert is_sidecar(name)
    assert targets.interesting(HOME / ".x" / name) is None


@pytest.mark.parametrize("name", ["settings.json", ".claude.json", "AGENTS.md", "config.toml", "rules", ".aisync.toml"])
def test_the_clients_own_files_are_no_sidecars(name: str) -> None:
    assert not is_sidecar(name)


def test_an_endpoint_is_interesting_even_if_it_is_called_like_a_sidecar() -> None:
    path = HOME / "uv.lock"

    assert watch_targets([path], Tree(files=str(path))).interesting(path) == path


_NAMES = st.sampled_from("abc")
_PATHS = st.lists(_NAMES, min_size=1, max_size=4).map(lambda parts: Path("/", *parts))


@given(
    endpoints=st.lists(_PATHS, max_size=4),
    folders=st.lists(_PATHS, max_size=5),
    files=st.lists(_PATHS, max_size=5),
    links=st.dictionaries(_PATHS, _PATHS | st.sampled_from([Path(".."), Path("a"), Path("../b")]), max_size=3),
)
def test_all_watched_folders_exist_and_every_endpoint_is_heard_of(
    endpoints: list[Path], folders: list[Path], files: list[Path], links: dict[Path, Path]
) -> None:
    tree = Tree(
        folders=" ".join(map(str, folders)),
        files=" ".join(str(one) for one in files if one not in links),
        links={str(name): str(target) for name, target in links.items()},
    )

    targets = watch_targets(endpoints, tree)

    assert all(tree.is_dir(folder) for folder in targets.folders)
    for endpoint in endpoints:
        heard = [folder for folder in targets.folders if endpoint in targets.touched(folder)]
        assert heard
    assert watch_targets(list(reversed(endpoints)), tree).folders == targets.folders


def test_on_the_real_disk(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "a").touch()
    (tmp_path / "link").symlink_to(PurePosixPath("dotfiles/a"))
    root = Path(tmp_path).resolve()

    targets = watch_targets([root / "link", root / "missing" / "b"], DiskView())

    assert targets.folders == {root, root / "dotfiles"}
    assert targets.interesting(root / "dotfiles" / "a") == root / "link"
    assert targets.interesting(root / "missing") == root / "missing" / "b"

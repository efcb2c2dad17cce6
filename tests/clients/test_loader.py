from __future__ import annotations

import keyword
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import aisync_desktop.clients
from aisync_desktop.clients.descriptor import Descriptor, FileModel, McpEndpoint
from aisync_desktop.clients.loader import DescriptorError, load_catalog, parse_descriptor
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.files.reading import read_plain

GOOD = """
id = "mine"
name = "Mine"
verified = "docs"
presence = ["~/.mine"]
[[endpoints]]
kind = "mcp"
scope = "user"
paths = ["~/.mine/mcp.json"]
format = "json"
root = ["servers"]
references = "none"
[[endpoints.shapes]]
transport = "stdio"
requires = ["command"]
fields = { command = "command" }
"""


PACKAGED = [
    "amp",
    "antigravity",
    "auggie",
    "claude-code",
    "claude-desktop",
    "cline",
    "codex",
    "continue",
    "copilot-cli",
    "crush",
    "cursor",
    "cursor-editor",
    "droid",
    "gemini-cli",
    "goose",
    "junie",
    "kilo",
    "kiro",
    "lm-studio",
    "opencode",
    "qoder-cli",
    "qwen-code",
    "roo-code",
    "rovodev",
    "trae",
    "vscode",
    "warp",
    "windsurf",
    "zed",
]


def test_the_clients_of_this_release_are_described() -> None:
    catalog = load_catalog()
    assert [descriptor.id for descriptor in catalog.descriptors] == PACKAGED
    assert catalog.errors == ()


def test_a_client_that_was_seen_says_in_which_version() -> None:
    seen = {descriptor.id: descriptor.verified != "docs" for descriptor in load_catalog().descriptors}
    assert seen == {descriptor.id: bool(descriptor.seen_on) for descriptor in load_catalog().descriptors}


def test_a_user_adds_a_client_and_overrides_another(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD)
    (tmp_path / "codex.toml").write_text(GOOD.replace('"mine"', '"codex"'))
    catalog = load_catalog(tmp_path)
    mine, codex = catalog.get("mine"), catalog.get("codex")
    assert mine is not None
    assert codex is not None
    assert codex.name == "Mine"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (('format = "json"', 'format = "jsn"'), "endpoints.0.format"),
        (('command = "command" }', 'comand = "command" }'), "endpoints.0.shapes.0.fields"),
        (('scope = "user"', 'scope = "user'), "8:14"),
        (('id = "mine"', ""), "id"),
        (('references = "none"', 'references = "none"\nnames = "["'), "endpoints.0.names"),
        (('presence = ["~/.mine"]', 'presence = { linux = ["~/.mine"] }'), "presence"),
        (('paths = ["~/.mine/mcp.json"]', "paths = []"), "endpoints.0.paths"),
        (('root = ["servers"]', 'root = ["servers"]\noff = { path = ["off"], beside = "x" }'), "endpoints.0"),
        (('root = ["servers"]', 'root = ["servers"]\ncontainer = "list"'), "endpoints.0"),
    ],
)
def test_a_bad_descriptor_says_where_and_disables_only_itself(
    tmp_path: Path, change: tuple[str, str], place: str
) -> None:
    (tmp_path / "mine.toml").write_text(GOOD.replace(*change))
    catalog = load_catalog(tmp_path)
    (error,) = catalog.errors
    assert error.path == tmp_path / "mine.toml"
    assert error.message.params["place"] == place
    assert len(catalog.descriptors) == len(PACKAGED)


def test_what_is_no_readable_file_disables_only_itself(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / ".#mine.toml").symlink_to("editor@host.1")
    catalog = load_catalog(tmp_path)
    assert [error.path for error in catalog.errors] == [tmp_path / "folder.toml"]
    assert [error.message.english() for error in catalog.errors] == ["The file: Is a directory"]
    assert len(catalog.descriptors) == len(PACKAGED)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices as POSIX has them")
@pytest.mark.parametrize(
    ("put", "reason"),
    [
        (os.mkfifo, "not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
        (lambda path: os.truncate(path.touch() or path, 10_000_000_000), "too large"),
    ],
    ids=["pipe", "device", "huge"],
)
def test_what_has_no_end_is_told_and_not_waited_for(tmp_path: Path, put: Callable[[Path], object], reason: str) -> None:
    put(tmp_path / "bad.toml")
    (tmp_path / "mine.toml").write_text(GOOD)
    catalog = load_catalog(tmp_path, read_plain)
    (error,) = catalog.errors
    assert error.path == tmp_path / "bad.toml"
    assert reason in str(error).lower()
    assert catalog.get("mine") is not None


def test_a_folder_of_descriptors_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder == tmp_path:
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    catalog = load_catalog(tmp_path)
    assert [error.path for error in catalog.errors] == [tmp_path]
    assert catalog.get("codex") is not None


def test_a_place_that_nobody_knows_is_not_named(tmp_path: Path) -> None:
    with pytest.raises(DescriptorError) as caught:
        parse_descriptor(b'id = """', tmp_path)
    assert caught.value.message.english().startswith("The file: ")


def test_a_descriptor_that_is_no_text_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DescriptorError):
        parse_descriptor(b"\xff\xfe", tmp_path)


def test_a_project_file_is_like_the_users_one_but_for_what_it_says_itself() -> None:
    project = """[[endpoints]]
kind = "mcp"
scope = "project"
like = "user"
paths = ["./.mine.json"]
strictness = { comments = true }
"""
    user = GOOD.replace('references = "none"', 'references = "none"\nlock = { suffix = ".lock" }')
    mine, its = parse_descriptor(f"{user}\n{project}".encode(), Path("x.toml")).endpoints
    assert isinstance(mine, McpEndpoint)
    assert isinstance(its, McpEndpoint)
    assert (its.root, its.shapes, its.references) == (mine.root, mine.shapes, mine.references)
    assert (its.paths, its.strictness.comments, its.lock) == (("./.mine.json",), True, None)


def test_only_one_client_writes_a_projects_file() -> None:
    written = {
        (descriptor.id, path)
        for descriptor in load_catalog().descriptors
        for endpoint in descriptor.endpoints
        if endpoint.scope == "project" and not endpoint.reads_only
        for path in endpoint.paths
    }
    assert all(path.startswith("./") for _, path in written)
    assert len({path for _, path in written}) == len(written)


def test_a_file_of_a_project_that_is_only_read_is_written_by_another_client() -> None:
    endpoints = [endpoint for descriptor in load_catalog().descriptors for endpoint in descriptor.endpoints]
    written = {path for endpoint in endpoints if not endpoint.reads_only for path in endpoint.paths}
    assert {path for endpoint in endpoints if endpoint.reads_only for path in endpoint.paths} <= written


def test_no_client_is_named_in_code() -> None:
    folder = Path(aisync_desktop.clients.__file__).parent
    names = [name for client in load_catalog().descriptors for name in (client.id, client.name)] + [
        "claude",
        "qwen",
        "rovo",
    ]
    names = [name for name in names if not keyword.iskeyword(name.lower())]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})", re.IGNORECASE)
    assert [file.name for file in folder.glob("*.py") if pattern.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", ["./.mine/trust.json", ".mine/trust.json", "trust.json"])
def test_no_file_of_a_project_can_be_a_trust_store(path: str) -> None:
    own = f'approvals = [{{ paths = ["~/.mine/trust.json", "{path}"], format = "json", names = "allowed" }}]\n'
    with pytest.raises(DescriptorError) as refused:
        parse_descriptor((own + GOOD).encode(), Path("mine.toml"))
    assert "approves nothing" in refused.value.message.english()


def test_a_descriptor_is_short() -> None:
    folder = Path(aisync_desktop.clients.__file__).parent / "descriptors"
    lines = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in folder.glob("*.toml")}
    assert lines
    assert {name: count for name, count in lines.items() if count > 120} == {}


def test_what_is_not_kept_in_step_is_not_what_is() -> None:
    for descriptor in load_catalog().descriptors:
        kept = {path for endpoint in descriptor.endpoints for path in endpoint.paths}
        told = {path for unsynced in descriptor.unsynced for path in unsynced.paths}
        assert not kept & told
        assert {unsynced.replaces for unsynced in descriptor.unsynced if unsynced.replaces} <= kept


def whereabouts(environ: dict[str, str], there: tuple[str, ...] = ()) -> Whereabouts:
    return Whereabouts(environ, Path("/home/me"), lambda path: str(path) in there)


def file_at(*paths: str, choose: str = "set") -> FileModel:
    return FileModel.model_validate({"paths": list(paths), "format": "toml", "choose": choose})


def test_a_path_follows_the_clients_own_variable() -> None:
    config = file_at("$CODEX_HOME/config.toml", "~/.codex/config.toml")
    assert whereabouts({}).find(config) == Path("/home/me/.codex/config.toml")
    assert whereabouts({"CODEX_HOME": "/elsewhere"}).find(config) == Path("/elsewhere/config.toml")
    assert whereabouts({"CODEX_HOME": "~/x"}).resolve("$CODEX_HOME") == Path("/home/me/x")
    assert whereabouts({}).find(file_at("$NOT_SET/x")) is None


def test_of_several_files_the_first_that_exists_is_meant_else_the_last() -> None:
    several = file_at("$HERE/b.json", "$HERE/a.json", "~/b.json", "~/a.json", choose="exists")
    assert whereabouts({}, ("/home/me/b.json",)).find(several) == Path("/home/me/b.json")
    assert whereabouts({}).find(several) == Path("/home/me/a.json")
    moved = whereabouts({"HERE": "/here"}, ("/home/me/b.json",))
    assert moved.find(several) == Path("/here/a.json")


def test_a_place_that_another_variable_names_is_not_meant() -> None:
    several = file_at("$FILE", "$HERE/b.json", "$HERE/a.json", "~/a.json", choose="exists")
    here = whereabouts({"FILE": "/my.json", "HERE": "/here"}, ("/here/b.json", "/here/a.json"))
    assert here.candidates(several) == (Path("/my.json"),)
    assert here.find(several) == Path("/my.json")


def test_a_file_that_holds_nothing_can_count_as_missing() -> None:
    filled = file_at("~/b.md", "~/a.md", choose="filled")
    here = whereabouts({}, ("/home/me/b.md", "/home/me/a.md"))
    assert here.find(filled) == Path("/home/me/b.md")
    assert replace(here, filled=lambda path: path.name == "a.md").find(filled) == Path("/home/me/a.md")


def test_a_projects_path_starts_at_its_root() -> None:
    here = whereabouts({})
    assert here.find(file_at("./.mcp.json")) is None
    assert replace(here, root=Path("/repo")).find(file_at("./.mcp.json")) == Path("/repo/.mcp.json")


@pytest.mark.parametrize(
    ("platform", "path"), [("linux", "~/l.json"), ("darwin", "~/m.json"), ("win32", "$APPDATA/w.json")]
)
def test_a_path_is_that_of_the_operating_system(platform: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    table = '{ linux = ["~/l.json"], macos = ["~/m.json"], windows = ["$APPDATA/w.json"] }'
    mine = GOOD.replace('["~/.mine"]', table).replace('["~/.mine/mcp.json"]', table)
    descriptor = parse_descriptor(mine.encode(), Path("x.toml"))
    assert descriptor.endpoints[0].paths == (path,)
    assert descriptor.presence == (path,)


def test_what_a_client_reads_by_itself_is_what_a_file_of_it_imports(tmp_path: Path) -> None:
    rules = (
        'kind = "rules"\nscope = "user"\npaths = ["~/.mine/RULES.md"]\nspared = { since = "1.0", without = ["X.md"] }\n'
    )
    (tmp_path / "mine.toml").write_text(f"{GOOD}\n[[endpoints]]\n{rules}")
    (error,) = load_catalog(tmp_path).errors
    assert "spared" in str(error.message)


def test_endpoints_that_are_no_tables_are_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD.partition("[[endpoints]]")[0] + "endpoints = 3\n")
    (error,) = load_catalog(tmp_path).errors
    assert "endpoints" in str(error.message)


def test_editors_are_told_that_what_is_like_the_users_need_not_say_its_dialect() -> None:
    endpoint = Descriptor.model_json_schema()["$defs"]["McpEndpoint"]
    assert "root" not in endpoint["required"]
    assert {"required": ["like"]} in endpoint["anyOf"]

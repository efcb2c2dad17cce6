from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aisync_desktop.database import chunks
from aisync_desktop.database.chunks import CHUNK_FROM, Chunk, cut, cut_again
from aisync_desktop.database.errors import DamagedBlobError
from aisync_desktop.database.packing import MAX_DEPTH, pack, unpack
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.store import Store
from tests.helpers.memory_vault import MemoryVault
from tests.sync.store.conftest import TickingClock, sql

contents = st.one_of(
    st.none(),
    st.binary(max_size=200),
    st.integers(0, 5).map(lambda n: b'{"mcpServers": {"a": %d}}\n' % n * 50),
    st.builds(lambda n, c: bytes([c]) * n, st.integers(0, 70_000), st.integers(0, 3)),
)


def all_versions(store: Store, path: str) -> Iterator[bytes | None]:
    for version in reversed(store.versions(path, limit=1000)):
        yield store.blob(version.hash) if version.hash else None


def without_repeats(history: list[bytes | None]) -> list[bytes | None]:
    return [data for i, data in enumerate(history) if i == 0 or data != history[i - 1]]


_example = itertools.count()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.tuples(st.sampled_from("ab"), contents), max_size=12))
def test_any_history_reads_back_byte_for_byte(history: list[tuple[str, bytes | None]], quick_store: Store) -> None:
    example = next(_example)
    for name, data in history:
        quick_store.keep_version(f"/{example}/{name}", data, "seen", "user")
    for name in "ab":
        expected = without_repeats([data for where, data in history if where == name])
        assert list(all_versions(quick_store, f"/{example}/{name}")) == expected


def test_histories_of_many_files_may_outgrow_what_is_kept_in_memory(quick_store: Store) -> None:
    contents = {f"/h/{i}": os.urandom(200_000) for i in range(8)}
    for suffix in (b"", b"more"):
        for path, data in contents.items():
            quick_store.keep_version(path, data + suffix, "seen", "user")
    for path, data in contents.items():
        assert list(all_versions(quick_store, path)) == [data, data + b"more"]
    (stored,) = sql(quick_store, "SELECT sum(length(data)) FROM blob WHERE depth > 0")[0]
    assert int(str(stored)) < 8 * 200


def test_a_history_outlives_the_process(store: Store, reopen: Callable[[], Store]) -> None:
    history: list[bytes | None] = [b"1" * 500, b"1" * 500 + b"2", None, b"3"]
    for data in history[:2]:
        store.keep_version("/h/a", data, "seen", "user")
    again = reopen()
    for data in history[2:]:
        again.keep_version("/h/a", data, "seen", "user")
    assert list(all_versions(reopen(), "/h/a")) == history


def test_a_long_history_of_a_file_stays_readable_and_small(quick_store: Store) -> None:
    lines = [b'  "line%d": "%s",\n' % (i, os.urandom(12).hex().encode()) for i in range(120)]
    history: list[bytes | None] = []
    count = MAX_DEPTH + 45
    for i in range(count):
        lines[i % 120] = b'  "line%d": "changed %d",\n' % (i % 120, i)
        history.append(b"".join(lines))
        quick_store.keep_version("/h/settings.json", history[-1], "seen", "user")
    assert list(all_versions(quick_store, "/h/settings.json")) == history
    (stored,) = sql(quick_store, "SELECT sum(length(data)) FROM blob")[0]
    assert int(str(stored)) / count <= 130
    assert sql(quick_store, "SELECT max(depth) FROM blob") == [(MAX_DEPTH,)]


def test_versions_of_a_big_file_share_all_but_the_chunk_that_changed(quick_store: Store) -> None:
    rng = random.Random(1)
    lines = [b'  "project%d": "%s",\n' % (i, rng.randbytes(20).hex().encode()) for i in range(40_000)]
    history: list[bytes | None] = []
    for i in range(4):
        lines.insert(rng.randrange(len(lines)), b'  "new": %d,\n' % i)
        history.append(b"".join(lines))
        quick_store.keep_version("/h/.claude.json", history[-1], "seen", "user")
    assert len(history[0] or b"") > 2_000_000
    assert list(all_versions(quick_store, "/h/.claude.json")) == history
    first, *later = (int(str(size)) for (size,) in sql(quick_store, _SIZE_PER_VERSION))
    assert max(later) < 20_000 < first


# What each version's own rows take: those that came with it, up to its list of chunks.
_SIZE_PER_VERSION = """
SELECT (SELECT sum(length(data)) FROM blob AS part
        WHERE part.id <= whole.id
          AND part.id > coalesce((SELECT max(id) FROM blob AS b WHERE b.codec = 1 AND b.id < whole.id), 0))
FROM blob AS whole WHERE codec = 1 ORDER BY id
"""


@given(st.binary(max_size=3000), st.binary(max_size=3000))
def test_packing_gives_back_what_it_took(data: bytes, relative: bytes) -> None:
    assert unpack(pack(data, relative), len(data), relative) == data


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400))
def test_unpacking_to_another_size_is_refused(data: bytes, size: int) -> None:
    if size != len(data):
        with pytest.raises(ValueError, match=str(size)):
            unpack(pack(data), size)


@given(st.lists(st.sampled_from([b"a" * 3000 + b"\n", b"\n", b"x" * 200_000, b"line %d\n" * 99]), max_size=40))
def test_chunks_join_to_the_whole_and_have_a_bounded_size(parts: list[bytes]) -> None:
    data = b"".join(parts)
    chunks = list(cut(data))
    assert b"".join(chunks) == data
    assert all(0 < len(chunk) <= 1 << 16 for chunk in chunks)


def test_a_big_file_of_one_line_is_kept_too(store: Store) -> None:
    data = os.urandom(CHUNK_FROM + 17).replace(b"\n", b" ")
    store.keep_version("/h/a", data, "seen", "user")
    assert list(all_versions(store, "/h/a")) == [data]


def test_nothing_of_a_secret_is_in_the_files(store: Store, path: Path) -> None:
    secret = b"CANARY-7f3a9b-CANARY"
    for i in range(3):
        store.keep_version("/h/a", b'{"token": "%s", "n": %d}' % (secret, i), "seen", "user")
    store.keep_version("/h/big", secret + b"\n" + os.urandom(CHUNK_FROM), "seen", "user")
    while_open = b"".join(file.read_bytes() for file in path.parent.iterdir())
    sql(store, "PRAGMA wal_checkpoint(TRUNCATE)")
    after = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for files in (while_open, after):
        for piece in (secret, secret[:8], secret.hex().encode(), secret[7:13]):
            assert piece not in files


def test_names_cannot_be_guessed_without_the_key(tmp_path: Path) -> None:
    names = set()
    for number in range(2):
        folder = tmp_path / str(number)
        store = Store.open(folder / "db", TickingClock(), KeyRing(folder, MemoryVault()))
        store.keep_version("/h/a", b"hunter2", "seen", "user")
        names.add(store.versions("/h/a")[0].hash)
        store.close()
    assert len(names) == 2


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE blob SET data = zeroblob(length(data)) WHERE id = 2",
        "UPDATE blob SET data = substr(data, 1, length(data) - 1) WHERE id = 2",
        "UPDATE blob SET data = x'' WHERE id = 2",
        "UPDATE blob SET size = size + 1 WHERE id = 2",
        "UPDATE blob SET codec = 1 WHERE id = 2",
        "UPDATE blob SET base_id = NULL WHERE id = 2",
        "UPDATE blob SET base_id = id WHERE id = 2",
        "UPDATE blob SET data = (SELECT data FROM blob WHERE id = 1) WHERE id = 2",
        "UPDATE blob SET data = zeroblob(60) WHERE id = 1",
    ],
)
def test_a_row_that_was_touched_is_never_given_out(store: Store, damage: str) -> None:
    for data in (b"first version of it", b"second version of it"):
        store.keep_version("/h/a", data, "seen", "user")
    newest = store.versions("/h/a")[0]
    assert store.blob(newest.hash) == b"second version of it"
    sql(store, damage)
    with pytest.raises(DamagedBlobError) as caught:
        store.blob(newest.hash)
    assert "version" not in caught.value.message.english().split("is damaged")[1]


def test_bytes_that_come_back_other_than_they_went_in_are_never_given_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep_version("/h/a", b"right", "seen", "user")
    monkeypatch.setattr("aisync_desktop.sync.store.blobs.unpack", lambda *_: b"wrong")
    with pytest.raises(DamagedBlobError):
        store.blob(store.versions("/h/a")[0].hash)


@pytest.mark.parametrize("name", ["00" * 16, "", "no hex", "한글"])
def test_an_unknown_name_is_an_answer_with_advice(store: Store, name: str) -> None:
    with pytest.raises(DamagedBlobError):
        store.blob(name)


_lines = st.lists(st.integers(0, 400).map(lambda n: b'  "line": "%d of the history",\n' % n), max_size=40)


def _named(data: bytes) -> str:
    return data.hex()


@given(before=_lines, after=_lines, head=_lines, tail=_lines, often=st.integers(1, 60))
def test_a_newer_version_is_cut_as_the_one_before_where_it_is_the_same(
    before: list[bytes], after: list[bytes], head: list[bytes], tail: list[bytes], often: int
) -> None:
    old, new = (b"".join([*head * often, *middle, *tail * often]) for middle in (before, after))
    known = [Chunk(_named(chunk), len(chunk)) for chunk in cut(old)]

    found = cut_again(new, known, _named)

    assert b"".join(chunk for _, chunk in found) == new
    assert all(name == _named(chunk) and 0 < len(chunk) <= 1 << 16 for name, chunk in found)
    if old == new:
        assert [name for name, _ in found] == [name for name, _ in known]


def test_only_what_is_new_in_a_big_file_is_looked_through(quick_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    cuts: list[int] = []
    lines = [b'"key %d": "%s"\n' % (n, os.urandom(20).hex().encode()) for n in range(40_000)]
    quick_store.keep_version("/h/big", b"".join(lines), "seen", "user")

    def cutting(data: bytes) -> Iterator[bytes]:
        cuts.append(len(data))
        return cut(data)

    monkeypatch.setattr(chunks, "cut", cutting)
    lines[20_000] = b'"another": 1\n'
    quick_store.keep_version("/h/big", b"".join(lines), "written", "aisync")
    assert sum(cuts) <= 1 << 17
    assert quick_store.blob(quick_store.versions("/h/big")[0].hash) == b"".join(lines)


def test_of_more_big_files_than_are_remembered_each_version_reads_back(quick_store: Store) -> None:
    contents = {f"/h/{number}": os.urandom(CHUNK_FROM + number) for number in range(6)}
    for suffix in (b"", b"more"):
        for path, data in contents.items():
            quick_store.keep_version(path, data + suffix, "seen", "user")
    for path, data in contents.items():
        assert list(all_versions(quick_store, path)) == [data, data + b"more"]

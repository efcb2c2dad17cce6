"""Descriptors that were read before are not read from their TOML again, and nobody is led astray by it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.clients import descriptor_cache, loader
from aisync_desktop.clients.descriptor_cache import DescriptorCache, read_toml
from aisync_desktop.clients.loader import DescriptorError, load_catalog, parse_descriptor
from aisync_desktop.program.world import World

GOOD = b'id = "mine"\nname = "Mine"\nverified = "docs"\npresence = ["~/.mine"]\n'
SAID = {"id": "mine", "name": "Mine", "verified": "docs", "presence": ["~/.mine"]}


def _kept(state: Path, *known: bytes) -> Path:
    """Have descriptors been read before; return the file."""
    cache = DescriptorCache(state)
    for data in known:
        cache.read(data)
    cache.save()
    return state / "descriptors.json"


def _forged(path: Path, said: Any) -> None:
    body = json.dumps(said).encode()
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return what is read from TOML from now on."""
    found: list[bytes] = []

    def read(data: bytes) -> dict[str, Any]:
        found.append(data)
        return read_toml(data)

    monkeypatch.setattr(descriptor_cache, "read_toml", read)
    return found


def test_what_was_read_before_is_not_read_from_its_toml(tmp_path: Path, unread: list[bytes]) -> None:
    _kept(tmp_path, GOOD)
    assert unread == [GOOD]

    assert DescriptorCache(tmp_path).read(GOOD) == SAID
    assert unread == [GOOD]
    changed = GOOD.replace(b"Mine", b"Ours")
    assert DescriptorCache(tmp_path).read(changed) == {**SAID, "name": "Ours"}
    assert unread == [GOOD, changed]


def test_only_what_was_asked_for_stays_and_nothing_new_writes_nothing(tmp_path: Path) -> None:
    path = _kept(tmp_path, GOOD, GOOD + b"# once more\n")
    before = path.stat().st_mtime_ns

    assert _kept(tmp_path, GOOD).stat().st_mtime_ns == before
    _kept(tmp_path, b'id = "other"\n')
    assert set(json.loads(path.read_bytes()[65:])) == {hashlib.sha256(b'id = "other"\n').hexdigest()}


@pytest.mark.parametrize("at", [0, 64, 70, -1])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, unread: list[bytes], at: int) -> None:
    path = _kept(tmp_path, GOOD)
    broken = bytearray(path.read_bytes())
    broken[at] ^= 1
    path.write_bytes(broken)
    if at == 64:  # what parts digest and body says nothing
        path.write_bytes(broken[:80])

    assert DescriptorCache(tmp_path).read(GOOD) == SAID
    assert len(unread) == 2


@pytest.mark.parametrize("said", [[], "text", {"no": "object"}, {hashlib.sha256(GOOD).hexdigest(): [1]}])
def test_what_is_no_object_is_not_taken(tmp_path: Path, unread: list[bytes], said: Any) -> None:
    _forged(_kept(tmp_path, GOOD), said)

    assert DescriptorCache(tmp_path).read(GOOD) == SAID
    assert len(unread) == 2


@pytest.mark.skipif(os.name != "posix", reason="modes and links")
def test_a_file_that_others_could_have_written_is_not_taken(tmp_path: Path, unread: list[bytes]) -> None:
    path = _kept(tmp_path, GOOD)
    path.chmod(0o660)
    DescriptorCache(tmp_path).read(GOOD)
    path.chmod(0o600)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    DescriptorCache(tmp_path).read(GOOD)

    assert unread == [GOOD] * 3


def test_forged_values_are_checked_as_those_of_the_toml_are(tmp_path: Path) -> None:
    path = _kept(tmp_path, GOOD + b"# forged\n")
    name = hashlib.sha256(GOOD + b"# forged\n").hexdigest()
    _forged(path, {name: {**SAID, "presence": 7, "surprise": True}})

    with pytest.raises(DescriptorError):
        parse_descriptor(GOOD + b"# forged\n", tmp_path / "mine.toml", DescriptorCache(tmp_path).read)


def test_what_json_cannot_say_is_read_from_its_toml_each_time(tmp_path: Path, unread: list[bytes]) -> None:
    odd = [b"at = 2026-11-30\n", b"much = inf\n", b"none = nan\n"]
    path = _kept(tmp_path, *odd)
    assert not path.exists()
    _kept(tmp_path, GOOD, *odd)
    _kept(tmp_path, GOOD, *odd)

    assert unread == [*odd, GOOD, *odd, *odd]


def test_a_disk_that_refuses_it_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(self), target)

    monkeypatch.setattr(Path, "replace", full)

    assert not _kept(tmp_path, GOOD).exists()
    assert list(tmp_path.iterdir()) == []
    assert not _kept(tmp_path / "missing", GOOD).exists()


def test_the_catalog_is_the_same_with_and_without_it(isolated_home: Path) -> None:
    world = World.real({"HOME": str(isolated_home), "AISYNC_HOME": str(isolated_home / "own")})
    loader._described.cache_clear()
    first = loader.catalog_of(world)
    loader._described.cache_clear()

    again = load_catalog(values=DescriptorCache(world.places.state).read)
    assert first.descriptors == again.descriptors == load_catalog().descriptors

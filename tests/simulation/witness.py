"""The witness: sees every write of the engine and what it displaced, and compares with what the world remembers.

It knows nothing of bases, snapshots or plans. At each write it asks: was the old file readable, is everything beside
the servers the same, did a key go that nobody meant to delete, did a secret come that was not there, or a server of the
project that the user never said yes to? And at each crash and each rest: is every version whose last name the engine
took in history?
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aisync_desktop.files.protocol import content_hash
from aisync_desktop.secrets.references import SEALED
from tests.simulation.dialects import Dialect
from tests.simulation.machine import Machine
from tests.simulation.places import PLACES, USER

SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345"  # noqa: S105 - looks like one, which is the point


def lines_of(server: Mapping[str, Any]) -> str:
    """Return what a server starts, or connects to; whatever its secrets are."""
    words = ("command", "args", "env") if server.get("command") else ("url",)
    said = {name: server[name] for name in words if server.get(name)}
    return SEALED.sub("a secret", json.dumps(said, sort_keys=True).replace(SECRET, "a secret"))


class Witness:
    """What the world remembers, and the complaints about what the engine did."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        machine.disk.on_write = self._on_write
        self.writes: list[Path] = []
        self.authored: set[bytes] = set()  # what other programs wrote, byte for byte
        self.deleted: set[tuple[str, str]] = set()  # (scope, server) that somebody meant to delete
        self.copying = False  # the user said once that a secret may be copied
        self.restoring = False  # the user goes back: files become as they were, whatever that was
        self.disabled: set[tuple[str, str]] = set()  # switched off: taken out where there is no switch
        self.allowed: set[str] = set()  # the lines of a project's servers that the user said yes to
        for place in PLACES.values():
            if place.scope != USER and place.dialect:
                self.allowed |= {lines_of(server) for server in (place.dialect.read(place.first) or {}).values()}

    def _on_write(self, path: Path, old: bytes | None, new: bytes | None) -> None:
        self.writes.append(path)
        place = PLACES.get(path)
        if new in self.authored or place is None or old is None or self.restoring:
            return
        assert new is not None, f"{path} was taken away"
        may_copy = self.copying and place.scope == USER
        assert may_copy or SECRET.encode() not in new or SECRET.encode() in old, f"a secret was copied into {path}"
        if place.dialect:
            self._compare(path, place.scope, place.dialect, old, new)

    def _compare(self, path: Path, scope: str, dialect: Dialect, old: bytes, new: bytes) -> None:
        before, after = dialect.read(old), dialect.read(new) if new else {}
        blank = not old.strip()  # what held nothing is begun anew
        assert before is not None or blank, f"{path} was written though nobody can read it"
        assert after is not None, f"{path} cannot be read after it was written"
        if scope != USER:
            brought = {lines_of(server) for server in after.values()} - {
                lines_of(one) for one in (before or {}).values()
            }
            strange = {one for one in brought - self.allowed if "exec" not in one}
            assert not strange, f"{strange} came into {path} and was never allowed"
        gone = {(scope, name) for name in (before or {}).keys() - after.keys()}
        assert gone <= self.deleted | self.disabled, f"{gone} vanished from {path}"
        assert dialect.beside(old) == dialect.beside(new), f"{path} was changed beside its servers"
        assert set(dialect.comments(old)) <= set(dialect.comments(new)) or gone, f"{path} lost a comment"

    def check_history(self) -> None:
        """Every version that the engine displaced can be had from history."""
        disk = self._machine.disk
        displaced, disk.displaced, disk.reported = disk.displaced + disk.reported, [], []
        for path in {path for path, _ in displaced}:
            kept = {version.hash for version in self._machine.store.versions(str(path), limit=1_000_000)}
            for data in {data for of, data in displaced if of == path}:
                name = self._machine.store.name(content_hash(data))
                assert name in kept, f"a version of {path} is lost"
                assert self._machine.store.blob(name) == data

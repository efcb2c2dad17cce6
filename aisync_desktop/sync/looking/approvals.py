"""Approvals: what the user told a client of a project's servers, as it stands in that client's own trust store.

Who approved a server in one assistant has seen its lines, and need not be asked again before it comes to the others.
Only files of the user count, and none of them that lies in a project: whatever is in there, a repository can bring
along (also a `settings.local.json` that git seems not to keep: a folder that was unpacked brings its own index).

An approval that is bound to the entry's hash holds for that entry alone. One by name would hold for whatever comes
under the name, so it counts once, for the lines that stood there when it was first seen (approved_servers.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from aisync_desktop.clients.descriptor import Approvals, Descriptor
from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.documents.protocol import Document
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.terms.endpoints import FileState

BY_NAME = "name"
_UNBOUND = ("scope", "extensionName", "description")  # what the hash leaves out
_APPROVED = "approved"


@dataclass(frozen=True)
class Approved:
    """What one client was told: names that are approved, or all, those that are refused, and hashes by name."""

    client: str
    names: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    every: bool = False
    hashes: Mapping[str, str] = field(default_factory=dict)

    def mark(self, name: str, entry: Mapping[str, Value]) -> str:
        """Return what the approval of an entry is bound to; "" where it is not approved as it is."""
        if name in self.refused:
            return ""
        if entry and self.hashes.get(name) in set(_hashes(entry)):
            return self.hashes[name]
        return BY_NAME if self.knows(name) else ""

    def knows(self, name: str) -> bool:
        """Whether there is an approval by this name."""
        return self.every or name in self.names


def approved_in(
    scope: Scope, descriptors: Iterable[Descriptor], here: Whereabouts, read: Callable[[Path, Approvals], FileState]
) -> Iterator[Approved]:
    """Yield what each client was told of one project's servers; what cannot be read approves nothing."""
    for descriptor in descriptors:
        found = (_document(store, scope, here, read) for store in descriptor.approvals)
        said = [_told(descriptor.id, one, store, scope) for one, store in zip(found, descriptor.approvals, strict=True)]
        if said:
            yield Approved(
                descriptor.id,
                frozenset().union(*(one.names for one in said)),
                frozenset().union(*(one.refused for one in said)),
                any(one.every for one in said),
                {name: of for one in said for name, of in one.hashes.items()},
            )


def _document(
    store: Approvals, scope: Scope, here: Whereabouts, read: Callable[[Path, Approvals], FileState]
) -> Document | None:
    path = here.find(store)
    file = read(path, store) if path else None
    if file is None or file.problem is not None or file.reading is None:
        return None
    inside = any(place.is_relative_to(scope.root) for place in (file.path, file.reading.real_path))
    return None if inside else file.document


def _told(client: str, document: Document | None, store: Approvals, scope: Scope) -> Approved:
    found = document.get(store.way(scope.root)) if document is not None else None
    said = found if isinstance(found, dict) else {}
    if store.hashed:
        return Approved(client, hashes=dict(_hashed(said)))
    every = said.get(store.every) is True
    return Approved(client, _names(said.get(store.names)), _names(said.get(store.refused)), every)


def _hashed(said: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    records = ((name, record) for name, record in said.items() if isinstance(record, dict))
    return ((name, str(record.get("hash", ""))) for name, record in records if record.get("status") == _APPROVED)


def _names(listed: Value) -> frozenset[str]:
    return frozenset(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else frozenset()


def _hashes(entry: Mapping[str, Value]) -> Iterator[str]:
    """Yield the hashes that stand for an entry: as it is, and as the client takes over one that others wrote."""
    plain = {name: value for name, value in entry.items() if name not in _UNBOUND}
    adopted = {name: value for name, value in plain.items() if name != "type"}
    if plain.get("type") == "http" and "url" in adopted:
        adopted["httpUrl"] = adopted.pop("url")
    for form in (plain, adopted):
        spelled = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        yield hashlib.sha256(spelled.encode(errors="surrogatepass")).hexdigest()

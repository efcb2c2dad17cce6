"""Bytes kept by content: named with a key, packed, encrypted, verified on every read.

The name is HMAC(names key, sha256 of the bytes), cut to 128 bits. A plain sha256 would let anyone with the database
try passwords: he knows the rest of such a file well enough. Each row is AES-256-GCM under the blobs key with its name,
codec and base as associated data, so no row can be changed, swapped or moved unseen.

A version of a file is packed with the last one of the same path as dictionary (packing.py), at most 255 deep; files
from 1 MB on are cut into chunks that versions share (chunks.py).
"""

from __future__ import annotations

import hmac
import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peewee import SqliteDatabase

from aisync_desktop.database.chunks import CHUNK_FROM, Chunk, cut_again
from aisync_desktop.database.errors import DamagedBlobError
from aisync_desktop.database.packing import MAX_DEPTH, pack, unpack
from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.database.rows import insert_row
from aisync_desktop.files.protocol import content_hash
from aisync_desktop.secrets.keys import DataKeys
from aisync_desktop.sync.store.models import Blob, Version

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NAME_BYTES = 16
_NONCE_BYTES = 12
_RECENT_BYTES = 1 << 20
_CUTS_REMEMBERED = 4


# A row and those that it stands on, up to a depth.
_CHAIN = """
WITH RECURSIVE chain (id, depth) AS (
    SELECT ?, 0
    UNION ALL
    SELECT blob.base_id, chain.depth + 1 FROM chain JOIN blob ON blob.id = chain.id
    WHERE blob.base_id IS NOT NULL AND chain.depth < ?
)
SELECT blob.* FROM chain JOIN blob ON blob.id = chain.id ORDER BY chain.depth
"""


_KNOWN = Prepared(lambda names: Blob.select(Blob.name, Blob.id).where(Blob.name.in_(names)))
_COLUMNS = (Blob.id, Blob.name, Blob.codec, Blob.base, Blob.depth, Blob.size, Blob.data)
_NAMED = Prepared(lambda name: Blob.select(*_COLUMNS).where(Blob.name == name))


class Codec(IntEnum):
    """What the decrypted, unpacked data of a row are."""

    WHOLE = 0  # the bytes, packed alone or against a base
    CHUNKED = 1  # the names of the chunks, in order


def name_of(keys: DataKeys, hashed: str) -> str:
    """Return the name of a content hash."""
    return hmac.digest(keys.names, hashed.encode(), "sha256")[:_NAME_BYTES].hex()


class Blobs:
    """The blobs of one open database, under its keys."""

    def __init__(self, db: SqliteDatabase, keys: DataKeys, path: Path) -> None:
        self._db = db
        self._keys = keys
        self._path = path
        self._cipher: AESGCM | None = None
        self._recent = _Recent()
        self._cuts: OrderedDict[str, tuple[Chunk, ...]] = OrderedDict()  # of the last big contents, by name

    def moved(self, db: SqliteDatabase) -> None:
        """Go on in another connection to the same content."""
        self._db = db

    def put_all(self, contents: Sequence[tuple[bytes, str, Blob | None]]) -> list[int]:
        """Keep bytes inside the caller's transaction; return their ids.

        Each comes with its hash ("" where nobody knows it yet), and with the blob of the version before.
        """
        names = [name_of(self._keys, hashed) if hashed else self._name(data) for data, hashed, _ in contents]
        known = self._known(names)
        for name, (data, _, before) in zip(names, contents, strict=True):
            if name not in known:
                known[name] = self._put(name, data, before)
        return [known[name] for name in names]

    def get(self, name: str) -> bytes:
        """Return bytes by name; DamagedBlobError if they are not what was put, or nothing was."""
        row = _NAMED.first(self._db, name)
        if row is None:
            raise DamagedBlobError(self._path, name=name)
        return self._content(_blob(row))

    def chunks_in_use(self) -> set[int]:
        """Return the chunks of every version that is cut into chunks."""
        versions = Version.select(Version.blob)
        rows = Blob.select().where((Blob.codec == Codec.CHUNKED) & Blob.id.in_(versions)).execute(self._db)
        return {chunk for row in rows for chunk in self._known(_names(self._unpacked(row))).values()}

    def _name(self, data: bytes) -> str:
        return name_of(self._keys, content_hash(data))

    def _known(self, names: Iterable[str]) -> dict[str, int]:
        return dict(_KNOWN.rows(self._db, list(names)))

    def _put(self, name: str, data: bytes, before: Blob | None) -> int:
        if len(data) >= CHUNK_FROM:
            return self._put_chunked(name, data, before)
        self._recent.add(name, data)
        if before is None or before.codec != Codec.WHOLE or before.depth >= MAX_DEPTH:
            return self._insert(name, Codec.WHOLE, pack(data), len(data))
        try:
            near = self._recent.get(before.name) or self.get(before.name)
        except DamagedBlobError:  # what cannot be read must not keep the next version from being kept
            return self._insert(name, Codec.WHOLE, pack(data), len(data))
        return self._insert(name, Codec.WHOLE, pack(data, near), len(data), before)

    def _put_chunked(self, name: str, data: bytes, before: Blob | None) -> int:
        chunks = cut_again(data, self._cuts.pop(before.name, ()) if before else (), self._name)
        known = self._known({chunk_name for chunk_name, _ in chunks})
        for chunk_name, chunk in chunks:
            if chunk_name not in known:
                known[chunk_name] = self._insert(chunk_name, Codec.WHOLE, pack(chunk), len(chunk))
        self._cuts[name] = tuple(Chunk(chunk_name, len(chunk)) for chunk_name, chunk in chunks)
        if len(self._cuts) > _CUTS_REMEMBERED:
            self._cuts.popitem(last=False)
        order = bytes.fromhex("".join(chunk_name for chunk_name, _ in chunks))
        return self._insert(name, Codec.CHUNKED, pack(order), len(order))

    def _insert(self, name: str, codec: Codec, packed: bytes, size: int, base: Blob | None = None) -> int:
        nonce = os.urandom(_NONCE_BYTES)
        base_id = base.id if base else None
        row = {
            "name": name,
            "codec": codec,
            "base": base_id,
            "depth": base.depth + 1 if base else 0,
            "size": size,
            "data": nonce + self._aes().encrypt(nonce, packed, _bound(name, codec, base_id)),
        }
        return insert_row(self._db, Blob, row)

    def _content(self, row: Blob) -> bytes:
        data = self._unpacked(row)
        if row.codec == Codec.CHUNKED:
            data = self._joined(data)
        if self._name(data) != row.name:
            raise DamagedBlobError(self._path, name=row.name)
        return data

    def _unpacked(self, row: Blob) -> bytes:
        """Unpack a row and, before it, those that it stands on."""
        chain = list(Blob.raw(_CHAIN, row.id, MAX_DEPTH).execute(self._db))
        if chain[-1].base_id is not None:  # its base is missing, or it goes round in a circle
            raise DamagedBlobError(self._path, name=row.name)
        data = b""
        for each in reversed(chain):
            data = self._opened(each, data)
        return data

    def _opened(self, row: Blob, relative: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        nonce, sealed = row.data[:_NONCE_BYTES], row.data[_NONCE_BYTES:]
        try:
            packed = self._aes().decrypt(nonce, sealed, _bound(row.name, row.codec, row.base_id))
            return unpack(packed, row.size, relative)
        except (InvalidTag, ValueError, TypeError) as error:
            raise DamagedBlobError(self._path, name=row.name) from error

    def _joined(self, names: bytes) -> bytes:
        order = _names(names)
        chunks = {name: self.get(name) for name in set(order)}
        return b"".join(chunks[name] for name in order)

    def _aes(self) -> AESGCM:
        if self._cipher is None:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            self._cipher = AESGCM(self._keys.blobs)
        return self._cipher


class _Recent:
    """The last contents that were put: the next version is packed against one of them, without reading it back."""

    def __init__(self) -> None:
        self._contents: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def get(self, name: str) -> bytes | None:
        return self._contents.get(name)

    def add(self, name: str, data: bytes) -> None:
        self._size += len(data) - len(self._contents.pop(name, b""))
        self._contents[name] = data
        while self._size > _RECENT_BYTES:
            self._size -= len(self._contents.popitem(last=False)[1])


def _blob(row: Sequence[Any]) -> Blob:
    return Blob(**dict(zip((column.name for column in _COLUMNS), row, strict=True)))


def _names(joined: bytes) -> list[str]:
    return [joined[i : i + _NAME_BYTES].hex() for i in range(0, len(joined), _NAME_BYTES)]


def _bound(name: str, codec: int, base: int | None) -> bytes:
    return f"{name}:{int(codec)}:{base}".encode()

"""Bytes kept by content: named with a key, packed, encrypted, verified on every read.

The name is HMAC(names key, sha256 of the bytes), cut to 128 bits. A plain sha256 would let anyone with the database
try passwords: he knows the rest of such a file well enough. Each row is AES-256-GCM under the blobs key with its name,
codec and base as associated data, so no row can be changed, swapped or moved unseen.

A version of a file is packed with the last one of the same path as dictionary (packing.py), at most 31 deep; files
from 1 MB on are cut into chunks that versions share (chunks.py).
"""

from __future__ import annotations

import hmac
import os
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from peewee import SqliteDatabase

from aisync_desktop.files.protocol import content_hash
from aisync_desktop.secrets.keys import DataKeys
from aisync_desktop.store.chunks import CHUNK_FROM, cut
from aisync_desktop.store.errors import DamagedBlobError
from aisync_desktop.store.models import Blob
from aisync_desktop.store.packing import MAX_DEPTH, pack, unpack

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NAME_BYTES = 16
_NONCE_BYTES = 12


class Codec(IntEnum):
    """What the decrypted, unpacked data of a row are."""

    WHOLE = 0  # the bytes, packed alone or against a base
    CHUNKED = 1  # the names of the chunks, in order


class Blobs:
    """The blobs of one open database, under its keys."""

    def __init__(self, db: SqliteDatabase, keys: DataKeys, path: Path) -> None:
        self._db = db
        self._keys = keys
        self._path = path
        self._cipher: AESGCM | None = None

    def put(self, data: bytes, relative: int | None = None) -> int:
        """Keep bytes inside the caller's transaction; `relative` is the blob of the version before."""
        name = self._name(data)
        known = Blob.select(Blob.id).where(Blob.name == name).tuples().first(self._db)
        if known:
            return int(known[0])
        if len(data) >= CHUNK_FROM:
            return self._put_chunked(name, data)
        return self._put_whole(name, data, relative)

    def get(self, name: str) -> bytes:
        """Return bytes by the name that records show; DamagedBlobError if they are not what was put."""
        row = self._row(Blob.name == _from_hex(name))
        if row is None:
            raise DamagedBlobError(self._path, name=name)
        return self._content(row)

    def _name(self, data: bytes) -> bytes:
        return name_of(self._keys, content_hash(data))

    def _put_whole(self, name: bytes, data: bytes, relative: int | None) -> int:
        base = self._row((Blob.id == relative) & (Blob.codec == Codec.WHOLE)) if relative is not None else None
        if base is None or base.depth >= MAX_DEPTH:
            return self._insert(name, Codec.WHOLE, pack(data), len(data))
        return self._insert(name, Codec.WHOLE, pack(data, self._content(base)), len(data), base)

    def _put_chunked(self, name: bytes, data: bytes) -> int:
        chunks = {self._name(chunk): chunk for chunk in cut(data)}
        order = b"".join(self._name(chunk) for chunk in cut(data))
        known = Blob.select(Blob.name).where(Blob.name.in_(list(chunks))).tuples().execute(self._db)
        have = {bytes(row[0]) for row in known}
        for chunk_name, chunk in chunks.items():
            if chunk_name not in have:
                self._insert(chunk_name, Codec.WHOLE, pack(chunk), len(chunk))
        return self._insert(name, Codec.CHUNKED, pack(order), len(order))

    def _insert(self, name: bytes, codec: Codec, packed: bytes, size: int, base: Blob | None = None) -> int:
        nonce = os.urandom(_NONCE_BYTES)
        base_id = base.id if base else None
        sealed = self._aes().encrypt(nonce, packed, _bound(name, codec, base_id))
        row = {
            "name": name,
            "codec": codec,
            "base": base_id,
            "depth": base.depth + 1 if base else 0,
            "size": size,
            "data": nonce + sealed,
        }
        return int(Blob.insert(row).execute(self._db))

    def _row(self, condition: object) -> Blob | None:
        row: Blob | None = Blob.select().where(condition).first(self._db)
        return row

    def _content(self, row: Blob) -> bytes:
        data = self._unpacked(row)
        if row.codec == Codec.CHUNKED:
            data = self._joined(data)
        if not hmac.compare_digest(self._name(data), bytes(row.name)):
            raise DamagedBlobError(self._path, name=bytes(row.name).hex())
        return data

    def _unpacked(self, row: Blob) -> bytes:
        """Unpack a row and, before it, those that it stands on: 31 at most, so no loop in a broken file is endless."""
        stack = [row]
        while stack[-1].base_id is not None:
            below = self._row(Blob.id == stack[-1].base_id)
            if below is None or len(stack) > MAX_DEPTH:
                raise DamagedBlobError(self._path, name=bytes(row.name).hex())
            stack.append(below)
        data = b""
        for each in reversed(stack):
            data = self._opened(each, data)
        return data

    def _opened(self, row: Blob, relative: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - with the cipher

        sealed, name = bytes(row.data), bytes(row.name)
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            packed = self._aes().decrypt(nonce, rest, _bound(name, row.codec, row.base_id))
            return unpack(packed, row.size, relative)
        except (InvalidTag, ValueError) as error:
            raise DamagedBlobError(self._path, name=name.hex()) from error

    def _joined(self, names: bytes) -> bytes:
        order = [names[i : i + _NAME_BYTES] for i in range(0, len(names), _NAME_BYTES)]
        chunks = {name: self.get(name.hex()) for name in set(order)}
        return b"".join(chunks[name] for name in order)

    def _aes(self) -> AESGCM:
        if self._cipher is None:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 50 ms, only for blobs

            self._cipher = AESGCM(self._keys.blobs)
        return self._cipher


def name_of(keys: DataKeys, hashed: str) -> bytes:
    """Return the name of a content hash."""
    return hmac.digest(keys.names, hashed.encode(), "sha256")[:_NAME_BYTES]


def _bound(name: bytes, codec: int, base: int | None) -> bytes:
    return name + f"{int(codec)}:{base}".encode()


def _from_hex(name: str) -> bytes:
    try:
        return bytes.fromhex(name)
    except ValueError:
        return b""  # the name of nothing

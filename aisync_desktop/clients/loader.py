"""Descriptors from the package and from the user's folder; a bad one disables only itself and is reported."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError

from aisync_desktop.clients.descriptor import Descriptor
from aisync_desktop.clients.descriptor_cache import DescriptorCache, read_toml
from aisync_desktop.clients.items import Kind
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Format, Location
from aisync_desktop.files.reading import read_plain
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import NotThereError, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import KeyPath
from aisync_desktop.program.world import World

_MOST_BYTES = 1_000_000  # of one description
Read: TypeAlias = Callable[[Any, int], bytes]  # of a file, with the most bytes that one may have
Values: TypeAlias = Callable[[bytes], dict[str, Any]]  # of the bytes of a descriptor
_KINDS = frozenset(Kind)  # pydantic names which kind of endpoint it took one for
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class DescriptorError(WorldError):
    """A descriptor file that cannot be used; the client it describes is left out."""

    def __init__(self, path: Path, place: str, reason: str, location: Location | None = None) -> None:
        at = text("connector.bad-descriptor.at", place=place, reason=reason)
        super().__init__(
            text("connector.bad-descriptor"),
            at if place else text("connector.bad-descriptor.whole", reason=reason),
            text("connector.bad-descriptor.next"),
            path,
        )
        self.location = location


class UnknownClientError(NotThereError):
    """A client was named that has no descriptor."""

    def __init__(self, client: str, known: list[str]) -> None:
        super().__init__(
            text("connector.unknown-client"),
            text("connector.unknown-client.message", client=client),
            text("connector.unknown-client.next", known=", ".join(known)),
        )


@dataclass(frozen=True)
class Catalog:
    """The usable descriptors in the order of their ids, and what was wrong with the others."""

    descriptors: tuple[Descriptor, ...]
    errors: tuple[DescriptorError, ...] = ()

    def require(self, client: str) -> None:
        """Refuse the name of a client that nobody described; no name at all is fine."""
        if client:
            self.require_named(client)

    def require_named(self, client: str) -> None:
        """Refuse what is not the name of a client that somebody described."""
        if self.get(client) is None:
            raise UnknownClientError(client, [known.id for known in self.descriptors])

    def get(self, client: str) -> Descriptor | None:
        """Return a client's descriptor."""
        return next((found for found in self.descriptors if found.id == client), None)


def _whole(file: Path, most: int) -> bytes:
    del most
    return file.read_bytes()


def load_catalog(user_folder: Path | None = None, read: Read = _whole, values: Values = read_toml) -> Catalog:
    """Load the packaged descriptors, then the user's, which override or add.

    `read` is how the user's files are read: anything may have such a name, and not everything has an end. `values` is
    what reads their bytes.
    """
    files: list[tuple[Path, Read]] = [(file, _whole) for file in _toml_files(Path(__file__).parent / "descriptors")]
    found: dict[str, Descriptor] = {}
    errors: list[DescriptorError] = []
    try:
        if user_folder is not None and user_folder.is_dir():
            files += [(file, read) for file in _toml_files(user_folder)]
    except OSError as error:
        errors.append(DescriptorError(Path(str(user_folder)), "", error.strerror or type(error).__name__))
    for file, reading in files:
        try:
            descriptor = _load(file, reading, values)
        except DescriptorError as error:
            errors.append(error)
        else:
            found[descriptor.id] = descriptor
    return Catalog(tuple(found[key] for key in sorted(found)), tuple(errors))


def catalog_of(world: World) -> Catalog:
    """Return the clients that are described, here and in the user's folder."""
    cache = DescriptorCache(world.places.state)
    found = load_catalog(world.places.config / "clients", read_plain, cache.read)
    cache.save()
    return found


def _load(file: Path, read: Read, values: Values) -> Descriptor:
    path = Path(str(file))
    try:
        data = read(file, _MOST_BYTES)
    except OSError as error:
        raise DescriptorError(path, "", error.strerror or type(error).__name__) from error
    except WorldError as error:
        raise DescriptorError(path, "", f"{error.title.english()}: {error.message.english()}") from error
    return parse_descriptor(data, path, values)


def _toml_files(folder: Path) -> Iterable[Path]:
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml") and not file.name.startswith(".")),
        key=lambda file: file.name,
    )


def parse_descriptor(data: bytes, path: Path, values: Values = read_toml) -> Descriptor:
    """Read one descriptor or say what is wrong with it, and where."""
    try:
        return _described(_Source(data, sys.platform, values))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = f"{place[1]}:{place[2]}" if place else ""
        location = Location(int(place[1]), int(place[2])) if place else None
        raise DescriptorError(path, where, _PLACE.sub("", str(error)).strip(), location) from error
    except UnicodeDecodeError as error:
        raise DescriptorError(path, f"byte {error.start}", "not UTF-8") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        way = tuple(part for part in first["loc"] if part not in _KINDS)
        raise DescriptorError(path, ".".join(map(str, way)), first["msg"], _located(data, way)) from error


@dataclass(frozen=True)
class _Source:
    """What a descriptor is made of; however it is read, it says the same."""

    data: bytes
    platform: str  # a path may be another on each system
    values: Values = field(compare=False)


@lru_cache(maxsize=128)
def _described(source: _Source) -> Descriptor:
    """Return what these bytes describe: who opens an engine again, in the same process, parses nothing twice."""
    return Descriptor.model_validate(source.values(source.data))


def _located(data: bytes, way: KeyPath) -> Location | None:
    """Return where a key stands, or what it should stand in."""
    document = parse(data, Format.TOML)
    places = (document.locate(way[:length]) for length in range(len(way), 0, -1))
    return next((place for place in places if place), None)

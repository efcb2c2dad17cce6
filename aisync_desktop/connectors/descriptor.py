"""The schema of a descriptor: everything that the lens must know of a client, as data.

A descriptor names endpoints (one file in one scope that keeps one kind); an endpoint names its candidate paths, its
format and strictness, where the items are, and the shapes that an entry can have, each with its field map.
"""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from aisync_desktop.core.items import Kind, McpServer, Transport
from aisync_desktop.documents.protocol import Format, Strictness


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class References(StrEnum):
    """How a client writes a reference to an environment variable inside a string."""

    NONE = "none"  # it expands nothing: what looks like a reference is plain text
    BRACED = "braced"  # ${NAME} and ${NAME:-default}
    BRACED_PLAIN = "braced-plain"  # ${NAME}, no default
    DOLLAR = "dollar"  # $NAME and ${NAME}, no default
    DOLLAR_DEFAULT = "dollar-default"  # $NAME, ${NAME} and ${NAME:-default}
    ENV = "env"  # ${env:NAME}
    UNKNOWN = "unknown"  # never observed: nothing that looks like a reference crosses


class StrictnessModel(_Model):
    """What the client's own parser accepts."""

    comments: bool = False
    trailing_commas: bool = False
    bom: bool = True


class LockModel(_Model):
    """A lock folder that the client makes beside its file."""

    suffix: str = ".lock"
    stale_seconds: float = 10.0
    wait_seconds: float = 1.0


class FieldMap(_Model):
    """Where one neutral field stands in an entry; a dot in a key leads into a map inside the entry."""

    key: str
    scale: float | None = Field(None, gt=0)  # what the client's number is multiplied by to get ours
    inverted: bool = False  # the client says the opposite: `disabled` for `enabled`
    references: References | None = None  # where they are other ones in this field than in the rest of the entry

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the field, from the entry."""
        return tuple(self.key.split("."))


def _field_map(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


def _of_this_system(value: object) -> object:
    """Choose from a table by operating system; a plain list holds everywhere."""
    if not isinstance(value, dict):
        return value
    if value.keys() != {"linux", "macos", "windows"}:
        raise ValueError("a table of paths has linux, macos and windows")
    return value[{"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(str(error)) from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Paths = Annotated[tuple[str, ...], BeforeValidator(_of_this_system), Field(min_length=1)]


class Shape(_Model):
    """One form of an entry: when it applies, the constants that a new one gets, and its fields.

    A new entry gets the first shape of its transport; an entry keeps the one that it has.
    """

    transport: Transport
    requires: tuple[str, ...]
    when: dict[str, tuple[str, ...]] = {}  # "" stands for: the key is not there
    constants: dict[str, str] = {}
    fields: dict[str, Annotated[FieldMap, BeforeValidator(_field_map)]]

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: dict[str, FieldMap]) -> dict[str, FieldMap]:
        unknown = fields.keys() - McpServer.model_fields.keys()
        if unknown:
            raise ValueError(f"no such field of an item: {', '.join(sorted(unknown))}")
        return fields


class FileModel(_Model):
    """One file: where it is (of several paths the chosen one), and how the client reads and locks it."""

    paths: Paths
    choose: Literal["set", "exists"] = "set"  # the first whose variables are set; or of those that exist, else the last
    format: Format
    strictness: StrictnessModel = StrictnessModel()
    lock: LockModel | None = None
    create: dict[str, str | int | bool] = {}  # what a file that we make must hold besides

    @property
    def accepts(self) -> Strictness:
        """What the client's own parser takes."""
        return Strictness(**self.strictness.model_dump())


class _Endpoint(FileModel):
    scope: Literal["user", "project"]
    beside: dict[str, FileModel] = {}  # files that hold a part of the truth, by the role that the lens knows them by
    folder: str = ""  # a glob: the path leads to a folder of such files, each with one item
    reads_only: bool = False  # the client reads this file, which belongs to others, and writes to another one


class McpEndpoint(_Endpoint):
    """Where the client keeps MCP servers in one scope."""

    kind: Literal[Kind.MCP]
    root: tuple[str, ...] = Field(min_length=1)
    references: References
    names: Pattern = ".+"
    unmapped: tuple[str, ...] = ()  # fields that we cannot say elsewhere and must not lose: their entry stays as it is
    off_list: tuple[str, ...] = ()  # where a list names the servers that are off
    only_list: tuple[str, ...] = ()  # where a list names the only servers that are on
    shapes: tuple[Shape, ...] = Field(min_length=1)


Endpoint: TypeAlias = McpEndpoint


class Descriptor(_Model):
    """One client."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    verified: Literal["run", "source", "docs"]
    seen_on: tuple[str, ...] = ()
    presence: Paths
    endpoints: tuple[Endpoint, ...] = Field(min_length=1)

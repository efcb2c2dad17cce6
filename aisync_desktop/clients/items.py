"""Items: the units of sync, in the client-neutral schema, and the unified config that holds those of one scope.

An item is a frozen pydantic model; `fields()` gives it as plain values without what is not said, which is what diff,
merge, the database and the lenses work on. Keys are stable in (scope, kind): a server's name, SHARED for the one
text of rules that every client of the scope reads, the name of its file for any other rule, a permission's subject.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from aisync_desktop.kernel.errors import BugError
from aisync_desktop.kernel.texts import plain_text
from aisync_desktop.kernel.values import Value
from aisync_desktop.permissions.language import Action

Fields: TypeAlias = Mapping[str, Value]


class Kind(StrEnum):
    """What sort of thing an item is."""

    MCP = "mcp"
    RULES = "rules"
    PERMISSIONS = "permissions"


class Scope(NamedTuple):
    """`user`, or `project` with its root folder. Scopes never mix."""

    root: str = ""

    def __str__(self) -> str:
        """Return the form that is stored and shown."""
        return f"project:{self.root}" if self.root else "user"

    @classmethod
    def parse(cls, shown: str) -> Self:
        """Read what `__str__` wrote."""
        return cls(shown.removeprefix("project:")) if shown.startswith("project:") else cls()


USER = Scope()
SHARED = "shared"  # the name of the rules that all clients of a scope read, as opposed to one rule among others


class ItemKey(NamedTuple):
    """The name of an item in its scope."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        """Return the form that is stored and shown."""
        return f"{self.kind}/{self.name}"

    @classmethod
    def parse(cls, shown: str) -> Self:
        """Read what `__str__` wrote; names may hold slashes themselves."""
        kind, _, name = shown.partition("/")
        return cls(Kind(kind), name)


class Transport(StrEnum):
    """How a client talks to an MCP server."""

    STDIO = "stdio"
    HTTP = "http"
    SSE = "sse"
    WS = "ws"


_STARTED = frozenset({"command", "args", "env", "cwd"})  # fields of a server that is started
_CONNECTED = frozenset({"url", "headers"})  # fields of one that is there already


def fits_transport(field: str, transport: Value) -> bool:
    """Whether a server of this transport can have a field: one that is connected to has no command."""
    return field not in (_CONNECTED if transport == Transport.STDIO else _STARTED)


class _Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @classmethod
    def of(cls, item: _Item) -> Self:
        """Return the item as one of this kind: who reads one kind is never handed another."""
        if not isinstance(item, cls):
            raise BugError(f"{type(item).__name__} for {cls.__name__}")
        return item

    def __eq__(self, other: object) -> bool:
        """Tell whether two say the same; mostly it is the same object, of which pydantic would compare every field."""
        return self is other or super().__eq__(other)

    __hash__ = BaseModel.__hash__

    def fields(self) -> dict[str, Value]:
        """Return what is said, as plain values; the transport of a server and the text of a rule always are."""
        return dict(self._said)

    @cached_property
    def _said(self) -> Fields:
        return self.model_dump(mode="json", exclude_defaults=True)


class McpServer(_Item):
    """One MCP server. References to environment variables are written `${NAME}` or `${NAME:-default}`."""

    transport: Transport = Field(Transport.STDIO, strict=False)
    command: str | None = None
    args: tuple[str, ...] = Field((), strict=False)
    env: dict[str, str] = Field(default_factory=dict)  # a plain {} would be copied deeply for each item
    cwd: str | None = None
    url: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    enabled: bool = True
    timeout_ms: int | None = Field(None, gt=0)
    startup_timeout_ms: int | None = Field(None, gt=0)
    only_tools: tuple[str, ...] | None = Field(None, strict=False)  # () is: no tool at all
    hidden_tools: tuple[str, ...] = Field((), strict=False)

    @property
    def is_complete(self) -> bool:
        """Whether it says what to start, or where to connect to: else no client can have it."""
        return bool(self.command if self.transport is Transport.STDIO else self.url)

    @cached_property
    def _said(self) -> Fields:
        return {"transport": self.transport.value, **super()._said}


class Rule(_Item):
    """One text of instructions. How a file spells its line endings and blank edges is that file's own affair."""

    text: Annotated[str, AfterValidator(plain_text), Field(min_length=1)]
    description: str | None = Field(None, min_length=1)
    paths: tuple[str, ...] | None = Field(None, strict=False, min_length=1)  # globs: the files that it is about
    activation: Literal["always", "paths", "agent", "manual"] = "always"  # agent: it decides by the description

    @property
    def is_complete(self) -> bool:
        """Whether a client can have it; a rule without a text cannot even be made."""
        return True

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.activation == "paths") != (self.paths is not None):
            raise ValueError("paths belong to a rule that they activate, and to no other")
        if self.activation == "agent" and self.description is None:
            raise ValueError("an agent decides by the description")
        return self


class Permission(_Item):
    """What is to happen to the requests that a subject is about, which is the item's name."""

    action: Action = Field(strict=False)

    @property
    def is_complete(self) -> bool:
        """Whether a client can have it."""
        return True


# How a server is used rather than what is started, and what a rule is called: who does not say it does not deny it.
AMENDMENTS = frozenset({"timeout_ms", "startup_timeout_ms", "only_tools", "hidden_tools", "description"})
Item: TypeAlias = McpServer | Rule | Permission
Items: TypeAlias = Mapping[ItemKey, Item]
Renamed: TypeAlias = frozenset[tuple[ItemKey, ItemKey]]  # old names with new ones; one item may have got several


_MODELS: Mapping[Kind, type[Item]] = {Kind.MCP: McpServer, Kind.RULES: Rule, Kind.PERMISSIONS: Permission}


def item_of(key: ItemKey, fields: Fields) -> Item:
    """Make an item from plain values; what is not of the schema is a pydantic ValidationError."""
    return _MODELS[key.kind].model_validate(dict(fields))


def to_payload(items: Items) -> dict[str, Value]:
    """Return items as JSON-able values, in an order that depends on nothing but the keys."""
    return {str(key): items[key].fields() for key in sorted(items)}


def from_payload(payload: Mapping[str, Value]) -> dict[ItemKey, Item]:
    """Read what `to_payload` wrote."""
    keyed = ((ItemKey.parse(shown), fields) for shown, fields in payload.items() if isinstance(fields, dict))
    return {key: item_of(key, fields) for key, fields in keyed}


class UnifiedConfig(BaseModel):
    """All items of one scope, in the client-neutral schema: what a snapshot keeps."""

    model_config = ConfigDict(frozen=True)

    scope: str = str(USER)
    mcp: dict[str, McpServer] = {}
    rules: dict[str, Rule] = {}
    permissions: dict[str, Permission] = {}

    @classmethod
    def of(cls, scope: Scope, items: Items) -> Self:
        """Gather the items of a scope."""
        by_key = sorted(items.items())
        return cls(
            scope=str(scope),
            mcp={key.name: item for key, item in by_key if isinstance(item, McpServer)},
            rules={key.name: item for key, item in by_key if isinstance(item, Rule)},
            permissions={key.name: item for key, item in by_key if isinstance(item, Permission)},
        )

    def items(self) -> dict[ItemKey, Item]:
        """Return the items by key."""
        servers = {ItemKey(Kind.MCP, name): server for name, server in self.mcp.items()}
        rules = {ItemKey(Kind.RULES, name): rule for name, rule in self.rules.items()}
        return servers | rules | {ItemKey(Kind.PERMISSIONS, name): one for name, one in self.permissions.items()}

    def payload(self) -> dict[str, Value]:
        """Return the JSON-able form that is stored."""
        return to_payload(self.items())

    def hash(self) -> str:
        """Return a name for this content, equal whenever the content is."""
        canonical = json.dumps(self.payload(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

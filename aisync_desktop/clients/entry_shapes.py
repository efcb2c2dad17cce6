"""The shapes of an entry in a client's file: which fields of an item stand where, and how each is spelled there."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, field_validator

from aisync_desktop.clients.items import McpServer, Transport


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
    BRACES = "braces"  # {env:NAME}; {file:PATH} stands for a file's content
    SECRETS = "secrets"  # ${{ secrets.NAME }}
    SHELL = "shell"  # $NAME, ${NAME} and ${NAME:-default}, as in a shell: $(...) and `...` are run
    UNKNOWN = "unknown"  # never observed: nothing that looks like a reference crosses


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(str(error)) from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


@cache
def key_path(key: str) -> tuple[str, ...]:
    """Return the way to a field, from the entry: a dot leads into a map inside it."""
    return tuple(key.split("."))


class FieldMap(_Model):
    """Where one neutral field stands in an entry, and how the client spells its value."""

    key: str
    scale: float | None = Field(None, gt=0)  # what the client's number is multiplied by to get ours
    whole: bool = False  # the client takes whole numbers only
    least: int | None = None  # the bounds of the client's number
    most: int | None = None
    inverted: bool = False  # the client says the opposite: `disabled` for `enabled`
    everything: tuple[str, ...] | None = None  # the list that means "all of them", which ours says by saying nothing
    always: bool = False  # the field is written where ours says nothing, too
    references: References | None = None  # where they are other ones in this field than in the rest of the entry
    bare_names: bool = False  # a value that is nothing but the name of a variable is replaced by its value
    shell: bool = False  # the client hands the text to a shell
    refuses: Pattern = ""  # the names in the map that the client does not take
    # Where the client refers to variables by fields of their own; none of it is text that it expands.
    same_named: str = ""  # a list of names: each is passed on under its own name, `K=${K}`
    by_variable: str = ""  # a map from a name to the variable that holds the whole value, `${V}`
    bearer: str = ""  # the variable that holds the token of `Authorization: Bearer ${V}`

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the field, from the entry."""
        return key_path(self.key)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key in which a part of the field can stand."""
        return tuple(key for key in (self.key, self.same_named, self.by_variable, self.bearer) if key)


def _field_map(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


class Shape(_Model):
    """One form of an entry: when it applies, the constants that a new one gets, and its fields.

    A new entry gets the first shape of its transport; an entry keeps the one that it has.
    """

    transport: Transport
    also: tuple[Transport, ...] = ()  # the client finds out itself whether the server talks in one of these ways
    requires: tuple[str, ...]
    when: dict[str, tuple[str, ...]] = {}  # "" stands for: the key is not there
    constants: dict[str, JsonValue] = {}
    argv: str = ""  # the key of one list that holds the command and its arguments
    fields: dict[str, Annotated[FieldMap, BeforeValidator(_field_map, json_schema_input_type=str | FieldMap)]]

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: dict[str, FieldMap]) -> dict[str, FieldMap]:
        unknown = fields.keys() - McpServer.model_fields.keys()
        if unknown:
            raise ValueError(f"no such field of an item: {', '.join(sorted(unknown))}")
        return fields

    @property
    def says(self) -> frozenset[str]:
        """The fields of an item that an entry of this shape can say."""
        return frozenset({"transport", *self.fields, *(("command", "args") if self.argv else ())})

    @property
    def keys(self) -> frozenset[str]:
        """Every key of an entry that means something in this shape."""
        fields = (key for to in self.fields.values() for key in to.keys)
        return frozenset({*fields, *self.constants, *self.when, *((self.argv,) if self.argv else ())})

"""Typed settings, in sections: each part of the program brings a model, each field with its default and its meaning.

Kept as JSON by name; an environment variable `AISYNC_<NAME>` wins over what is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text


class Section(BaseModel):
    """Some settings. The documentation is made from the field descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid")


AnySection = TypeVar("AnySection", bound=Section)


class SettingRefusedError(WorldError):
    """A value that a setting cannot have."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            text("settings.refused"),
            text("settings.refused.message", name=name, reason=reason),
            text("settings.refused.next", name=name, variable=variable(name)),
        )


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"AISYNC_{name.upper()}"


def parse_value(raw: str) -> object:
    """Read a value as the user types it: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def check(section: type[AnySection], values: Mapping[str, object]) -> AnySection:
    """Return the settings of these values, or say which one is wrong."""
    try:
        return section.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingRefusedError(".".join(str(part) for part in first["loc"]), first["msg"]) from error


def load(section: type[AnySection], stored: Mapping[str, object], environ: Mapping[str, str]) -> AnySection:
    """Merge defaults, the stored values and the environment; a bad value is a SettingRefusedError."""
    known = section.model_fields
    merged = {name: value for name, value in stored.items() if name in known}
    merged |= {name: parse_value(environ[variable(name)]) for name in known if variable(name) in environ}
    return check(section, merged)

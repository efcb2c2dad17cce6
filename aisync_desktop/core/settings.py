"""The typed settings: one model, each field with its default and its meaning.

Kept in the database's `setting` table as JSON by name; an environment variable `AISYNC_<NAME>` wins over it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.messages import text
from aisync_desktop.core.policy import Policy


class Settings(BaseModel):
    """All settings. The documentation is made from the field descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Literal["system", "en", "ko"] = Field("system", description="Language of the interface.")
    appearance: Literal["system", "light", "dark"] = Field("system", description="Colours of the windows.")
    port: int = Field(8377, ge=0, le=65535, description="Port of the local API on 127.0.0.1; 0 takes a free one.")
    api: bool = Field(default=True, description="Serve the local HTTP API while the app runs.")
    notifications: Literal["all", "important", "none"] = Field(
        "important", description="Which events raise a desktop notification."
    )
    explain_close: bool = Field(
        default=True, description="Explain, when the window is closed, that syncing goes on in the tray."
    )
    rescan_idle_seconds: int = Field(15, ge=2, le=3600, description="Pause between two rescans with no window open.")
    rescan_open_seconds: int = Field(2, ge=1, le=3600, description="Pause between two rescans with a window open.")
    policy_mcp: str = Field(
        "merge,ask",
        description="What settles conflicts of servers: merge, priority, latest, ask; the first that can.",
    )
    policy_rules: str = Field("merge,ask", description="What settles conflicts of rules; as `policy_mcp`.")
    policy_permissions: str = Field("merge,ask", description="What settles conflicts of permissions; as `policy_mcp`.")
    loosening: Literal["ask", "equal"] = Field(
        "ask",
        description="When a client allows more: ask before others do, or follow where it means exactly the same there; "
        "in a project, where a repository may say it, it is always asked.",
    )
    priority: str = Field("", description="The clients by priority, as ids with commas: what `priority` goes by.")
    history_days: int = Field(
        365,
        ge=7,
        le=36_500,
        description="Days that versions and snapshots are kept; the newest and first always are. "
        "Only days that were lived through count: a clock that is wrong deletes nothing.",
    )
    log_days: int = Field(90, ge=1, le=36_500, description="Days that log lines are kept; counted as `history_days`.")
    lost_text: Literal["ask", "restore", "accept"] = Field(
        "ask",
        description="What to do when a client drops comments, or settings that AISync does not know, from its file: "
        "ask, put them back, or let them go.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

    @field_validator("policy_mcp", "policy_rules", "policy_permissions")
    @classmethod
    def _is_chain(cls, chain: str) -> str:
        Policy.parse(chain)
        return chain


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"AISYNC_{name.upper()}"


def parse_value(raw: str) -> object:
    """Read a value as the user types it: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(raw)
    except ValueError:
        return raw


class SettingRefusedError(WorldError):
    """A value that a setting cannot have."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            text("settings.refused"),
            text("settings.refused.message", name=name, reason=reason),
            text("settings.refused.next", name=name, variable=variable(name)),
        )


def check_settings(values: Mapping[str, object]) -> Settings:
    """Return the settings of these values, or say which one is wrong."""
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingRefusedError(".".join(str(part) for part in first["loc"]), first["msg"]) from error


def load_settings(stored: Mapping[str, object], environ: Mapping[str, str]) -> Settings:
    """Merge defaults, the stored values and the environment; a bad value is a SettingRefusedError."""
    known = Settings.model_fields
    merged = {name: value for name, value in stored.items() if name in known}
    merged |= {name: parse_value(environ[variable(name)]) for name in known if variable(name) in environ}
    return check_settings(merged)

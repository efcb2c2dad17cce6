"""The settings of sync."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from aisync_desktop.kernel.settings import Section
from aisync_desktop.sync.model.policy import Policy


class SyncSettings(Section):
    """What settles conflicts, what is asked, how long history is kept."""

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
    keyring: bool = Field(
        default=True,
        description="Whether secrets, and the key of the history, go into the keyring of the operating system; else "
        "they are kept in AISync's own folder, encrypted, and the key in a file that only you can read.",
    )
    lost_text: Literal["ask", "restore", "accept"] = Field(
        "ask",
        description="What to do when a client drops comments, or settings that AISync does not know, from its file: "
        "ask, put them back, or let them go.",
    )

    @field_validator("policy_mcp", "policy_rules", "policy_permissions")
    @classmethod
    def _is_chain(cls, chain: str) -> str:
        Policy.parse(chain)
        return chain

"""The settings that are of the program as a whole, and where those of its parts are."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

from pydantic import Field

from aisync_desktop.kernel.settings import Section

# Where each section is, as `module:class`, looked up when the sections are wanted: the program keeps the settings of
# wings that it does not know. A wing brings its own line here.
SECTIONS = ["aisync_desktop.program.settings:ProgramSettings", "aisync_desktop.sync.settings:SyncSettings"]


def sections() -> tuple[type[Section], ...]:
    """Return the sections of settings of all parts of the program."""
    return tuple(map(_found, SECTIONS))


def _found(place: str) -> type[Section]:
    module, _, name = place.partition(":")
    section: type[Section] = getattr(import_module(module), name)
    return section


class ProgramSettings(Section):
    """How it looks and speaks, what it serves, how much it logs."""

    language: Literal["system", "en", "ko"] = Field("system", description="Language of the interface.")
    appearance: Literal["system", "light", "dark"] = Field("system", description="Colours of the windows.")
    text_size: int = Field(100, ge=80, le=200, description="Size of the text in the windows, in per cent.")
    reduce_motion: bool = Field(default=False, description="Nothing in the windows moves.")
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
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

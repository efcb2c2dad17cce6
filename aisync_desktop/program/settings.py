"""The settings that are of the program as a whole, and where those of its parts are."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from aisync_desktop.kernel.settings import Section

# Where each section is, as `module:class`, looked up when the sections are wanted: the program keeps the settings of
# wings that it does not know. A wing brings its own line here.
SECTIONS = ["aisync_desktop.program.settings:ProgramSettings", "aisync_desktop.sync.settings:SyncSettings"]
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")


def sections() -> tuple[type[Section], ...]:
    """Return the sections of settings of all parts of the program."""
    return tuple(map(_found, SECTIONS))


def _found(place: str) -> type[Section]:
    module, _, name = place.partition(":")
    section: type[Section] = getattr(import_module(module), name)
    return section


def origins_in(listed: str) -> frozenset[str]:
    """Return the origins that a list with commas names; "*" and "null", which are anybody, are none."""
    return frozenset(part for part in (part.strip() for part in listed.split(",")) if part)


def _are_origins(listed: str) -> str:
    for one in origins_in(listed):
        if not _ORIGIN.fullmatch(one):
            raise ValueError(f"{one!r} is no origin, such as http://localhost:3000")
    return listed


class ProgramSettings(Section):
    """How it looks and speaks, what it serves, how much it logs."""

    language: Literal["system", "en", "ko"] = Field("system", description="Language of the interface.")
    appearance: Literal["system", "light", "dark"] = Field("system", description="Colours of the windows.")
    text_size: int = Field(100, ge=80, le=200, description="Size of the text in the windows, in per cent.")
    reduce_motion: bool = Field(default=False, description="Nothing in the windows moves.")
    port: int = Field(8377, ge=0, le=65535, description="Port of the local API on 127.0.0.1; 0 takes a free one.")
    api: bool = Field(default=True, description="Serve the local HTTP API while the app runs.")
    api_origins: Annotated[str, AfterValidator(_are_origins)] = Field(
        "",
        max_length=2_000,
        description="Web pages that may call the local API with a token: their exact origins, with commas "
        "(`http://localhost:3000`). Without any, none may.",
    )
    notifications: Literal["all", "important", "none"] = Field(
        "important", description="Which events raise a desktop notification."
    )
    explain_close: bool = Field(
        default=True, description="Explain, when the window is closed, that syncing goes on in the tray."
    )
    rescan_idle_seconds: int = Field(15, ge=2, le=3600, description="Pause between two rescans with no window open.")
    rescan_open_seconds: int = Field(2, ge=1, le=3600, description="Pause between two rescans with a window open.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

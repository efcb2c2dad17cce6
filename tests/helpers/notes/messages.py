"""What the wing of notes says."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "notes.kept": QT_TRANSLATE_NOOP("messages", "Notes kept: {count} of {limit}."),
}

"""What is said when AISync itself failed."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "bug": QT_TRANSLATE_NOOP("messages", "This is a fault of AISync itself. Report it, with the file {path}."),
}

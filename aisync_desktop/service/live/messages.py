"""What keeps the live loop from watching or working."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "pipeline.unwatchable": QT_TRANSLATE_NOOP("messages", "Some folders cannot be watched"),
    "pipeline.unwatchable.message": QT_TRANSLATE_NOOP(
        "messages", "{count} {count:folder is|folders are} looked at every {seconds} {seconds:second|seconds} instead."
    ),
    "pipeline.unwatchable.next": QT_TRANSLATE_NOOP("messages", "Raise the system's limit: {command}"),
    "pipeline.unwatchable.other": QT_TRANSLATE_NOOP("messages", "Nothing needs to be done; changes are seen later."),
    "status.error": QT_TRANSLATE_NOOP("messages", "Syncing has stopped because of an error"),
}

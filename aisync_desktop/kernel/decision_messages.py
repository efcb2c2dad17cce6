"""The English templates of later kinds of decisions; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

DECISIONS: dict[str, str] = {
    "decision.lost-text.both": QT_TRANSLATE_NOOP(
        "messages",
        "{client} dropped comments ({comments}) and settings that AISync does not know ({keys}) from {file}. "
        "Are they to be put back?",
    ),
    "decision.lost-text.keys": QT_TRANSLATE_NOOP(
        "messages",
        "{client} dropped settings that AISync does not know ({keys}) from {file}. Are they to be put back?",
    ),
    "decision.unread": QT_TRANSLATE_NOOP(
        "messages",
        "The file of {clients} cannot be read at present. What it said last still counts; your answer is written there "
        "as soon as it can be read again.",
    ),
    "guard.unread": QT_TRANSLATE_NOOP("messages", "It waits for you, and its file cannot be read at present."),
    "decision.not-asked": QT_TRANSLATE_NOOP("messages", "That is not what is asked"),
    "decision.not-asked.message": QT_TRANSLATE_NOOP("messages", "The question is not about “{item}”."),
    "decision.project-servers": QT_TRANSLATE_NOOP(
        "messages",
        "New or changed servers in the project “{project}” ({count}): {items}. "
        "May they come into its other files, so that other assistants start them, too?",
    ),
    "decision.project-servers.how": QT_TRANSLATE_NOOP(
        "messages", "Once allowed, other assistants start them, or connect to them, as these lines say."
    ),
    "loss.server-left": QT_TRANSLATE_NOOP(
        "messages", "It stays in the file where it stands, as you said; adding the project again asks anew."
    ),
    "decision.rename": QT_TRANSLATE_NOOP("messages", "“{item}” was given different names: {names}."),
}

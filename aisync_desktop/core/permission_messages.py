"""The English templates of what is said about permissions; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.core.translatable import QT_TRANSLATE_NOOP

PERMISSIONS: dict[str, str] = {
    "decision.wider.allow": QT_TRANSLATE_NOOP("messages", "“{item}” is allowed elsewhere: allow it here, too?"),
    "decision.wider.ask": QT_TRANSLATE_NOOP("messages", "“{item}” is only asked about elsewhere: loosen it here, too?"),
    "decision.wider.none": QT_TRANSLATE_NOOP(
        "messages", "“{item}” is no longer restricted elsewhere: loosen it here, too?"
    ),
    "loss.permission-action": QT_TRANSLATE_NOOP("messages", "The client has no word for “{action}” here."),
    "loss.permission-matcher": QT_TRANSLATE_NOOP("messages", "The client's rules cannot say what this one is about."),
    "loss.permission-hidden": QT_TRANSLATE_NOOP(
        "messages", "Here a tool is taken away in the server's own entry, which is kept in step as such."
    ),
    "loss.permission-opaque": QT_TRANSLATE_NOOP(
        "messages", "Other clients do not get this rule: they have none that means the same."
    ),
    "loss.permission-order": QT_TRANSLATE_NOOP(
        "messages", "Beside the rule “{rule}” it could not have the effect here that it has elsewhere."
    ),
    "loss.permission-server": QT_TRANSLATE_NOOP("messages", "The server “{server}” is not in this file."),
    "loss.permission-tool": QT_TRANSLATE_NOOP("messages", "The client has no rules for what this one is about."),
    "loss.permission-weaker": QT_TRANSLATE_NOOP("messages", "It stops less here. This would pass: {examples}"),
    "loss.permission-wider-left": QT_TRANSLATE_NOOP("messages", "You did not want it to be loosened here."),
    "permission.not-a-list": QT_TRANSLATE_NOOP("messages", "A list of rules is something else."),
    "permission.condition": QT_TRANSLATE_NOOP("messages", "it counts under a condition that other clients do not know"),
    "permission.hidden": QT_TRANSLATE_NOOP("messages", "it belongs to the server, with which it is kept in step"),
    "permission.pattern": QT_TRANSLATE_NOOP("messages", "its pattern is of a sort that only this client has"),
    "permission.shadowed": QT_TRANSLATE_NOOP("messages", "another rule of the file always decides before it"),
    "permission.tool": QT_TRANSLATE_NOOP("messages", "it is about a tool that other clients do not have"),
    "permission.unread": QT_TRANSLATE_NOOP("messages", "the client itself ignores it"),
    "permission.default": QT_TRANSLATE_NOOP("messages", "it is what happens where no rule decides"),
}

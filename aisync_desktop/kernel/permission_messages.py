"""The English templates of what is said about permissions; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

PERMISSIONS: dict[str, str] = {
    "allowed.confined.own": QT_TRANSLATE_NOOP("messages", "in the sandbox of your own profile"),
    "allowed.confined.read-only": QT_TRANSLATE_NOOP("messages", "in its sandbox: it only reads"),
    "allowed.confined.workspace": QT_TRANSLATE_NOOP("messages", "in its sandbox: it writes in this folder only"),
    "allowed.judged": QT_TRANSLATE_NOOP("messages", "a model decides, not you"),
    "allowed.no-rules": QT_TRANSLATE_NOOP("messages", "Nothing can be said of this client"),
    "allowed.no-rules.message": QT_TRANSLATE_NOOP(
        "messages", "{client} is not on this machine, or keeps its permissions where AISync does not look."
    ),
    "allowed.no-rules.next": QT_TRANSLATE_NOOP("messages", "Ask all of them: `aisync allowed all …`."),
    "audit.anything": QT_TRANSLATE_NOOP("messages", "runs any program at all"),
    "audit.deletion": QT_TRANSLATE_NOOP("messages", "deletes files"),
    "audit.download": QT_TRANSLATE_NOOP("messages", "runs what it has just downloaded"),
    "audit.fetch": QT_TRANSLATE_NOOP("messages", "fetches from any host"),
    "audit.interpreter": QT_TRANSLATE_NOOP("messages", "runs an interpreter, and so any program"),
    "audit.judged": QT_TRANSLATE_NOOP("messages", "lets a model decide what you are not asked about"),
    "audit.keys": QT_TRANSLATE_NOOP("messages", "reads private keys"),
    "audit.open": QT_TRANSLATE_NOOP("messages", "does whatever it wants, and nothing confines it"),
    "audit.packages": QT_TRANSLATE_NOOP("messages", "installs and runs any package"),
    "audit.root": QT_TRANSLATE_NOOP("messages", "runs programs as root"),
    "audit.servers": QT_TRANSLATE_NOOP("messages", "calls every tool of every server"),
    "audit.startup": QT_TRANSLATE_NOOP("messages", "writes files that are run when a shell starts"),
    "audit.substitution": QT_TRANSLATE_NOOP("messages", "runs any program inside a command that is allowed"),
    "cli.allowed.by": QT_TRANSLATE_NOOP("messages", "{rule} in {path}"),
    "cli.allowed.default": QT_TRANSLATE_NOOP("messages", "no rule is about it"),
    "cli.allowed.limited": QT_TRANSLATE_NOOP("messages", "{reason} ({limits})"),
    "cli.allowed.mode": QT_TRANSLATE_NOOP("messages", "its mode is “{mode}” in {path}"),
    "cli.permissions.danger": QT_TRANSLATE_NOOP("messages", "without asking, it {what}: {example}"),
    "cli.permissions.mode": QT_TRANSLATE_NOOP("messages", "without asking, it {what}"),
    "cli.permissions.none": QT_TRANSLATE_NOOP("messages", "No client here has permissions in a file."),
    "cli.permissions.not-at": QT_TRANSLATE_NOOP("messages", "not at: {clients}"),
    "decision.wider.allow": QT_TRANSLATE_NOOP("messages", "“{item}” is allowed elsewhere: allow it here, too?"),
    "decision.wider.ask": QT_TRANSLATE_NOOP("messages", "“{item}” is only asked about elsewhere: loosen it here, too?"),
    "decision.wider.unsandboxed": QT_TRANSLATE_NOOP("messages", "there it would run outside the sandbox"),
    "decision.wider.none": QT_TRANSLATE_NOOP(
        "messages", "“{item}” is no longer restricted elsewhere: loosen it here, too?"
    ),
    "decision.wider.tools": QT_TRANSLATE_NOOP(
        "messages", "More tools of “{item}” are open elsewhere: open them here, too?"
    ),
    "decision.wider.examples": QT_TRANSLATE_NOOP("messages", "it would also allow: {examples}"),
    "loss.permission-action": QT_TRANSLATE_NOOP("messages", "The client has no word for “{action}” here."),
    "loss.permission-elsewhere": QT_TRANSLATE_NOOP(
        "messages", "The client keeps a list of its own for this, which one in the file would replace."
    ),
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
    "loss.permission-weaker.deny": QT_TRANSLATE_NOOP("messages", "Not denied here, unlike at {clients}: {examples}"),
    "loss.permission-weaker.ask": QT_TRANSLATE_NOOP(
        "messages", "Not asked about here, unlike at {clients}: {examples}"
    ),
    "loss.permission-weaker.deny.meant": QT_TRANSLATE_NOOP(
        "messages", "Not denied here, although it is meant: {examples}"
    ),
    "loss.permission-weaker.ask.meant": QT_TRANSLATE_NOOP(
        "messages", "Not asked about here, although it is meant: {examples}"
    ),
    "loss.permission-wider-left": QT_TRANSLATE_NOOP("messages", "You did not want it to be loosened here."),
    "permission.not-a-list": QT_TRANSLATE_NOOP("messages", "A list of rules is something else."),
    "permission.condition": QT_TRANSLATE_NOOP("messages", "it counts under a condition that other clients do not know"),
    "permission.hidden": QT_TRANSLATE_NOOP("messages", "it belongs to the server, with which it is kept in step"),
    "permission.part": QT_TRANSLATE_NOOP("messages", "what it takes away, another tool of the client does as well"),
    "permission.pattern": QT_TRANSLATE_NOOP("messages", "its pattern is of a sort that only this client has"),
    "permission.secret": QT_TRANSLATE_NOOP("messages", "there is a secret in it"),
    "permission.shadowed": QT_TRANSLATE_NOOP("messages", "another rule of the file always decides before it"),
    "permission.tool": QT_TRANSLATE_NOOP("messages", "it is about a tool that other clients do not have"),
    "permission.unread": QT_TRANSLATE_NOOP("messages", "the client itself ignores it"),
    "permission.default": QT_TRANSLATE_NOOP("messages", "it is what happens where no rule decides"),
}

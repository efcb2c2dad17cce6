"""The English templates of the launcher (`aisync exec`); `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

LAUNCH: dict[str, str] = {
    "exec.failed": QT_TRANSLATE_NOOP("messages", "“{server}” was not started"),
    "exec.changed": QT_TRANSLATE_NOOP(
        "messages", "It starts something else than when you agreed that it gets its secrets."
    ),
    "exec.changed.next": QT_TRANSLATE_NOOP(
        "messages", "Look at it with `aisync items`; if it is meant, agree again: `aisync doctor` names the repair."
    ),
    "exec.not-agreed": QT_TRANSLATE_NOOP("messages", "You have not agreed yet that it gets its secrets from AISync."),
    "exec.not-agreed.next": QT_TRANSLATE_NOOP(
        "messages", "Look at it with `aisync items`; if it is yours, agree to it: `aisync doctor` names the repair."
    ),
    "exec.depends": QT_TRANSLATE_NOOP(
        "messages",
        "Its “{field}” refers to a variable, or to the folder that one is in: whoever starts it would choose which "
        "program gets its secrets.",
    ),
    "exec.depends.next": QT_TRANSLATE_NOOP(
        "messages", "Write out whole paths there; variables can be referred to in the server's environment."
    ),
    "exec.gone": QT_TRANSLATE_NOOP("messages", "The program {program} that you agreed to is not there any more."),
    "exec.gone.next": QT_TRANSLATE_NOOP(
        "messages", "Install it again; if it has moved, agree again: `aisync doctor` names the repair."
    ),
    "exec.loop": QT_TRANSLATE_NOOP("messages", "Its command is AISync's launcher again."),
    "exec.loop.next": QT_TRANSLATE_NOOP("messages", "Give it the command of the real server at one of the clients."),
    "exec.no-folder": QT_TRANSLATE_NOOP("messages", "The folder that it is to start in cannot be entered: {reason}."),
    "exec.no-folder.next": QT_TRANSLATE_NOOP("messages", "Mend its “cwd”, or make the folder."),
    "exec.no-memory": QT_TRANSLATE_NOOP("messages", "What AISync knows cannot be read: {reason}."),
    "exec.no-memory.next": QT_TRANSLATE_NOOP("messages", "Run `aisync status`; before `aisync init` nothing is known."),
    "exec.no-program": QT_TRANSLATE_NOOP("messages", "The program “{command}” cannot be started: {reason}."),
    "exec.no-program.next": QT_TRANSLATE_NOOP("messages", "Install it, or mend the command at one of the clients."),
    "exec.no-value": QT_TRANSLATE_NOOP("messages", "The value of its variable “{name}” is not in the safe."),
    "exec.no-value.next": QT_TRANSLATE_NOOP("messages", "Give it anew: `aisync secrets set {reference}`."),
    "exec.not-stdio": QT_TRANSLATE_NOOP("messages", "It is a server to connect to: there is nothing to start."),
    "exec.not-stdio.next": QT_TRANSLATE_NOOP("messages", "Give the client the server's address instead."),
    "exec.secret-in-args": QT_TRANSLATE_NOOP(
        "messages", "A secret stands in its “{field}”, where every program on this machine could read it."
    ),
    "exec.secret-in-args.next": QT_TRANSLATE_NOOP(
        "messages", "Pass it in a variable of the server's environment instead."
    ),
    "exec.unknown": QT_TRANSLATE_NOOP("messages", "AISync knows no server of this name in {place}."),
    "exec.unknown.next": QT_TRANSLATE_NOOP("messages", "See `aisync items --kind mcp`, or run `aisync sync`."),
    "exec.unset": QT_TRANSLATE_NOOP("messages", "It needs the environment variable {name}, which is not set."),
    "exec.unset.next": QT_TRANSLATE_NOOP(
        "messages", "Set it where the client is started, or give a default: {reference}."
    ),
    "lens.launcher": QT_TRANSLATE_NOOP(
        "messages", "It has AISync start a server that AISync does not know; the entry stays here."
    ),
}

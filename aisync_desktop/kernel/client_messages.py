"""The English templates of what is told about clients; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

CLIENTS: dict[str, str] = {
    "cli.machine.container": QT_TRANSLATE_NOOP(
        "messages", "Found in a container: the clients of the machine around it are not looked at."
    ),
    "cli.machine.ssh": QT_TRANSLATE_NOOP(
        "messages", "Found over SSH: the clients of the machine at which you sit are not looked at."
    ),
    "cli.machine.wsl": QT_TRANSLATE_NOOP("messages", "Found in WSL: the clients of Windows itself are not looked at."),
    "cli.program.between": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}, version {version}; checked against {seen}, before and after it"
    ),
    "cli.program.newer": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}; checked against {seen}, found {version}, which is newer"
    ),
    "cli.program.older": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}; checked against {seen}, found {version}, which is older"
    ),
    "cli.program.windows": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}, which is of Windows and keeps its files there"
    ),
    "cli.rejected": QT_TRANSLATE_NOOP("messages", "A description that cannot be used: {path}"),
    "client.restart": QT_TRANSLATE_NOOP(
        "messages", "{client} is running and writes its file from memory: what was written applies after restart."
    ),
}

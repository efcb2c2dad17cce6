"""Which rooms have sentences for people, with the first words of their messages' codes.

Names only, so that a message of any room can be shown by a program that has not met the room, and nothing is imported
for one that is never said. A wing brings its own line here and its `messages.py`; no two rooms have the same code.
"""

from __future__ import annotations

MESSAGE_ROOMS: dict[str, tuple[str, ...]] = {
    "aisync_desktop.kernel": ("plain", "settings"),
    "aisync_desktop.files": ("files",),
    "aisync_desktop.documents": ("documents",),
    "aisync_desktop.secrets": ("secrets",),
    "aisync_desktop.observe": ("bug",),
    "aisync_desktop.database": ("store",),
    "aisync_desktop.program": ("env",),
    "aisync_desktop.clients": ("connector", "lens", "loss", "permission"),
    "aisync_desktop.sync.model": ("activity", "status"),
    "aisync_desktop.sync.store": ("backup",),
    "aisync_desktop.sync.terms": ("decision", "exec", "history", "not-writing", "project", "reach"),
    "aisync_desktop.sync.looking": ("engine", "lens", "loss", "permission"),
    "aisync_desktop.sync.planning": ("decision", "engine", "guard", "lens", "loss", "remedy"),
    "aisync_desktop.sync.applying": ("activity", "choice", "doctor", "engine", "guard", "secrets", "status", "undo"),
    "aisync_desktop.sync.answering": ("adoption", "proposal", "store"),
    "aisync_desktop.sync.reports": ("allowed", "audit", "doctor", "history", "preview", "secrets"),
    "aisync_desktop.service": ("api", "client", "next", "proposal", "request", "setting"),
    "aisync_desktop.service.access": ("access", "password", "token"),
    "aisync_desktop.service.live": ("pipeline", "status"),
    "aisync_desktop.api": ("api", "page"),
    "aisync_desktop.cli": ("app", "backup", "cli", "doctor", "export", "output"),
}

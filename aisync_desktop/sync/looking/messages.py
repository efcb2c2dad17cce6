"""What is said about files and secrets when they are looked at."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "engine.project-gone": QT_TRANSLATE_NOOP("messages", "Project folder not found"),
    "engine.project-gone.message": QT_TRANSLATE_NOOP(
        "messages", "The folder of this project is not there. Nothing of it is taken for deleted."
    ),
    "engine.project-gone.next": QT_TRANSLATE_NOOP(
        "messages", "Bring it back, or take it off the list with `aisync project remove`."
    ),
    "engine.reader-fault": QT_TRANSLATE_NOOP("messages", "A configuration file was left alone"),
    "engine.reader-fault.message": QT_TRANSLATE_NOOP(
        "messages", "AISync stumbled over it by a fault of its own ({kind})."
    ),
    "engine.reader-fault.next": QT_TRANSLATE_NOOP("messages", "Report this; the other files go on."),
    "lens.launcher": QT_TRANSLATE_NOOP(
        "messages", "It has AISync start a server that AISync does not know; the entry stays here."
    ),
    "loss.secret-locked": QT_TRANSLATE_NOOP(
        "messages", "It needs a secret that the keyring does not give now; it is written as soon as it does."
    ),
    "loss.secret-unknown": QT_TRANSLATE_NOOP("messages", "It holds a secret that is in no client's file any more."),
    "loss.secret-unsayable": QT_TRANSLATE_NOOP(
        "messages", "Its secret has a sign (such as $) in it that this client would read as something else."
    ),
    "permission.secret": QT_TRANSLATE_NOOP("messages", "there is a secret in it"),
}

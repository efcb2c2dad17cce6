"""What is said about tokens, the password, and who may ask for what."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "access.missing": QT_TRANSLATE_NOOP("messages", "This token is not allowed to do that"),
    "access.missing.message": QT_TRANSLATE_NOOP("messages", "It lacks “{access}”."),
    "access.missing.next": QT_TRANSLATE_NOOP(
        "messages", "Make one that has it: “aisync token new NAME --may {access}”."
    ),
    "access.slow": QT_TRANSLATE_NOOP("messages", "Too many wrong tokens or passwords"),
    "access.slow.message": QT_TRANSLATE_NOOP(
        "messages", "The next one is looked at in {seconds} {seconds:second|seconds}."
    ),
    "access.slow.next": QT_TRANSLATE_NOOP(
        "messages", "Wait for so long. Who has a token that is good is never made to wait."
    ),
    "access.unknown": QT_TRANSLATE_NOOP("messages", "A token is needed"),
    "access.unknown.message": QT_TRANSLATE_NOOP(
        "messages", "None came with this, or one that is wrong, revoked, or whose time is over."
    ),
    "access.unknown.next": QT_TRANSLATE_NOOP(
        "messages", "`aisync token` prints your own; “aisync token new NAME” makes one for another program."
    ),
    "password.none": QT_TRANSLATE_NOOP("messages", "No password is set"),
    "password.none.message": QT_TRANSLATE_NOOP("messages", "So no token is given out for one."),
    "password.none.next": QT_TRANSLATE_NOOP("messages", "Set one in a terminal: “aisync token password”."),
    "password.wrong": QT_TRANSLATE_NOOP("messages", "The password is wrong"),
    "password.wrong.message": QT_TRANSLATE_NOOP("messages", "No token is given out for it."),
    "password.wrong.next": QT_TRANSLATE_NOOP("messages", "“aisync token password” sets another one."),
    "token.exists": QT_TRANSLATE_NOOP("messages", "There is a token of this name"),
    "token.exists.message": QT_TRANSLATE_NOOP("messages", "“{name}” was made before."),
    "token.exists.next": QT_TRANSLATE_NOOP(
        "messages",
        "Take another name, or give that one another secret: “aisync token rotate {name}”.",
    ),
    "token.many": QT_TRANSLATE_NOOP("messages", "There are too many tokens"),
    "token.many.message": QT_TRANSLATE_NOOP("messages", "There may be {most} at once."),
    "token.many.next": QT_TRANSLATE_NOOP(
        "messages", "“aisync token list” shows them; “aisync token revoke NAME” takes one back."
    ),
    "token.none": QT_TRANSLATE_NOOP("messages", "There is no such token"),
    "token.none.message": QT_TRANSLATE_NOOP("messages", "None has the name “{name}”."),
    "token.none.next": QT_TRANSLATE_NOOP("messages", "“aisync token list” shows them."),
    "token.too-much": QT_TRANSLATE_NOOP("messages", "This token cannot give so much away"),
    "token.too-much.message": QT_TRANSLATE_NOOP(
        "messages",
        "A token makes none that may do more, or lasts longer, than itself, nor does it get the secret of one.",
    ),
    "token.too-much.next": QT_TRANSLATE_NOOP("messages", "Do it in a terminal of your own, with “aisync token”."),
}

"""What is said between a command and the running app, and of how everything stands."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "api.busy": QT_TRANSLATE_NOOP("messages", "The running app is busy"),
    "api.busy.message": QT_TRANSLATE_NOOP(
        "messages", "It has not answered within {seconds} {seconds:second|seconds}; it may still do what was asked."
    ),
    "api.busy.next": QT_TRANSLATE_NOOP("messages", "Look with “aisync status” in a moment, and try again."),
    "api.differs": QT_TRANSLATE_NOOP("messages", "The running app answers otherwise than expected"),
    "api.differs.message": QT_TRANSLATE_NOOP("messages", "It may be of another version than this command."),
    "api.differs.next": QT_TRANSLATE_NOOP("messages", "Quit the app, start it again, and look with “aisync status”."),
    "api.gone": QT_TRANSLATE_NOOP("messages", "The running app has not answered"),
    "api.gone.message": QT_TRANSLATE_NOOP("messages", "It ended before that; it may have done what was asked."),
    "api.refused": QT_TRANSLATE_NOOP("messages", "The running app refused"),
    "api.refused.message": QT_TRANSLATE_NOOP("messages", "It answered {status}: {detail}"),
    "api.refused.next": QT_TRANSLATE_NOOP("messages", "Look at its log, or quit it and try again."),
    "api.token-anew": QT_TRANSLATE_NOOP("messages", "The token of the local API was made anew"),
    "api.token-anew.message": QT_TRANSLATE_NOOP(
        "messages",
        "Its file was empty, or it was none that only you could have written and read, so that somebody else may have "
        "known the token.",
    ),
    "api.token-anew.next": QT_TRANSLATE_NOOP(
        "messages", "Give the new one to the programs that had the old one; `aisync token` prints it."
    ),
    "client.restart": QT_TRANSLATE_NOOP(
        "messages", "{client} is running and writes its file from memory: what was written applies after restart."
    ),
    "next.init": QT_TRANSLATE_NOOP("messages", "Next: “aisync init” shows what would be written, and asks you first."),
    "next.nothing": QT_TRANSLATE_NOOP(
        "messages", "Nothing to do. “aisync history” shows what was changed, “aisync --help” all commands."
    ),
    "next.paused": QT_TRANSLATE_NOOP("messages", "Next: “aisync resume” goes on, and catches up."),
    "next.problems": QT_TRANSLATE_NOOP("messages", "Next: “aisync doctor” examines every file, and says what to do."),
    "next.questions": QT_TRANSLATE_NOOP(
        "messages", "Next: “aisync decisions” shows what is asked; “aisync decide {decision} --take …” answers it."
    ),
    "next.run": QT_TRANSLATE_NOOP(
        "messages", "Next: “aisync run” keeps everything in step from now on; “aisync sync” does it once."
    ),
    "proposal.made": QT_TRANSLATE_NOOP("messages", "This waits for a person"),
    "proposal.made.message": QT_TRANSLATE_NOOP(
        "messages",
        "An assistant or another program asked for it; only a person settles it: it is question {decision}.",
    ),
    "proposal.made.next": QT_TRANSLATE_NOOP(
        "messages",
        "Answer it in the window, or with “aisync decide {decision} --take allow” in a terminal.",
    ),
    "proposal.never": QT_TRANSLATE_NOOP("messages", "Only a person can do this"),
    "proposal.never.message": QT_TRANSLATE_NOOP(
        "messages", "It holds a secret, or may hold one, and none is kept until somebody answers."
    ),
    "proposal.never.next": QT_TRANSLATE_NOOP("messages", "Do it in a terminal of your own."),
    "proposal.unfit": QT_TRANSLATE_NOOP("messages", "This cannot be done any more"),
    "proposal.unfit.message": QT_TRANSLATE_NOOP(
        "messages", "An assistant asked another version of AISync for “{operation}”, which this one does not do so."
    ),
    "proposal.unfit.next": QT_TRANSLATE_NOOP("messages", "“aisync decide {decision} --take leave” lets it go."),
    "setting.unknown": QT_TRANSLATE_NOOP("messages", "There is no such setting"),
    "setting.unknown.message": QT_TRANSLATE_NOOP("messages", "There is no “{name}”. Known are: {known}."),
    "setting.unknown.next": QT_TRANSLATE_NOOP("messages", "“aisync settings get” shows all of them."),
    "request.no-app": QT_TRANSLATE_NOOP("messages", "AISync does not run"),
    "request.no-app.message": QT_TRANSLATE_NOOP("messages", "There is no window to show."),
    "request.no-app.next": QT_TRANSLATE_NOOP("messages", "Start it with “aisync run”."),
    "request.refused": QT_TRANSLATE_NOOP("messages", "This cannot be asked for so"),
    "request.refused.message": QT_TRANSLATE_NOOP("messages", "{place}: {reason}."),
    "request.refused.next": QT_TRANSLATE_NOOP("messages", "“--help” shows what the command takes."),
    "request.unusable": QT_TRANSLATE_NOOP("messages", "This value cannot be used"),
    "request.unusable.message": QT_TRANSLATE_NOOP(
        "messages", "It holds a NUL, half of a character, or a number of more than 63 bits."
    ),
    "request.unusable.next": QT_TRANSLATE_NOOP("messages", "Write it without that."),
}

"""Words that several parts of the interface share: states, places, times and who did it, in the language in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from aisync_desktop.clients.items import Scope
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import fill
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.kernel.texts import visible
from aisync_desktop.sync.model.status import ClientStatus
from aisync_desktop.ui.language import render

KIND_GLYPHS = {"mcp": "server", "rules": "book", "permissions": "shield"}  # what stands before an item of a kind


def say(template: str, **params: str | int) -> str:
    """Put parameters into a translated template, as `fill` does: nouns agree with counts, particles with names."""
    return fill(template, params)


def short_path(path: str) -> str:
    """Return a path as people say it and can see it: the home folder as ~."""
    home = Path.home()
    return visible(str(Path("~", Path(path).relative_to(home))) if Path(path).is_relative_to(home) else path)


def path_with_end(path: str, end: str = "") -> str:
    """Return a path for people, with where it really ends if a link leads elsewhere."""
    return f"{short_path(path)} -> {short_path(end)}" if end else short_path(path)


def one_line(untrusted: str) -> str:
    """Return what a file says as one line: a new line as a sign, and the number of what nobody sees."""
    return visible(untrusted.replace("\r\n", "\n").replace("\n", "\u21b5"))


def refusal_lines(error: WorldError) -> str:
    """Return why nothing came of what was wanted, and under it what to do."""
    problem = problem_of(error)
    return f"{render(problem.title)}. {render(problem.message)}\n{render(problem.next_step)}"


def client_label(client: ClientStatus) -> str:
    """Return the client's name, and the project's folder where it is about one."""
    root = Scope.parse(client.scope).root
    return f"{client.name} · {short_path(root)}" if root else client.name


def scope_word(scope: str) -> str:
    """Return whom something is for: all projects, or one by its folder."""
    root = Scope.parse(scope).root
    if not root:
        return QCoreApplication.translate("words", "For all projects")
    return QCoreApplication.translate("words", "For {project}").format(project=one_line(short_path(root)))


def listed(names: Iterable[str]) -> str:
    """Return names as one does in a sentence."""
    return QLocale().createSeparatedList(list(names))


def when_word(moment: dt.datetime) -> str:
    """Return a moment in local time; the day is left out when it is today."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    short = QLocale.FormatType.ShortFormat
    if local.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(local.time(), short)
    return QLocale().toString(local, short)


def short_when(moment: dt.datetime) -> str:
    """Return a moment as short as it can be told: the time of today, else the day."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    if local.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(local.time(), "HH:mm")
    return QLocale().toString(local.date(), QLocale.FormatType.ShortFormat)


def origin_word(origin: str, clients: Iterable[ClientStatus]) -> str:
    """Return who started a sync: clients by their names, the user, or the start of the program."""
    if origin == "user":
        return QCoreApplication.translate("words", "You")
    if origin == "start":
        return QCoreApplication.translate("words", "Start-up")
    names = {client.id: client.name for client in clients}
    return ", ".join(names.get(one, one) for one in origin.split(","))


def field_label(name: str) -> str:
    """Return what a field is called: a variable or a header by its own name."""
    known = {
        "args": QCoreApplication.translate("words", "Arguments"),
        "command": QCoreApplication.translate("words", "Command"),
        "cwd": QCoreApplication.translate("words", "Folder"),
        "url": QCoreApplication.translate("words", "Address"),
        "transport": QCoreApplication.translate("words", "Transport"),
        "action": QCoreApplication.translate("words", "Answer"),
        "text": QCoreApplication.translate("words", "Text"),
    }
    first, _, rest = name.partition(".")
    return known.get(name) or visible(rest if first in {"env", "headers"} and rest else name)

"""What Home shows, as rows: made of a status, and of the last changes. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject

from aisync_desktop.kernel.messages import fill, text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.sync.model.status import (
    Activity,
    ClientState,
    ClientStatus,
    DecisionStatus,
    Done,
    ItemChange,
    Status,
)
from aisync_desktop.sync.reports.changes import ChangeReport
from aisync_desktop.ui.language import render
from aisync_desktop.ui.parts.mark import letters_of
from aisync_desktop.ui.parts.rows import Row
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.words import KIND_GLYPHS, client_label, one_line, scope_word, short_when

ANSWER = "answer"
SWITCH_ON = "on"
SWITCH_OFF = "off"
UNDO = "undo"
MOST_CHANGES = 6
_STEPS = frozenset({"undo", "redo", "rollback"})
STATES = {
    ClientState.ABSENT: State.OFF,
    ClientState.OFF: State.OFF,
    ClientState.PAUSED: State.PAUSED,
    ClientState.IN_STEP: State.OK,
    ClientState.RESTART: State.OK,
    ClientState.BEHIND: State.WORKING,
    ClientState.HELD: State.WAIT,
    ClientState.PENDING: State.BAD,
    ClientState.UNREADABLE: State.BAD,
}


def question_rows(decisions: Iterable[DecisionStatus]) -> list[Row]:
    """Return a row for each question, with the way to answer it."""
    answer = QCoreApplication.translate("Home", "Answer")
    return [
        Row(
            one.id,
            one_line(render(one.summary)),
            one_line(render(one.note)) if one.note else scope_word(one.scope),
            state=State.WAIT,
            actions=((ANSWER, answer),),
            keeps_actions=True,
        )
        for one in decisions
    ]


def client_rows(status: Status) -> list[Row]:
    """Return a row for each client that is there, in each scope."""
    return [_client(client, status) for client in status.clients if client.state is not ClientState.ABSENT]


def _client(client: ClientStatus, status: Status) -> Row:
    items = Counts().items(client.items)
    return Row(
        f"{client.id}@{client.scope}",
        one_line(client_label(client)),
        state=STATES[client.state],
        state_words=one_line(render(status.word_of(client))),
        mark=letters_of(client.id, client.name),
        columns=(items,),
        actions=_switch(client, status),
    )


def _switch(client: ClientStatus, status: Status) -> tuple[tuple[str, str], ...]:
    if status.paused:
        return ()
    if client.state is ClientState.OFF:
        return ((SWITCH_ON, QCoreApplication.translate("Home", "Keep in step")),)
    return ((SWITCH_OFF, QCoreApplication.translate("Home", "Leave alone")),)


def change_rows(changes: Sequence[ChangeReport], clients: Iterable[ClientStatus]) -> list[Row]:
    """Return a row for each of the last changes; the one that an undo takes back now says so."""
    names = {client.id: client.name for client in clients}
    return [_change(one, names) for one in changes[:MOST_CHANGES]]


def _change(change: ChangeReport, names: Mapping[str, str]) -> Row:
    undo = ((UNDO, QCoreApplication.translate("Home", "Undo")),) if change.undoable else ()
    kind = change.items[0].kind if change.items else ""
    return Row(
        str(change.snapshot),
        _what_changed(change, names),
        _where_to(change),
        glyph=KIND_GLYPHS.get(kind, "file") if change.way not in _STEPS else "undo",
        trail="" if undo else short_when(change.at),
        actions=undo,
        keeps_actions=True,
        enabled=not change.undone,
    )


def _what_changed(change: ChangeReport, names: Mapping[str, str]) -> str:
    """Return what was changed, in words: one item by its name, several by their number."""
    what = ", ".join(visible(item.name) for item in change.items) or QCoreApplication.translate("Home", "files")
    if change.way in _STEPS:
        return one_line(fill(_step(change.way), {"what": what}))
    count = len(change.items) + change.more
    said = tuple(ItemChange(item=item.item, done=Done(item.change)) for item in change.items)
    title = Activity(
        at=change.at, origin=",".join(change.by), summary=text("activity.synced"), writes=0, changes=said
    ).title(names)
    if title is None or count > len(change.items):
        return Counts().changed(count)
    return one_line(render(title))


def _step(way: str) -> str:
    steps = {
        "undo": QCoreApplication.translate("Home", "Undone: {what}"),
        "redo": QCoreApplication.translate("Home", "Done again: {what}"),
    }
    return steps.get(way, QCoreApplication.translate("Home", "Put back: {what}"))


def _where_to(change: ChangeReport) -> str:
    if change.undone:
        return QCoreApplication.translate("Home", "Undone since")
    if change.way in _STEPS:
        return Counts().put_back(len(change.files))
    return Counts().copied(len(change.clients)) if change.clients else ""


class Counts(QObject):
    """Texts with a count, made by tr(): lupdate sees a plural in nothing else (PySide6 6.11)."""

    def changed(self, count: int) -> str:
        """Say how many items were changed."""
        return self.tr("%n item(s) changed", "", count)

    def copied(self, count: int) -> str:
        """Say to how many clients something was written."""
        return self.tr("Copied to %n client(s)", "", count)

    def put_back(self, count: int) -> str:
        """Say how many files were put back."""
        return self.tr("%n file(s) put back", "", count)

    def items(self, count: int) -> str:
        """Say how many items a client has."""
        return self.tr("%n item(s)", "", count)

"""What Home shows, as rows: made of a status. No widgets."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject

from aisync_desktop.sync.model.status import ClientState, ClientStatus, DecisionStatus, Status
from aisync_desktop.ui.language import render
from aisync_desktop.ui.parts.mark import letters_of
from aisync_desktop.ui.parts.rows import Row
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.words import client_label, one_line, scope_word

ANSWER = "answer"
SWITCH_ON = "on"
SWITCH_OFF = "off"
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


class Counts(QObject):
    """Texts with a count, made by tr(): lupdate sees a plural in nothing else (PySide6 6.11)."""

    def items(self, count: int) -> str:
        """Say how many items a client has."""
        return self.tr("%n item(s)", "", count)

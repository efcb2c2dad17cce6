from __future__ import annotations

from pathlib import Path

from aisync_desktop.cli.output import shown
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.kernel.texts import width
from aisync_desktop.observe.catalogue import catalogue
from aisync_desktop.service.status_lines import status_lines
from aisync_desktop.sync.model.status import ClientState, ClientStatus, Health, Status


def test_what_applies_after_a_restart_is_said_so() -> None:
    gemini = ClientStatus(id="gemini-cli", name="Gemini CLI", scope="user", state=ClientState.RESTART, items=2)
    status = Status(health=Health.IN_STEP, headline=text("status.in-step", items=2, clients=1), clients=(gemini,))
    lines = [shown(line) for line in status_lines(status, Text.english, Path("/home/me"))]
    assert lines[1].split() == ["Gemini", "CLI", "In", "step", "after", "a", "restart", "2"]
    assert lines[2].strip() == (
        "Gemini CLI is running and writes its file from memory: what was written applies after restart."
    )


def test_columns_stand_below_each_other_where_letters_are_wide() -> None:
    clients = tuple(
        ClientStatus(id=name, name=name, scope="user", state=state, items=7)
        for name, state in (("에이", ClientState.IN_STEP), ("Longer name", ClientState.HELD))
    )
    status = Status(health=Health.IN_STEP, headline=text("status.in-step", items=2, clients=2), clients=clients)
    rows = [str(line) for line in status_lines(status, lambda line: line.render(catalogue("ko")), Path("/home/me"))][1:]
    assert len({width(row.partition("7")[0]) for row in rows}) == 1


def test_a_problem_that_belongs_to_no_client_is_told_once_and_with_its_path() -> None:
    gone = Problem(
        title=text("engine.project-gone"),
        message=text("engine.project-gone.message"),
        next_step=text("engine.project-gone.next"),
        path="/gone",
    )
    broken = gone.model_copy(update={"path": "/broken"})
    codex = ClientStatus(id="codex", name="Codex CLI", scope="user", state=ClientState.UNREADABLE, problem=broken)
    status = Status(
        health=Health.PENDING, headline=text("status.pending", count=1), clients=(codex,), problems=(gone, broken)
    )
    lines = [shown(line) for line in status_lines(status, Text.english, Path("/home/me"))]
    (told,) = [line for line in lines if line.startswith("  ! ")]
    assert "Project folder not found" in told
    assert told.endswith("/gone")

from __future__ import annotations

from aisync_desktop.cli.output import Output, status_lines
from aisync_desktop.core.messages import text
from aisync_desktop.core.status import ClientState, ClientStatus, Health, Status


def test_what_applies_after_a_restart_is_said_so() -> None:
    gemini = ClientStatus(id="gemini-cli", name="Gemini CLI", scope="user", state=ClientState.RESTART, items=2)
    status = Status(health=Health.IN_STEP, headline=text("status.in-step", items=2, clients=1), clients=(gemini,))
    lines = list(status_lines(status, Output(as_json=False, translate=str)))
    assert lines[1].split() == ["Gemini", "CLI", "restart", "2"]
    assert lines[2].strip() == (
        "Gemini CLI is running and writes its file from memory: what was written applies after restart."
    )

"""`aisync` alone: how everything stands, and what to do next."""

from __future__ import annotations

from aisync_desktop.cli.common import open_session
from aisync_desktop.cli.output import shown
from aisync_desktop.service.operations.standing import StatusRequest
from aisync_desktop.service.status_lines import next_step, whole_exit_code, whole_lines


def tell() -> int:
    """Print it, and return the exit code of the status."""
    with open_session() as session:
        status = session.ask(StatusRequest())
        session.out.show(map(shown, whole_lines(status, session.out.say, session.world.home)))
        session.out.show(["", session.out.say(next_step(status, runs=session.app_runs))])
        return whole_exit_code(status)

"""`aisync open --web`: the status page in the browser, let in by a ticket.

The address with the ticket is not given to the browser as an argument, which every user of the machine can read: a file
of the user's own leads there.
"""

from __future__ import annotations

import json
import webbrowser
from typing import TYPE_CHECKING

from aisync_desktop.files.own import write_own
from aisync_desktop.kernel.messages import text
from aisync_desktop.service.operations.program import NoAppError
from aisync_desktop.service.operations.tickets import TicketRequest
from aisync_desktop.service.running_app import running_app

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session

_WAY = """<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>AISync</title>
<script>location.replace({address})</script>
"""


def open_page(session: Session) -> int:
    """Open it; return the exit code."""
    app = running_app(session.world.places.state)
    if app is None or not session.app_runs:
        raise NoAppError
    ticket = session.ask(TicketRequest()).ticket
    way = session.world.places.state / "open.html"
    write_own(way, _WAY.format(address=json.dumps(f"{app.url}/#ticket={ticket}")))
    if webbrowser.open(way.as_uri()):
        return 0
    session.tell(text("cli.no-browser", path=str(way)))
    return 1

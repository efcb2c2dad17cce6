"""`aisync run`: become the app. What reads the other commands is not imported: it would stay in memory for days."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence

from aisync_desktop.cli.output import Output, prepare_streams
from aisync_desktop.cli.speech import translator_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text
from aisync_desktop.program.world import World
from aisync_desktop.service.told import ERROR

HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class Asked:
    """How the app is to run; without a port it is the setting's."""

    headless: bool = False
    background: bool = False
    port: int | None = None


def tell(words: Sequence[str]) -> int | None:
    """Run the app to its end; None where what is asked for is for the command line's full reader to say."""
    asked = parse(words)
    return None if asked is None else start(asked)


def parse(words: Sequence[str]) -> Asked | None:
    """Return what is asked for; None where that is for the command line's full reader to say."""
    switches, port = set[str](), ""
    rest = iter(words)
    for word in rest:
        option, assigned, value = word.partition("=")
        if option == "--port":
            port = value if assigned else next(rest, "")
            if not (port.isascii() and port.isdecimal() and len(port) <= len(str(HIGHEST_PORT))):
                return None
        elif word in {"--headless", "--background"}:
            switches.add(word)
        else:
            return None
    if int(port or 0) > HIGHEST_PORT:
        return None
    return Asked("--headless" in switches, "--background" in switches, int(port) if port else None)


def start(asked: Asked) -> int:
    """Run the app to its end; return the exit code."""
    prepare_streams()
    try:
        return _run(asked)
    except WorldError as error:
        from aisync_desktop.cli.faults import failed

        return failed(error, as_json=False)
    except Exception as error:  # noqa: BLE001 - the outermost boundary, as of every other command
        from aisync_desktop.cli.faults import report_bug

        report_bug(error)
        return ERROR


def _run(asked: Asked) -> int:
    from aisync_desktop.service.live.qt import import_qt  # Qt comes with it

    import_qt()
    from aisync_desktop.app import run_app  # after Qt

    gc.freeze()  # what is imported stays; the garbage collector need not look at it again
    world = World.real(os.environ)

    def tell(line: Text) -> None:
        out = Output(as_json=False, translate=translator_of(world))  # which asks the database: most starts say nothing
        out.tell(out.say(line))

    for line in world.told:
        tell(line)
    return run_app(world, tell, headless=asked.headless, background=asked.background, port=asked.port)

"""`aisync status`, and `aisync` alone, beside a running app: it says all, and nothing is imported but the way to ask.

A status bar or a prompt asks for it again and again. What is not plain is left to the command line's full reader:
other words, a variable of ours, folders that want to be made or mended, an app that is not there or does not know how.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPException
from urllib.parse import quote

from aisync_desktop.cli.output import Output, UnwrittenError, prepare_streams, shown
from aisync_desktop.files.places import HOME_VARIABLE, Places, find_places
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.values import Value
from aisync_desktop.observe.catalogue import language
from aisync_desktop.service.client import AppBusyError, AppClient
from aisync_desktop.service.running_app import running_app
from aisync_desktop.service.told import Line


def tell_status(words: Sequence[str]) -> int | None:
    """Print what the app says of `aisync status`."""
    return tell(words, os.environ)


def tell_next(words: Sequence[str]) -> int | None:
    """Print what the app says of `aisync` alone."""
    return tell(words, os.environ, alone=True)


def tell(words: Sequence[str], environ: Mapping[str, str], *, alone: bool = False) -> int | None:
    """Print what the app says and return the exit code; None where that is for the full reader to do.

    Where `aisync` was said `alone`, the next step is told, too.
    """
    as_json = list(words) == ["--json"]
    if (words and not as_json) or any(name.startswith("AISYNC_") and name != HOME_VARIABLE for name in environ):
        return None
    try:
        told = _asked(find_places(environ), language("system", environ))
        return _print(told, as_json=as_json, alone=alone)
    except (AppBusyError, UnwrittenError) as error:
        from aisync_desktop.cli.faults import failed

        return failed(error, as_json=as_json)
    except (OSError, HTTPException, WorldError, ValueError, OverflowError):  # the last of an answer that is none
        return None


def _asked(places: Places, terminal: str) -> Value:
    if not places.is_as_made() or places.env_file or running_app(places.state) is None:
        return None
    app = AppClient.find(places)
    return app.call("GET", f"/api/v1/sync/status/told?language={quote(terminal)}") if app else None


def _print(answer: Value, *, as_json: bool, alone: bool) -> int | None:
    match answer:
        case {
            "status": dict() as status,
            "lines": list() as lines,
            "next_step": str() as step,
            "exit_code": int() as code,
        }:
            prepare_streams()
            told = [*lines, "", step] if alone else lines
            Output(as_json=as_json, translate=str).answer(status, map(shown, _read(told)))
            return code
        case _:
            return None


def _read(lines: Sequence[Value]) -> Iterator[Line]:
    for line in lines:
        match line:
            case [str(at), str(said)]:
                yield dt.datetime.fromisoformat(at), said
            case _:
                yield str(line)

"""How a command ends that could not do what it should: a line on stderr, an answer in JSON, and an exit code.

A fault of ours becomes a report in the log folder, or a traceback on stderr where there is no such folder.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import Protocol, runtime_checkable

from aisync_desktop.cli.output import Output, ReaderGoneError, UnwrittenError, answering, prepare_streams
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.service.told import ERROR, FINE, INTERRUPTED, NOBODY_READS, WAITING, was_interrupted


@runtime_checkable
class _Refusal(Protocol):
    """What the reader of the command line raises: nobody knows such an option, a number is too high, ..."""

    exit_code: int

    def format_message(self) -> str:
        """Return what is wrong."""


def ended(run: Callable[[], object]) -> int:
    """Run a command to its end and return its exit code; no fault becomes a traceback in the user's face."""
    as_json = "--json" in sys.argv[1:]
    prepare_streams()
    try:
        _refuse_no_text(sys.argv[1:])
        code = run()
        with answering():  # what is still to be written
            return code if isinstance(code, int) else FINE
    except WorldError as error:
        return failed(error, as_json=as_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # the reader of the command line ends it so
            return NOBODY_READS
        raise
    except OSError as error:
        of_output = error.filename is None  # of a stream, as `--help` prints to it
        return failed(UnwrittenError(error), as_json=as_json) if of_output else report_bug(error, as_json=as_json)
    except Exception as error:  # noqa: BLE001 - the outermost boundary
        return _ended_early(error, as_json=as_json)


def _ended_early(error: Exception, *, as_json: bool) -> int:
    """Tell why a command ended, as its reader says it; what no reader says is a fault of ours."""
    from typer import Abort, Exit  # not before: a command whose words were read without Typer may need none

    if isinstance(error, Exit):
        return error.exit_code
    if was_interrupted(error):
        return INTERRUPTED
    if isinstance(error, Abort):
        return _aborted(_output(as_json=as_json))
    if isinstance(error, _Refusal):
        return _refused(error, _output(as_json=as_json))
    return report_bug(error, as_json=as_json)


def _refuse_no_text(words: Iterable[str]) -> None:
    """Refuse words that are no text: on POSIX they may be any bytes, which the database and the API cannot take."""
    if any("\ud800" <= letter <= "\udfff" for word in words for letter in word):
        from aisync_desktop.service.operations.request import UnusableValueError

        raise UnusableValueError


def _output(*, as_json: bool) -> Output:
    """Return where it is told; after an error the database may be what is wrong, so it is not asked for a language."""
    from aisync_desktop.observe.catalogue import catalogue, language

    return Output(as_json=as_json, translate=catalogue(language("system", os.environ)))


def failed(error: WorldError, *, as_json: bool) -> int:
    """Tell a problem of the world; what waits for a person now is none, but waits."""
    _output(as_json=as_json).error(error)
    if isinstance(error, ReaderGoneError):
        return NOBODY_READS
    return WAITING if error.title.code == "proposal.made" else ERROR


def _aborted(out: Output) -> int:
    said = text("cli.aborted")
    out.tell(out.say(said))
    out.failure(said.code, said.english(), "", "")
    return ERROR


def _refused(error: _Refusal, out: Output) -> int:
    """Tell what is wrong with the words of the command, and how it is used."""
    context = getattr(error, "ctx", None)
    usage = str(context.get_usage()).strip().splitlines() if context else []
    words = str(context.command_path) if context else "aisync"
    wrong, help_ = text("plain", text=error.format_message().strip()), text("cli.usage.next", command=words)
    if type(error).__name__ == "NoArgsIsHelpError":  # what it says is the whole help
        usage, wrong = error.format_message().splitlines(), text("cli.usage.missing")
    out.tell_all([*usage, f"aisync: {out.say(wrong)}", out.say(help_)])
    out.failure("cli.usage", text("cli.usage").english(), wrong.english(), help_.english())
    return error.exit_code


def report_bug(error: Exception, *, as_json: bool = False) -> int:
    """Write the report and tell where it is."""
    from aisync_desktop.files.clock import SystemClock
    from aisync_desktop.files.places import find_places
    from aisync_desktop.observe.crash import bug_text, write_report

    out = _output(as_json=as_json)
    try:
        path = write_report(find_places(os.environ).log, error, SystemClock().now())
    except (OSError, WorldError):
        told = "".join(traceback.format_exception(error)).splitlines()
        out.tell_all(told)
        out.failure("bug", told[-1], "", "")
        return ERROR
    said = bug_text(path)
    out.tell(out.say(said))
    out.failure(said.code, said.english(), "", "", path=str(path))
    return ERROR

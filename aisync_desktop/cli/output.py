"""What the commands print: one object as JSON, or lines for people in their language."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.messages import Text, text
from aisync_desktop.core.status import ClientState, Health, Status
from aisync_desktop.core.texts import visible
from aisync_desktop.core.values import Value

FINE, ERROR, USAGE, WAITING = 0, 1, 2, 3


class Output:
    """Prints for a person or for a program."""

    def __init__(self, *, as_json: bool, translate: Callable[[str], str]) -> None:
        self._json = as_json
        self._translate = translate

    def say(self, line: Text) -> str:
        """Return a text in the user's language."""
        return line.render(self._translate)

    def answer(self, data: Value, lines: Iterable[str]) -> None:
        """Print the answer of a command."""
        if self._json:
            print(json.dumps(data, ensure_ascii=False, indent=2))  # noqa: T201 - this is the one place that prints
        else:
            self.show(lines)

    def show(self, lines: Iterable[str]) -> None:
        """Print lines for a person: those of an answer, or, on stderr if that is JSON, what a question is about.

        Each stays one line that commands no terminal and turns nothing around: there are names and texts in it that
        others wrote, a repository among them.
        """
        for line in lines:
            print(visible(line), file=sys.stderr if self._json else sys.stdout)

    def stream(self, data: Value, line: str) -> None:
        """Print one of many answers at once, for a command that has no end: an object per line as JSON."""
        print(json.dumps(data, ensure_ascii=False) if self._json else visible(line), flush=True)  # noqa: T201 - as above

    def error(self, error: WorldError) -> None:
        """Print a problem of the world: one line, on stderr."""
        print(visible(f"aisync: {error.one_line(self._translate)}"), file=sys.stderr)  # noqa: T201 - as above


def language(setting: str) -> str:
    """Return the language to speak: the setting, or the one that the terminal's locale names."""
    if setting != "system":
        return setting
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return named.partition("_")[0].partition(".")[0] or "en"


def exit_code(status: Status) -> int:
    """Return 0 where everything is in step, 3 where something waits."""
    if status.health is Health.ERROR:
        return ERROR
    quiet = status.health in {Health.IN_STEP, Health.SYNCING, Health.PAUSED}
    return FINE if quiet and not status.decisions and not status.problems else WAITING


def status_lines(status: Status, output: Output) -> Iterable[str]:
    """Render a status for a terminal."""
    yield output.say(status.headline)
    present = [client for client in status.clients if client.state is not ClientState.ABSENT]
    width = max((len(client.name) for client in present), default=0)
    for client in present:
        where = client.paths[0] if client.paths else ""
        yield f"  {client.name:<{width}} {client.state.value:<11} {client.items:>3}  {where}".rstrip()
        if client.state is ClientState.RESTART:
            yield f"    {output.say(text('client.restart', client=client.name))}"
        if client.problem:
            yield f"    {output.say(client.problem.message)} {output.say(client.problem.next_step)}"
    absent = ", ".join(client.name for client in status.clients if client.state is ClientState.ABSENT)
    if absent:
        yield f"  {output.say(text('cli.absent', clients=absent))}"
    for decision in status.decisions:
        yield f"  ? {decision.id}  {output.say(decision.summary)}"
        if decision.note:
            yield f"    {output.say(decision.note)}"
    yield from _problems_of_no_client(status, output)
    for note in status.notes:
        yield f"  ! {output.say(note.title)}: {output.say(note.message)}"
    if status.last:
        yield f"  {status.last.at.astimezone():%Y-%m-%d %H:%M:%S}  {output.say(status.last.summary)}"


def _problems_of_no_client(status: Status, output: Output) -> Iterable[str]:
    """Yield what no client's line tells: a project that is gone, a folder that cannot be watched."""
    told = {client.problem for client in status.clients}
    for problem in status.problems:
        if problem not in told:
            said = f"{output.say(problem.message)} {output.say(problem.next_step)}"
            yield f"  ! {output.say(problem.title)}: {said} {problem.path}".rstrip()

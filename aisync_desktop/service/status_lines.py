"""The status in words and as an exit code: the same, whether the command line looked itself or the running app did.

The words are said in the language of whoever reads them. The moment of the last sync stays a moment: the terminal's
time zone need not be the app's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from aisync_desktop.database.errors import StoreError
from aisync_desktop.files.places import from_home
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.kernel.status import StatusSection
from aisync_desktop.kernel.texts import padded, width
from aisync_desktop.observe.catalogue import catalogue
from aisync_desktop.program.world import World
from aisync_desktop.service.settings import language_in_force
from aisync_desktop.service.status import WholeStatus
from aisync_desktop.service.told import ERROR, FINE, WAITING, Line
from aisync_desktop.sync.model.status import ClientState, ClientStatus, Health, Status

Say: TypeAlias = Callable[[Text], str]


class ToldStatus(BaseModel):
    """The status as a command prints it."""

    model_config = ConfigDict(frozen=True)
    status: WholeStatus
    lines: tuple[Line, ...]
    next_step: str
    exit_code: int


def told_in(terminal: str, whole: WholeStatus, world: World) -> ToldStatus:
    """Return what a command says of a status in a terminal of that language, which a setting wins over.

    The setting is the stored one: what the app's own environment says of it, it does not say to the terminal.
    """
    wanted = "system"
    with suppress(StoreError):
        wanted = language_in_force(replace(world, environ={}))
    translate = catalogue(terminal if wanted == "system" else wanted)
    lines = whole_lines(whole, lambda line: line.render(translate), world.home)
    step = next_step(whole, runs=True).render(translate)
    return ToldStatus(status=whole, lines=tuple(lines), next_step=step, exit_code=whole_exit_code(whole))


def next_step(status: Status, *, runs: bool) -> Text:
    """Return what is to be done next, as things stand; `runs` says whether the app does."""
    if not status.adopted and status.health is Health.NEW:
        return text("next.init")
    if status.questions:
        return text("next.questions", decision=status.decisions[0].id)
    if status.problems:
        return text("next.problems")
    if status.paused:
        return text("next.paused")
    return text("next.nothing" if runs else "next.run")


def whole_lines(status: WholeStatus, say: Say, home: Path) -> Iterator[Line]:
    """Render a status, and what the wings beside sync say."""
    yield from status_lines(status, say, home)
    for section in status.wings.values():
        yield say(section.headline)
        yield from (_problem_line(problem, say) for problem in section.problems)


def whole_exit_code(status: WholeStatus) -> int:
    """Return 0 where everything is in step, 3 where something waits, of whatever wing."""
    return exit_code(status) or _wings_exit_code(status.wings)


def exit_code(status: Status) -> int:
    """Return 0 where sync is in step, 3 where something waits."""
    if status.health is Health.ERROR:
        return ERROR
    quiet = status.health in {Health.IN_STEP, Health.SYNCING, Health.PAUSED}
    return FINE if quiet and not status.decisions and not status.problems else WAITING


def _wings_exit_code(wings: Mapping[str, StatusSection]) -> int:
    waits = any(section.needs_user or section.problems for section in wings.values())
    return WAITING if waits else FINE


def status_lines(status: Status, say: Say, home: Path) -> Iterator[Line]:
    """Render the status of sync: of the clients those that are on the machine, their files as seen from `home`."""
    yield say(status.headline)
    if status.line:
        yield say(status.line)
    present = [client for client in status.clients if client.state is not ClientState.ABSENT]
    rows = [(client, say(status.word_of(client))) for client in present]
    columns = [(width(client.name), width(word)) for client, word in rows]
    widths = max((name for name, _ in columns), default=0), max((word for _, word in columns), default=0)
    for client, word in rows:
        yield from _client_lines(client, word, widths, say, home)
    for decision in status.decisions:
        yield f"  ? {decision.id}  {say(decision.summary)}"
        if decision.note:
            yield f"    {say(decision.note)}"
    told = {client.problem for client in status.clients}  # what is left: a project that is gone, a folder not watched
    yield from (_problem_line(problem, say) for problem in status.problems if problem not in told)
    for note in status.notes:
        yield f"  ! {say(note.title)}: {say(note.message)}"
    if status.last:
        yield status.last.at, say(status.last.summary)


def _client_lines(client: ClientStatus, word: str, widths: tuple[int, int], say: Say, home: Path) -> Iterator[str]:
    where = from_home(client.paths[0], home) if client.paths else ""
    name, state = padded(client.name, widths[0]), padded(word, widths[1])
    yield f"  {name}  {state} {client.items:>3}  {where}".rstrip()
    if client.state is ClientState.RESTART:
        yield f"    {say(text('client.restart', client=client.name))}"
    if client.problem:
        yield f"    {say(client.problem.message)} {say(client.problem.next_step)}"


def _problem_line(problem: Problem, say: Say) -> str:
    said = f"{say(problem.message)} {say(problem.next_step)}"
    return f"  ! {say(problem.title)}: {said} {problem.path}".rstrip()

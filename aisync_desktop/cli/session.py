"""One run of a command: where it works, whom it asks, and how errors become one line and an exit code.

As a context manager a session turns the world's errors into one line and exit code 1.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from aisync_desktop.cli.faults import failed
from aisync_desktop.cli.output import Output, shown
from aisync_desktop.cli.progress import progress
from aisync_desktop.cli.speech import translator_of
from aisync_desktop.files.errors import OwnFile
from aisync_desktop.files.places import from_home
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.program.world import World
from aisync_desktop.service.asking import Asking, refusal_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aisync_desktop.clients.items import Scope
    from aisync_desktop.service.facade import ForApp, ForEngine, ForLook
    from aisync_desktop.service.operations.answer import SyncAnswer
    from aisync_desktop.service.operations.program import ExportRecord
    from aisync_desktop.service.status import WholeStatus

    A = TypeVar("A", bound=BaseModel)


class Session:
    """What a command needs."""

    def __init__(self, *, as_json: bool = False) -> None:
        self._as_json = as_json

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        refused = error if isinstance(error, WorldError) or error is None else refusal_of(error)
        if refused is not None:
            from typer import Exit  # as everywhere here: who reads the words of a command without Typer needs none

            raise Exit(failed(refused, as_json=self._as_json)) from None

    @cached_property
    def world(self) -> World:
        """Where the command works."""
        world = World.real(os.environ)
        if world.told:
            out = self._speaking(world)
            out.tell_all(f"aisync: {out.say(line)}" for line in world.told)
        return world

    def _speaking(self, world: World) -> Output:
        return Output(as_json=self._as_json, translate=translator_of(world))

    @cached_property
    def out(self) -> Output:
        """Where the answer goes."""
        return self._speaking(self.world)

    def say(self, code: str, **params: str | int) -> str:
        """Return a text in the user's language."""
        return self.out.say(text(code, **params))

    def place(self, scope: str) -> str:
        """Return what a scope is to people: all projects, or the folder of one."""
        root = scope.removeprefix("project:")
        return self.say("cli.everywhere") if root == "user" else self.path(root)

    def path(self, path: str) -> str:
        """Return a path as people say it."""
        return from_home(path, self.world.home)

    def require_consent(self, code: str) -> None:
        """Ask, and go no further unless the user agrees."""
        from typer import Abort

        if not self.out.agrees(self.say(code)):
            raise Abort

    def tell(self, line: Text) -> None:
        """Tell the user something on stderr, beside the answer."""
        self.out.tell(self.out.say(line))

    @overload
    def ask(self, request: ForEngine[A]) -> A: ...

    @overload
    def ask(self, request: ForLook[A]) -> A: ...

    @overload
    def ask(self, request: ForApp[A]) -> A: ...

    def ask(self, request: Any) -> Any:
        """Have something done, or look it up; return the answer."""
        with self.working("cli.working"):
            return self._asking.ask(request)

    def working(self, code: str, count: Callable[[], int] | None = None) -> AbstractContextManager[None]:
        """Show at a terminal that work goes on, and how far it is, as long as the block takes."""
        return progress(lambda seconds: self.say(code, count=count() if count else seconds))

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self.world)

    @property
    def app_runs(self) -> bool:
        """Whether the app runs, and answers."""
        return self._asking.app() is not None

    def project(self, path: str) -> Scope:
        """Return the scope of a folder, or refuse it."""
        from aisync_desktop.sync.terms.projects import project_here

        return project_here(path and str(Path(path).absolute()), self.world)

    def scope(self, word: str) -> str:
        """Return the scope that a user means, of something that is to be done there."""
        return word if word == "user" else str(self.project(word))

    @property
    def backups(self) -> Path:
        """Where backups are that were given no name."""
        return self.world.places.state / "backups"

    def target(self, path: Path) -> Path:
        """Return a path that the user wants written, unless our own state is there: a running app would lose it."""
        real = path.resolve()
        if self.world.places.state.resolve() in real.parents and real.parent != self.backups.resolve():
            raise OwnFile(path)
        return path

    def record(self, export: ExportRecord) -> bool:
        """Write an export down; return whether that could be done, as it is no reason to go without the export."""
        try:
            self.ask(export)
        except (WorldError, OSError):
            return False
        return True

    def token(self) -> str:
        """Return the API's bearer token."""
        from aisync_desktop.service.token_file import bearer_token

        return bearer_token(self.world.places.state)

    def known_client(self, client: str) -> None:
        """Refuse a client that nobody knows, before anything is done for it."""
        from typer import BadParameter

        from aisync_desktop.clients.loader import catalog_of

        known = [descriptor.id for descriptor in catalog_of(self.world).descriptors]
        if client and client not in known:
            raise BadParameter(self.out.say(text("cli.unknown-client", client=client, known=", ".join(known))))

    def known_page(self, route: str) -> None:
        """Refuse a place on a page that the window does not have."""
        from typer import BadParameter

        from aisync_desktop.cli.completion import pages_of_the_window

        page, known = route.strip("/").partition("/")[0], pages_of_the_window()
        if page and page not in known:
            raise BadParameter(self.out.say(text("cli.unknown-page", page=page, known=", ".join(known))))

    def known_setting(self, name: str) -> None:
        """Refuse a setting that nobody knows."""
        from typer import BadParameter

        from aisync_desktop.service.settings import NAMES

        if name and name not in NAMES:
            known = ", ".join(sorted(NAMES))
            raise BadParameter(self.out.say(text("cli.unknown-setting", name=name, known=known)))

    def show(self, answer: BaseModel, lines: Iterable[str]) -> None:
        """Print an answer, or these lines for people."""
        self.out.answer(answer.model_dump(mode="json"), lines)

    def show_status(self, status: WholeStatus) -> int:
        """Print a status and return the exit code that goes with it."""
        from aisync_desktop.service.status_lines import whole_exit_code, whole_lines

        self.show(status, map(shown, whole_lines(status, self.out.say, self.world.home)))
        return whole_exit_code(status)

    def show_sync(self, answer: SyncAnswer) -> int:
        """Print what a sync did and return the exit code."""
        from aisync_desktop.service.status_lines import exit_code, status_lines

        files = [f"  {self.path(path)}" for path in answer.written]
        self.show(answer, [*files, *map(shown, status_lines(answer.status, self.out.say, self.world.home))])
        return exit_code(answer.status)

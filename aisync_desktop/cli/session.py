"""One run of a command: where it works, whom it asks, and how errors become one line and an exit code.

`apply` and `set_setting` go to the running app where there is one; otherwise they take the instance lock and do it
here, with the same engine. As a context manager a session turns the world's errors into one line and exit code 1.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

import typer
from pydantic import BaseModel

from aisync_desktop.cli.faults import failed
from aisync_desktop.cli.output import Output, exit_code, language, status_lines, wing_lines, wings_exit_code
from aisync_desktop.clients.items import Scope
from aisync_desktop.database.errors import StoreError
from aisync_desktop.files.errors import OwnFile
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.settings import parse_value
from aisync_desktop.kernel.values import Value
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.store.reads import ProgramReader, stored_settings
from aisync_desktop.program.world import World
from aisync_desktop.sync.store.reader import Reader

if TYPE_CHECKING:
    from aisync_desktop.clients.loader import Catalog
    from aisync_desktop.service.client import AppClient
    from aisync_desktop.service.operations import ExportRecord, Past, SyncAnswer
    from aisync_desktop.service.status import WholeStatus
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.applying.questions import Question
    from aisync_desktop.sync.planning.look import Looked
    from aisync_desktop.sync.planning.planner import Plan
    from aisync_desktop.sync.reports.allowed import Answer
    from aisync_desktop.sync.reports.audit import Rights
    from aisync_desktop.sync.reports.doctor import Finding
    from aisync_desktop.sync.reports.inventory import Inventory
    from aisync_desktop.sync.reports.matrix import ItemReport
    from aisync_desktop.sync.reports.secret_checks import Check
    from aisync_desktop.sync.reports.secret_reports import SecretReport


class Session:
    """What a command needs."""

    def __init__(self, *, as_json: bool = False) -> None:
        self._as_json = as_json

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, WorldError):
            raise typer.Exit(failed(error, as_json=self._as_json)) from None

    @cached_property
    def world(self) -> World:
        """Where the command works."""
        world = World.real(os.environ)
        for problem in world.mended:
            self.tell(problem.message)
        return world

    @cached_property
    def out(self) -> Output:
        """Where the answer goes."""
        return Output(as_json=self._as_json, translate=self._translator())

    def say(self, code: str, **params: str | int) -> str:
        """Return a text in the user's language."""
        return self.out.say(text(code, **params))

    def require_consent(self, code: str) -> None:
        """Ask, and go no further unless the user agrees."""
        if not self.out.agrees(self.say(code)):
            raise typer.Abort

    def tell(self, line: Text) -> None:
        """Tell the user something on stderr, beside the answer."""
        self.out.tell(self.out.say(line))

    def status(self) -> WholeStatus:
        """Return the running app's status, or take a look."""
        from aisync_desktop.service.status import WholeStatus, whole_status

        if app := self._app():
            return WholeStatus.model_validate(app.call("GET", "/api/v1/sync/status"))
        from aisync_desktop.sync.reports.preview import preview  # the app may be there to be asked

        return whole_status(preview(self.world).status, self.world)

    def _catalog(self) -> Catalog:
        from aisync_desktop.clients.loader import catalog_of

        return catalog_of(self.world)

    def _look(self, prefer: str = "", project: Scope | None = None) -> Looked:
        from aisync_desktop.sync.reports.preview import look

        return look(self.world, prefer, project)

    def plan(self, prefer: str = "", project: Scope | None = None) -> Plan:
        """Look and plan; the app need not be asked, as nothing is written."""
        return self._look(prefer, project).plan

    def clients(self) -> Inventory:
        """Return what is known of every client, and what it keeps where."""
        from aisync_desktop.sync.reports.inventory import inventory

        return inventory(self._look(), self.world)

    def questions(self) -> tuple[Question, ...]:
        """Return what waits for the user, with all that is needed to decide it."""
        from aisync_desktop.sync.applying.questions import Questions, question_of

        app = self._app()
        if app is None:
            at = self._look()
            return tuple(question_of(one, at.survey, at.known, at.terms) for one in at.plan.decisions)
        return Questions.model_validate(app.call("GET", "/api/v1/questions")).questions

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong, or worth knowing, about every file."""
        from aisync_desktop.sync.reports.doctor import examine

        return tuple(examine(self._look(), self.world))

    def repair(self, ids: tuple[str, ...]) -> SyncAnswer:
        """Have the running app do what the doctor offers under these names, or do it here."""
        from aisync_desktop.service.operations import RepairRequest

        request = RepairRequest(ids=ids, path=self.world.environ.get("PATH", ""))
        return self._ask("POST", "/api/v1/doctor/repairs", request, partial(request.run, world=self.world))

    def secrets(self) -> tuple[SecretReport, ...]:
        """Return what is known of secrets, without asking the keyring."""
        from aisync_desktop.sync.reports.secret_reports import secret_reports

        with self.reader() as reader:
            return secret_reports(reader)

    def references_at(self, scope: str, item: str, field: str) -> tuple[str, ...]:
        """Return the references in an item's field."""
        from aisync_desktop.sync.reports.secret_reports import references_at
        from aisync_desktop.sync.terms.known import recall

        where = Scope() if scope == "user" else self.project(scope)
        with self.reader() as reader:
            return references_at(recall(reader), where, item, field)

    def check_secrets(self) -> Check:
        """Ask for every value, and compare the clients' files."""
        from aisync_desktop.sync.reports.secret_checks import checked

        return checked(self.world)

    def secret_holders(self, reference: str) -> tuple[str, ...]:
        """Return the clients whose files hold a secret now."""
        from aisync_desktop.sync.reports.secret_checks import holders

        return holders(reference, self._look().survey)

    def set_secret(self, reference: str, value: str) -> SyncAnswer:
        """Give a secret another value wherever the old one stands."""
        from aisync_desktop.service.operations import SecretValue

        request = SecretValue(value=value)
        return self._ask(
            "PUT", f"/api/v1/secrets/{quote(reference)}", request, partial(request.run, reference=reference)
        )

    def remove_secret(self, reference: str, *, used: bool) -> None:
        """Forget a secret's value."""
        from aisync_desktop.service.operations import SecretRemoval

        app = self._app()
        if app:
            app.call("DELETE", f"/api/v1/secrets/{quote(reference)}?used={str(used).lower()}")
            return
        with self._own_engine() as engine:
            SecretRemoval(used=used).run(engine, reference)

    def allowed(self, client: str, tool: str, argument: str, root: str) -> tuple[Answer, ...]:
        """Return what a client would do, or all of them."""
        from aisync_desktop.sync.reports.allowed import answers

        return answers(self.world, client, tool, argument, root)

    def permissions(self, root: str) -> tuple[Rights, ...]:
        """Return what each client may do."""
        from aisync_desktop.sync.reports.audit import audit

        return audit(self.world, root)

    def items(self, kind: str = "", scope: str = "") -> tuple[ItemReport, ...]:
        """Return every item with how each client stands to it."""
        from aisync_desktop.sync.reports.matrix import matrix

        return matrix(self._look(), kind, scope)

    def reader(self) -> AbstractContextManager[Reader]:
        """Give a read-only view of the database, also while the app writes; there need not be one yet."""
        return closing(Reader.of(self.world))

    def program_reader(self) -> AbstractContextManager[ProgramReader]:
        """Give the same of what belongs to the program as a whole."""
        return closing(ProgramReader.of(self.world))

    def project(self, path: str) -> Scope:
        """Return the scope of a folder, or refuse it."""
        from aisync_desktop.sync.terms.projects import Ground, project_root

        world = self.world
        ground = Ground.of(world.home, world.environ, world.own_folders, self._catalog().descriptors)
        return project_root(path and str(Path(path).absolute()), ground)

    def change_project(self, path: str, *, keep: bool) -> SyncAnswer:
        """Keep a project in step from now on, or leave it alone."""
        from aisync_desktop.service.operations import ProjectRequest

        request = ProjectRequest(path=path, keep=keep)
        return self._ask("POST", "/api/v1/projects", request, request.run)

    def apply(self, *, adopt: bool = False, prefer: str = "", agreed: str = "") -> SyncAnswer:
        """Have the running app sync, or sync here under the instance lock."""
        from aisync_desktop.service.operations import SyncRequest

        request = SyncRequest(adopt=adopt, prefer=prefer, agreed=agreed)
        return self._ask("POST", "/api/v1/config/apply", request, request.run)

    def pause(self, minutes: int = 0, *, paused: bool = True) -> SyncAnswer:
        """Stop writing for a while, or resume; without the app, the next start keeps to it."""
        from aisync_desktop.service.operations import PauseRequest

        request = PauseRequest(paused=paused, minutes=minutes)
        return self._ask("POST", "/api/v1/sync/pause", request, request.run)

    def decide(
        self,
        decision: str,
        take: str,
        edit: str = "",
        *,
        revision: str = "",
        alike: bool = False,
        items: tuple[str, ...] = (),
    ) -> SyncAnswer:
        """Settle a decision, or all of its kind; of a project's servers, only these."""
        from aisync_desktop.service.operations import DecideRequest

        request = DecideRequest(take=take, edit=edit, revision=revision, alike=alike, items=items)
        return self._ask(
            "POST", f"/api/v1/decisions/{quote(decision)}", request, partial(request.run, decision=decision)
        )

    def go_back(self, to: Past, snapshot: int = 0, client: str = "") -> SyncAnswer:
        """Go back to a snapshot, before the last change, or to first sight and out."""
        from aisync_desktop.service.operations import GoBackRequest

        request = GoBackRequest(to=to, snapshot=snapshot, client=client)
        return self._ask("POST", "/api/v1/config/back", request, request.run)

    def reach(self, what: str, scope: str, *, on: bool | None = None, clients: tuple[str, ...] = ()) -> SyncAnswer:
        """Switch something on or off, or pin an item to clients."""
        from aisync_desktop.service.operations import ReachRequest

        shown = "user" if scope == "user" else str(self.project(scope))
        request = ReachRequest(what=what, scope=shown, on=on, clients=clients)
        return self._ask("PATCH", "/api/v1/reach", request, request.run)

    def _ask(self, method: str, path: str, request: BaseModel, run: Callable[[Engine], SyncAnswer]) -> SyncAnswer:
        from aisync_desktop.service.operations import SyncAnswer

        app = self._app()
        if app:
            return SyncAnswer.model_validate(app.call(method, path, request.model_dump(mode="json")))
        with self._own_engine() as engine:
            return run(engine)

    def settings(self, name: str = "") -> dict[str, Value]:
        """Return the settings in force, or one of them."""
        from aisync_desktop.service.settings import SECTIONS, in_force

        with self.program_reader() as reader:
            found = in_force(reader.sound_settings(SECTIONS), self.world.environ)
        if not name:
            return found
        self._known_setting(name)
        return {name: found[name]}

    def set_setting(self, name: str, value: str) -> dict[str, Value]:
        """Change a setting; returns it as it is in force now (an environment variable may win over it)."""
        from aisync_desktop.service.operations import SettingChange

        self._known_setting(name)
        change = SettingChange(name=name, value=parse_value(value))
        app = self._app()
        if app:
            app.call("PATCH", "/api/v1/settings", change.model_dump(mode="json"))
        else:
            with self._own_engine() as engine:
                change.run(engine)
        return self.settings(name)

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
            app = self._app()
            if app:
                app.call("POST", "/api/v1/exports", export.model_dump(mode="json"))
            else:
                with self._own_engine() as engine:
                    export.run(engine)
        except (WorldError, OSError):
            return False
        return True

    def back_up(self, target: Path, ask: Callable[[], str] | None = None) -> None:
        """Copy the database into a file; where there is a passphrase to `ask` for, one for another machine."""
        from aisync_desktop.sync.store.backups import make_backup, require_database
        from aisync_desktop.sync.store.portable import luggage_of

        luggage, world = None, self.world
        require_database(world.database)
        if ask is not None:
            with self.reader() as reader:
                luggage = luggage_of(reader, world.safe(reader), world.keys(), ask())
        with self.program_reader() as program:
            make_backup(world.database, target, program, luggage)

    def restore(self, source: Path, ask: Callable[[], str]) -> Path | None:
        """Put a backup in the database's place, while nobody else uses it; return where the old one is kept.

        `ask` is for the passphrase of one that comes from another machine.
        """
        from aisync_desktop.files.instance import InstanceLock
        from aisync_desktop.program.store.store import ProgramStore
        from aisync_desktop.sync.store.backups import restore
        from aisync_desktop.sync.store.store import Store

        world = self.world
        with InstanceLock(world.places.lock):
            kept = restore(source, world.database, world.keys(), world.clock.now(), ask)
            Store.open(world.database, world.clock, world.keys()).close()  # brings it up to date
            with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as program:
                program.audit("user", "restore", str(source), {"kept": str(kept or "")})
        return kept

    def token(self) -> str:
        """Return the API's bearer token."""
        from aisync_desktop.service.token_file import bearer_token

        return bearer_token(self.world.places.state)

    def known_client(self, client: str) -> None:
        """Refuse a client that nobody knows, before anything is done for it."""
        known = [descriptor.id for descriptor in self._catalog().descriptors]
        if client and client not in known:
            raise typer.BadParameter(self.out.say(text("cli.unknown-client", client=client, known=", ".join(known))))

    def _known_setting(self, name: str) -> None:
        from aisync_desktop.service.settings import NAMES

        if name not in NAMES:
            known = ", ".join(sorted(NAMES))
            raise typer.BadParameter(self.out.say(text("cli.unknown-setting", name=name, known=known)))

    def show_status(self, status: WholeStatus) -> int:
        """Print a status and return the exit code that goes with it."""
        answer: Value = status.model_dump(mode="json")
        self.out.answer(answer, [*status_lines(status, self.out), *wing_lines(status.wings, self.out)])
        return exit_code(status) or wings_exit_code(status.wings)

    def show_sync(self, answer: SyncAnswer) -> int:
        """Print what a sync did and return the exit code."""
        files = [f"  {path}" for path in answer.written]
        self.out.answer(answer.model_dump(mode="json"), [*files, *status_lines(answer.status, self.out)])
        return exit_code(answer.status)

    def _app(self) -> AppClient | None:
        from aisync_desktop.service.running_app import running_app  # light; the client below is not

        if running_app(self.world.places.state) is None:
            return None
        from aisync_desktop.service.client import AppClient  # imports http.client

        return AppClient.find(self.world.places)

    @contextmanager
    def _own_engine(self) -> Iterator[Engine]:
        from aisync_desktop.files.instance import InstanceLock
        from aisync_desktop.sync.answering.opening import open_engine, recovered

        with InstanceLock(self.world.places.lock):
            engine = recovered(partial(open_engine, self.world))
            try:
                yield engine
            finally:
                engine.close()

    def _translator(self) -> Callable[[str], str]:
        from aisync_desktop.observe.catalogue import catalogue

        wanted = "system"
        with suppress(StoreError):  # settings that cannot be read hinder no command that does not ask for them
            wanted = stored_settings(self.world, ProgramSettings).language
        return catalogue(language(wanted))

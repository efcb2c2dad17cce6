"""The world of one run, and looking at it without writing anything.

`Surroundings` is all that an engine takes from the outside, so that tests and replays give it another world. What only
looks imports no writer, and what only reads the database imports nothing that looks: that is how the reading commands
start quickly.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aisync_desktop.core.items import Scope
from aisync_desktop.core.ports import Clock
from aisync_desktop.core.settings import Settings, load_settings
from aisync_desktop.core.status import Status
from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import FileProblem
from aisync_desktop.files.machine import Machine, machines
from aisync_desktop.files.places import DATABASE, HOME_VARIABLE, Places, find_places, home
from aisync_desktop.files.processes import Processes, SystemProcesses
from aisync_desktop.files.protocol import Disk
from aisync_desktop.files.reading import read_plain
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.secrets.safe import OpenSafe
from aisync_desktop.secrets.vault import RestingVault, SystemVault, Vault
from aisync_desktop.store.reader import Reader
from aisync_desktop.store.reads import Reads

if TYPE_CHECKING:
    from aisync_desktop.connectors.loader import Catalog
    from aisync_desktop.engine.known import Known
    from aisync_desktop.engine.planning import Plan
    from aisync_desktop.engine.survey import Survey, Surveyor
    from aisync_desktop.engine.terms import Mending, Terms


@dataclass(frozen=True)
class Surroundings:
    """The world of one run: our folders, the user's home and environment, the disk and the clock."""

    places: Places
    home: Path
    environ: Mapping[str, str]
    disk: Disk
    clock: Clock
    processes: Processes = field(default_factory=SystemProcesses)
    mended: tuple[FileProblem, ...] = ()  # of our own folders

    @classmethod
    def real(cls, environ: Mapping[str, str]) -> Surroundings:
        """Return this machine's; our folders are made if they are not there."""
        clock = SystemClock()
        places = find_places(environ)
        mended = places.create()
        return cls(places, home(environ), environ, RealDisk(clock), clock, mended=mended)

    def apart(self) -> Surroundings:
        """Return the same world, for a look at a folder that is no project (yet)."""
        return replace(self, disk=self.disk.apart())

    @property
    def machines(self) -> tuple[Machine, ...]:
        """What this machine is inside of; nothing for an ordinary one."""
        return machines(self.environ)

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """Our folders, and the one around them where we were given one."""
        around = self.environ.get(HOME_VARIABLE)
        places = self.places
        return (*([Path(around)] if around else []), places.config, places.state, places.cache, places.log)

    @property
    def database(self) -> Path:
        """The database file."""
        return self.places.state / DATABASE

    def keys(self) -> KeyRing:
        """Return our own keys; nothing is asked of the OS keyring until a key is needed."""
        return KeyRing(self.places.state, self.vault())

    def vault(self) -> Vault:
        """Return where secrets are kept; nothing is imported or asked before one is needed."""
        return SystemVault()

    def safe(self, store: Reads) -> OpenSafe:
        """Return the values of secrets, to be read."""
        return OpenSafe(store, RestingVault(self.vault(), self.clock))

    def surveyor(self, store: Reads, safe: OpenSafe) -> Surveyor:
        """Return what looks at the clients' files."""
        from aisync_desktop.engine.survey import Surveyor  # noqa: PLC0415 - history and settings need no client

        return Surveyor(self.catalog(), self.disk, self.environ, self.home, store.fingerprint_key, safe.get)

    def catalog(self) -> Catalog:
        """Return the clients that are described."""
        from aisync_desktop.connectors.loader import load_catalog  # noqa: PLC0415 - as above

        return load_catalog(self.places.config / "clients", read_plain)

    def permissions(self, store: Reads, safe: OpenSafe) -> Surveyor:
        """Return what looks at permissions only, also at those that are not kept in step."""
        from aisync_desktop.connectors.descriptor import PermissionsEndpoint  # noqa: PLC0415 - as above
        from aisync_desktop.engine.survey import Surveyor  # noqa: PLC0415 - as above

        known = (self.catalog(), self.disk, self.environ, self.home, store.fingerprint_key, safe.get)
        return Surveyor(*known, lambda endpoint: isinstance(endpoint, PermissionsEndpoint))

    def reader(self) -> Reader:
        """Return a read-only connection, also while the app writes."""
        return Reader(self.database, self.keys())


@dataclass(frozen=True)
class Looked:
    """What a look at everything found."""

    catalog: Catalog
    survey: Survey
    plan: Plan
    status: Status
    known: Known
    terms: Terms


def look(world: Surroundings, prefer: str = "", project: Scope | None = None, mending: Mending | None = None) -> Looked:
    """Plan without writing anything, anywhere, with one more project if one is given; works beside a running app.

    `mending` is planned, too: what the doctor's repairs would do.
    """
    from aisync_desktop.engine.approved_servers import with_approvals  # noqa: PLC0415 - as above
    from aisync_desktop.engine.known import known_of  # noqa: PLC0415 - the same
    from aisync_desktop.engine.launched import Launches  # noqa: PLC0415 - the same
    from aisync_desktop.engine.ledger import last_activity  # noqa: PLC0415 - the same
    from aisync_desktop.engine.lost_texts import LostTexts  # noqa: PLC0415 - the same
    from aisync_desktop.engine.pausing import stored_pause  # noqa: PLC0415 - the same
    from aisync_desktop.engine.planning import make_plan  # noqa: PLC0415 - the same
    from aisync_desktop.engine.report import build_status  # noqa: PLC0415 - the same
    from aisync_desktop.engine.resets import Resets  # noqa: PLC0415 - the same
    from aisync_desktop.engine.secret_notes import notes_of  # noqa: PLC0415 - the same
    from aisync_desktop.engine.sessions import Sessions, outdated  # noqa: PLC0415 - the same
    from aisync_desktop.engine.terms import Mending, Terms, policies_of  # noqa: PLC0415 - the same

    with closing(world.reader()) as reader:
        known = known_of(reader.memory())
        if project is not None:
            world = world.apart()
            known = replace(known, projects=tuple(dict.fromkeys((*known.projects, project))))
        safe = world.safe(reader)
        surveyor = world.surveyor(reader, safe)
        survey = Launches(surveyor.launcher).with_launched(surveyor.survey(known.projects, known.asked_of), known)
        settings = load_settings(reader.settings(), world.environ)
        follows = settings.loosening == "equal"
        terms = Terms(prefer, None, policies_of(settings), known.reach, with_approvals(known, survey), follows)
        terms = replace(terms, mending=mending or Mending())
        plan = make_plan(survey, known, surveyor, terms)
        if known.adopted:
            plan = LostTexts(reader, surveyor, world.clock).asking(plan, survey, settings.lost_text)
            plan = Resets(reader, surveyor).offering(plan, survey)
        last, pause = last_activity(reader), stored_pause(reader.pause())
        notes = notes_of(reader, safe.known())
    now = world.clock.now()
    pause = pause.at(now) if pause and pause.at(now).lasts(now) else None
    since = Sessions(world.processes, surveyor.catalog, world.clock).look(survey)
    status = build_status(
        survey,
        plan,
        adopted=known.adopted,
        last=last,
        pause=pause,
        notices=surveyor.notices(),
        outdated=outdated(survey, since),
        notes=notes,
    )
    return Looked(surveyor.catalog, survey, plan, status, known, terms)


def stored_projects(world: Surroundings) -> tuple[str, ...]:
    """Return the root folders of the projects that are kept in step."""
    with closing(world.reader()) as reader:
        return reader.memory().projects


def stored_settings(world: Surroundings) -> Settings:
    """Return the settings: defaults, what is stored, what the environment says."""
    with closing(world.reader()) as reader:
        return load_settings(reader.settings(), world.environ)

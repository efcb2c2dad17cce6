"""The world of one run, and looking at it without writing anything.

`Surroundings` is all that an engine takes from the outside, so that tests and replays give it another world. What only
looks imports no writer: that is what the reading commands start with.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from aisync_desktop.connectors.loader import Catalog, load_catalog
from aisync_desktop.core.items import Scope
from aisync_desktop.core.ports import Clock
from aisync_desktop.core.settings import Settings, load_settings
from aisync_desktop.core.status import Status
from aisync_desktop.engine.known import known_of
from aisync_desktop.engine.ledger import last_activity
from aisync_desktop.engine.lost_texts import LostTexts
from aisync_desktop.engine.planning import Plan, make_plan
from aisync_desktop.engine.report import build_status
from aisync_desktop.engine.survey import Survey, Surveyor
from aisync_desktop.engine.terms import Terms, policies_of
from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places, find_places, home
from aisync_desktop.files.protocol import Disk
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.store.reader import Reader
from aisync_desktop.store.reads import Reads

DATABASE = "aisync.sqlite3"


@dataclass(frozen=True)
class Surroundings:
    """The world of one run: our folders, the user's home and environment, the disk and the clock."""

    places: Places
    home: Path
    environ: Mapping[str, str]
    disk: Disk
    clock: Clock

    @classmethod
    def real(cls, environ: Mapping[str, str]) -> Surroundings:
        """Return this machine's; our folders are made if they are not there."""
        clock = SystemClock()
        places = find_places(environ)
        places.create()
        return cls(places, home(environ), environ, RealDisk(clock), clock)

    @property
    def database(self) -> Path:
        """The database file."""
        return self.places.state / DATABASE

    def keys(self) -> KeyRing:
        """Return our own keys; nothing is asked of the OS keyring until a key is needed."""
        return KeyRing(self.places.state)

    def surveyor(self, store: Reads) -> Surveyor:
        """Return what looks at the clients' files."""
        catalog = load_catalog(self.places.config / "clients")
        return Surveyor(catalog, self.disk, self.environ, self.home, store.fingerprint_key)

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


def look(world: Surroundings, prefer: str = "", project: Scope | None = None) -> Looked:
    """Plan without writing anything, anywhere, with one more project if one is given; works beside a running app."""
    with closing(world.reader()) as reader:
        known = known_of(reader.memory())
        if project is not None:
            known = replace(known, projects=tuple(dict.fromkeys((*known.projects, project))))
        surveyor = world.surveyor(reader)
        survey = surveyor.survey(known.projects)
        settings = load_settings(reader.settings(), world.environ)
        plan = make_plan(survey, known, surveyor, Terms(prefer, policies=policies_of(settings), reach=known.reach))
        if known.adopted:
            plan = LostTexts(reader, surveyor, world.clock).asking(plan, survey, settings.lost_text)
        last = last_activity(reader)
    status = build_status(survey, plan, adopted=known.adopted, last=last, notices=surveyor.notices())
    return Looked(surveyor.catalog, survey, plan, status)


def stored_projects(world: Surroundings) -> tuple[str, ...]:
    """Return the root folders of the projects that are kept in step."""
    with closing(world.reader()) as reader:
        return reader.memory().projects


def stored_settings(world: Surroundings) -> Settings:
    """Return the settings: defaults, what is stored, what the environment says."""
    with closing(world.reader()) as reader:
        return load_settings(reader.settings(), world.environ)

"""The world of one run: all that the program takes from the outside, so that tests and replays give it another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import FileProblem
from aisync_desktop.files.machine import Machine, machines
from aisync_desktop.files.places import DATABASE, HOME_VARIABLE, PROGRAM_DATABASE, Places, find_places, home
from aisync_desktop.files.processes import Processes, SystemProcesses
from aisync_desktop.files.protocol import Disk
from aisync_desktop.kernel.bus import Bus
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.secrets.safe import Index, OpenSafe
from aisync_desktop.secrets.vault import RestingVault, SystemVault, Vault


@dataclass(frozen=True)
class World:
    """Our folders, the user's home and environment, the disk, the clock, the processes, the keyring, and the bus."""

    places: Places
    home: Path
    environ: Mapping[str, str]
    disk: Disk
    clock: Clock
    processes: Processes = field(default_factory=SystemProcesses)
    mended: tuple[FileProblem, ...] = ()  # of our own folders
    remarks: tuple[Text, ...] = ()  # on what it was given, for whoever begins
    claim: Callable[[], object] | None = None  # raises where our state folder is another program's by now
    bus: Bus = field(default_factory=Bus, compare=False)  # tells the parts of this run that something is new

    @classmethod
    def real(cls, environ: Mapping[str, str]) -> World:
        """Return this machine's; our folders are made if they are not there.

        What the file in the config folder says is a part of the environment, unless that says it itself.
        """
        clock = SystemClock()
        places = find_places(environ)
        mended = places.create()
        remarks: tuple[Text, ...] = ()
        if path := places.env_file:
            from aisync_desktop.program.env_file import read_env  # which brings the models of all settings along

            said = read_env(path)
            environ, remarks = {**said.values, **environ}, said.told
        return cls(places, home(environ), environ, RealDisk(clock), clock, mended=mended, remarks=remarks)

    @property
    def told(self) -> tuple[Text, ...]:
        """What whoever begins is to be told of: what was mended, and what was remarked."""
        return (*(problem.message for problem in self.mended), *self.remarks)

    def apart(self) -> World:
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
        """The database file of sync."""
        return self.places.state / DATABASE

    @property
    def program_database(self) -> Path:
        """The database file of what belongs to the program as a whole."""
        return self.places.state / PROGRAM_DATABASE

    def keys(self) -> KeyRing:
        """Return our own keys; nothing is asked of the OS keyring until a key is needed."""
        return KeyRing(self.places.state, self.vault())

    def vault(self) -> Vault:
        """Return where secrets are kept; nothing is imported or asked before one is needed."""
        return SystemVault()

    def patient_vault(self) -> Vault:
        """Return the same, for who waits as long as the user needs to type a password."""
        vault = self.vault()
        return vault.patient() if isinstance(vault, SystemVault) else vault

    def safe(self, index: Index) -> OpenSafe:
        """Return the values of secrets, to be read."""
        return OpenSafe(index, RestingVault(self.vault(), self.clock))

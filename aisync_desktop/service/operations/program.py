"""What belongs to the program as a whole: its settings, what left it, its window."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.service.operations.request import LONGEST_PATH, AppRequest, EngineRequest, LookRequest
from aisync_desktop.service.settings import SECTIONS, in_force, require_known, require_sound
from aisync_desktop.sync.store.export import ExportFormat, ExportKind

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.service.facade import Facade
    from aisync_desktop.sync.answering.engine import Engine


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Settings(_Answer):
    """Settings, by their names, as they are in force: an environment variable wins over what was set."""

    settings: dict[str, JsonValue]


class Recorded(_Answer):
    """What was written down."""

    recorded: bool = True


class Shown(_Answer):
    """Whether a window was brought to the front: an app without one has none to bring."""

    shown: bool = True


class NoAppError(WorldError):
    """There is no app whose window could be shown."""

    def __init__(self) -> None:
        super().__init__(text("request.no-app"), text("request.no-app.message"), text("request.no-app.next"))


class SettingsRequest(LookRequest):
    """One setting, or all where none is named."""

    name: str = ""

    def run(self, world: World) -> Settings:
        """Look them up."""
        if self.name:
            require_known(self.name)
        with closing(ProgramReader.of(world)) as reader:
            found = in_force(reader.sound_settings(SECTIONS), world.environ)
        return Settings(settings={self.name: found[self.name]} if self.name else found)


class SettingChange(EngineRequest):
    """Give a setting another value; the default, where that is null."""

    name: str
    value: JsonValue

    def run(self, engine: Engine, world: World) -> Settings:
        """Do it."""
        require_sound(self.name, self.value)
        engine.set_setting(self.name, self.value)
        return SettingsRequest(name=self.name).run(world)


class ExportRecord(EngineRequest):
    """Something left the database: what, how, to where ("" where no file was written), and how many rows."""

    kind: ExportKind
    format: ExportFormat
    path: str = Field(max_length=4096)
    rows: int = Field(ge=0)

    def run(self, engine: Engine, world: World) -> Recorded:
        """Write it down."""
        del world
        engine.record_export(self.kind.value, self.format.value, self.path, self.rows, engine.tokens.asker)
        return Recorded()


class ShowWindow(AppRequest):
    """Bring the window of the running app to the front; `route` is a place in it, as “decisions/029a”."""

    route: str = Field("", max_length=LONGEST_PATH)

    def run(self, app: Facade) -> Shown:
        """Do it."""
        return Shown(shown=app.show(self.route))

    def alone(self, world: World) -> Shown:
        """Say that nothing runs."""
        del world
        raise NoAppError

"""What all requests have in common, and the three kinds of them: where each is run, and from what it makes its answer.

`run` is plain code that returns the answer, a model. Which operation a request belongs to, the list says (listed.py).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, ClassVar, Self, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, model_validator

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.reports.file_edits import PlannedEdits

_UNUSABLE = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of characters
HIGHEST = 2**63 - 1  # number that a row can have
LONGEST_PATH = 4096
OLDER = "Only what is older than the one of this id."
SCOPE = "“user”, or “project:” and its root; without it, all."


def _in_utc(moment: dt.datetime) -> dt.datetime:
    """Return a moment as it is told everywhere; one that would then be in no year is none."""
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


Moment: TypeAlias = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class UnusableValueError(WorldError):
    """A value that no file, no database and no program could take."""

    def __init__(self) -> None:
        texts = (text("request.unusable"), text("request.unusable.message"), text("request.unusable.next"))
        super().__init__(*texts)


class RequestRefusedError(WorldError):
    """Something that was asked for is too long, too many or of the wrong kind."""

    def __init__(self, place: str, reason: str) -> None:
        message = text("request.refused.message", place=place, reason=reason)
        super().__init__(text("request.refused"), message, text("request.refused.next"))


class Request(BaseModel):
    """What all requests have in common: no unknown field, and no value that only fails further down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _is_usable(cls, given: object) -> object:
        left = [given]
        while left:  # not by recursion: a caller decides how deep it goes
            one = left.pop()
            if isinstance(one, dict):
                left += [*one, *one.values()]
            elif isinstance(one, list | tuple):
                left += one
            elif (isinstance(one, str) and _UNUSABLE.search(one)) or (isinstance(one, int) and abs(one) > HIGHEST):
                raise UnusableValueError
        return given


class EngineRequest(Request):
    """Something for the engine, in its thread; where no app runs, whoever asks opens one under the instance lock.

    One that has `alone` is answered by a look instead, where no app runs: nothing is written for it, no lock is taken.
    One that is `for_a_person_now` never waits as a proposal: its answer is for nobody else, and not for later.
    """

    for_a_person_now: ClassVar[bool] = False

    def as_of_now(self, engine: Engine) -> Self:
        """Return the request for what is there now and nothing else: it may wait for long, and is then done unseen."""
        del engine
        return self

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits | None:
        """Return what it would write, where it can be told before; nothing is written."""
        del engine, world
        return None


class LookRequest(Request):
    """Something to look up: it only reads, in whatever thread, and needs no app.

    One that `waits_for_user` holds up no other, nor the end of the program.
    """

    waits_for_user: ClassVar[bool] = False


class AppRequest(Request):
    """Something that the running app answers from what it has at hand, whatever the engine is busy with."""

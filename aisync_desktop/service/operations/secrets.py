"""Secrets: what is kept where, whether it can be had, changing and forgetting it; a value only ever comes in."""

from __future__ import annotations

from contextlib import closing
from secrets import token_hex
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.clients.items import Scope
from aisync_desktop.secrets.errors import VaultUnusableError
from aisync_desktop.secrets.met import meet
from aisync_desktop.secrets.references import REFERENCE
from aisync_desktop.service.operations.answer import SyncAnswer, answer_of
from aisync_desktop.service.operations.request import EngineRequest, LookRequest
from aisync_desktop.sync.reports.secret_reports import SecretReport, references_at, secret_reports
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.known import recall

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine

_PATTERN = f"^{REFERENCE}$"


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Secrets(_Answer):
    """Every secret that is kept or used."""

    secrets: tuple[SecretReport, ...]


class References(_Answer):
    """The references in a field of an item."""

    references: tuple[str, ...]


class Removed(_Answer):
    """The reference whose value was forgotten."""

    removed: str


class Keyring(_Answer):
    """Whether the keyring keeps what it is given; the `reason` where it does not."""

    usable: bool
    reason: str = ""


class KeyringRequest(LookRequest):
    """Open the keyring, which may ask for its password, and look whether it keeps what it is given.

    It is waited for as long as a password takes.
    """

    waits_for_user: ClassVar[bool] = True

    def run(self, world: World) -> Keyring:
        """Give it something, and take that back."""
        vault, name = world.patient_vault(), f"probe:{token_hex(8)}"
        try:
            vault.put(name, "AISync")
            vault.remove(name)
        except VaultUnusableError as error:
            return Keyring(usable=False, reason=str(error))
        return Keyring(usable=True)


class SecretsRequest(LookRequest):
    """The secrets: where each is used, and where its value is kept. The keyring is not asked."""

    def run(self, world: World) -> Secrets:
        """Look them up."""
        with closing(Reader.of(world)) as reader:
            return Secrets(secrets=secret_reports(reader))


class ReferencesRequest(LookRequest):
    """The references of the secrets in an item's field."""

    item: str
    field: str
    scope: str = "user"

    def run(self, world: World) -> References:
        """Look them up."""
        with closing(Reader.of(world)) as reader:
            found = references_at(recall(reader), Scope.parse(self.scope), self.item, self.field)
        return References(references=found)


class SecretValue(EngineRequest):
    """Another value for a secret, wherever the old one stands in the user's own files."""

    reference: str = Field(pattern=_PATTERN)
    value: str = Field(repr=False, min_length=1, max_length=65_536)

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        meet(self.value)
        return answer_of(engine.set_secret(self.reference, self.value), engine)


class SecretRemoval(EngineRequest):
    """Forget the value of a secret; one that an item uses only where `used` is set."""

    reference: str = Field(pattern=_PATTERN)
    used: bool = Field(default=False, description="Also one that an item uses.")

    def run(self, engine: Engine, world: World) -> Removed:
        """Do it."""
        del world
        engine.remove_secret(self.reference, used=self.used)
        return Removed(removed=self.reference)

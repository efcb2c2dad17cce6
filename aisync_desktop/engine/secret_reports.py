"""What is known of secrets, for people and programs: never a value.

`secret_reports` reads the database and asks no keyring; `checks` looks at the files and asks for every value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import closing
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from aisync_desktop.core.diff import flatten
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import Scope
from aisync_desktop.core.messages import text
from aisync_desktop.engine.keeping import uses_in, uses_of
from aisync_desktop.engine.known import Known, known_of
from aisync_desktop.engine.reach import item_named
from aisync_desktop.engine.surroundings import Surroundings, look
from aisync_desktop.engine.survey import Survey
from aisync_desktop.secrets.errors import SecretsError
from aisync_desktop.secrets.safe import Kept, OpenSafe, Use
from aisync_desktop.secrets.seal import references
from aisync_desktop.store.reads import Reads


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class Place(_Report):
    """An item's field; `clients` have the secret in it, or had it last."""

    scope: str
    item: str
    field: str
    clients: tuple[str, ...]


class SecretReport(_Report):
    """A secret: where it is used, and where its value is kept ("" where it is not)."""

    reference: str
    kept: str
    since: dt.datetime | None
    used: bool
    places: tuple[Place, ...]


class Had(StrEnum):
    """Whether a value can be had."""

    YES = "yes"
    IN_FILES = "in-files"  # it stands in a file, but is not kept
    LOCKED = "locked"  # it is kept, and cannot be had now
    MISSING = "missing"


class Difference(_Report):
    """A field in which clients hold different secrets: each client with its reference."""

    scope: str
    item: str
    field: str
    held: dict[str, str]


class CheckedSecret(_Report):
    """One secret of a check."""

    reference: str
    had: Had
    used: bool


class Check(_Report):
    """Whether each value can be had, and where clients' files do not agree."""

    secrets: tuple[CheckedSecret, ...]
    differing: tuple[Difference, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is missing, locked or different."""
        return not self.differing and all(one.had in {Had.YES, Had.IN_FILES} for one in self.secrets)


class NoSecretThereError(WorldError):
    """An item's field holds no secret."""

    def __init__(self, item: str, field: str) -> None:
        message = text("secrets.not-there.message", item=item, field=field)
        super().__init__(text("secrets.not-there"), message, text("secrets.not-there.next"))


def secret_reports(reads: Reads) -> tuple[SecretReport, ...]:
    """Return every secret that is kept or used."""
    kept = {one.reference: one for one in reads.kept_secrets()}
    agreed = _agreed(known_of(reads.memory()))
    return tuple(_report(one, kept.get(one), agreed.get(one, ())) for one in sorted(kept.keys() | agreed.keys()))


def _report(reference: str, kept: Kept | None, agreed: Iterable[Use]) -> SecretReport:
    uses = tuple(agreed)
    seen = kept.seen if kept and (kept.seen or not uses) else uses
    return SecretReport(
        reference=reference,
        kept=kept.where.value if kept else "",
        since=kept.since if kept else None,
        used=bool(uses),
        places=tuple(_places(seen)),
    )


def _places(uses: Iterable[Use]) -> Iterator[Place]:
    clients: dict[tuple[str, str, str], list[str]] = {}
    for use in uses:
        clients.setdefault((use.scope, use.item, use.field), []).extend([use.client] if use.client else [])
    for (scope, item, field), found in sorted(clients.items()):
        yield Place(scope=scope, item=item, field=field, clients=tuple(sorted(found)))


def _agreed(known: Known) -> dict[str, tuple[Use, ...]]:
    """Return where secrets are used in what was agreed on."""
    found: dict[str, tuple[Use, ...]] = {}
    for scope in known.scopes:
        for reference, uses in uses_in(known.of(scope).unified, scope).items():
            found[reference] = (*found.get(reference, ()), *uses)
    return found


def checked(world: Surroundings) -> Check:
    """Look at everything, and check it."""
    at = look(world)
    with closing(world.reader()) as reader:
        return check(at.survey, at.known, world.safe(reader))


def check(survey: Survey, known: Known, safe: OpenSafe) -> Check:
    """Ask for every value that is kept or used, and compare what clients' files hold."""
    in_files = {reference for state in survey.endpoints for reference in uses_of(state)}
    agreed = _agreed(known).keys()
    wanted = sorted({one.reference for one in safe.known()} | in_files | agreed)
    checked = (
        CheckedSecret(reference=one, had=_had(one, safe, in_files=one in in_files), used=one in in_files | agreed)
        for one in wanted
    )
    return Check(secrets=tuple(checked), differing=tuple(_differences(survey)))


def _had(reference: str, safe: OpenSafe, *, in_files: bool) -> Had:
    try:
        value = safe.get(reference)
    except SecretsError:
        return Had.LOCKED
    if value is not None:
        return Had.YES
    return Had.IN_FILES if in_files else Had.MISSING


def _differences(survey: Survey) -> Iterator[Difference]:
    held: dict[tuple[str, str, str], dict[str, str]] = {}
    for state in survey.endpoints:
        for key, item in state.view.items.items():
            for path, value in flatten(item.fields()).items():
                if found := references(value):
                    at = str(state.scope), str(key), ".".join(path)
                    held.setdefault(at, {})[state.label] = ", ".join(sorted(found))
    for (scope, item, field), by in sorted(held.items()):
        if len(set(by.values())) > 1:
            yield Difference(scope=scope, item=item, field=field, held=by)


def holders(reference: str, survey: Survey) -> tuple[str, ...]:
    """Return who holds a secret in a file now: clients, those of a project with its folder."""
    found = [use for state in survey.endpoints for use in uses_of(state).get(reference, ())]
    return tuple(sorted({use.client if use.scope == "user" else f"{use.client} ({use.scope})" for use in found}))


def references_at(known: Known, scope: Scope, item: str, field: str) -> tuple[str, ...]:
    """Return the references in an item's field, as it was agreed on."""
    unified = known.of(scope).unified
    key = item_named(item, unified)
    values = {".".join(path): value for path, value in flatten(unified[key].fields()).items()}
    found = tuple(sorted(references(values[field]))) if field in values else ()
    if not found:
        raise NoSecretThereError(str(key), field)
    return found

"""Whether secrets can be had, and whether clients agree on them: a look at the files, and every value asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum

from aisync_desktop.program.world import World
from aisync_desktop.secrets.errors import SecretsError
from aisync_desktop.secrets.references import references
from aisync_desktop.secrets.safe import OpenSafe
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.diff import flatten
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.reports.secret_reports import Report, agreed_uses
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.secret_uses import held_by


class Had(StrEnum):
    """Whether a value can be had."""

    YES = "yes"
    IN_FILES = "in-files"  # it stands in a file, but is not kept
    LOCKED = "locked"  # it is kept, and cannot be had now
    MISSING = "missing"


class Difference(Report):
    """A field in which clients hold different secrets: each client with its reference."""

    scope: str
    item: str
    field: str
    held: dict[str, str]


class CheckedSecret(Report):
    """One secret of a check."""

    reference: str
    had: Had
    used: bool


class Check(Report):
    """Whether each value can be had, and where clients' files do not agree."""

    secrets: tuple[CheckedSecret, ...]
    differing: tuple[Difference, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is missing, locked or different."""
        return not self.differing and all(one.had in {Had.YES, Had.IN_FILES} for one in self.secrets)


def checked(world: World) -> Check:
    """Look at everything, and check it."""
    at = look(world)
    with closing(Reader.of(world)) as reader:
        return check(at.survey, at.known, world.safe(reader))


def check(survey: Survey, known: Known, safe: OpenSafe) -> Check:
    """Ask for every value that is kept or used, and compare what clients' files hold."""
    in_files = {reference for state in survey.endpoints for reference in held_by(state)}
    agreed = agreed_uses(known).keys()
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
        for key, item in state.raw.items():
            for path, value in flatten(item.fields()).items():
                if found := references(value):
                    at = str(state.scope), str(key), ".".join(path)
                    held.setdefault(at, {})[state.label] = ", ".join(sorted(found))
    for (scope, name, field), by in sorted(held.items()):
        if len(set(by.values())) > 1:
            yield Difference(scope=scope, item=name, field=field, held=by)


def holders_now(reference: str, world: World) -> tuple[str, ...]:
    """Look who holds a secret in a file."""
    return holders(reference, look(world).survey)


def holders(reference: str, survey: Survey) -> tuple[str, ...]:
    """Return who holds a secret in a file now: clients, those of a project with its folder."""
    found = [use for state in survey.endpoints for use in held_by(state).get(reference, ())]
    return tuple(sorted({use.client if use.scope == "user" else f"{use.client} ({use.scope})" for use in found}))

"""What is known of secrets, for people and programs: never a value. Read from the database; no keyring is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import Scope
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.secrets.references import references
from aisync_desktop.secrets.safe import Kept, Use
from aisync_desktop.sync.model.diff import flatten
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.terms.coverage import item_named
from aisync_desktop.sync.terms.known import Known, recall
from aisync_desktop.sync.terms.secret_uses import uses_in


class Report(BaseModel):
    """What is told of secrets."""

    model_config = ConfigDict(frozen=True)


class Place(Report):
    """An item's field; `clients` have the secret in it, or had it last."""

    scope: str
    item: str
    field: str
    clients: tuple[str, ...]


class SecretReport(Report):
    """A secret: where it is used, and where its value is kept ("" where it is not)."""

    reference: str
    kept: str
    since: dt.datetime | None
    used: bool
    places: tuple[Place, ...]


class NoSecretThereError(WorldError):
    """An item's field holds no secret."""

    def __init__(self, item: str, field: str) -> None:
        message = text("secrets.not-there.message", item=item, field=field)
        super().__init__(text("secrets.not-there"), message, text("secrets.not-there.next"))


def secret_reports(reads: Reads) -> tuple[SecretReport, ...]:
    """Return every secret that is kept or used."""
    kept = {one.reference: one for one in reads.kept_secrets()}
    agreed = agreed_uses(recall(reads))
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


def agreed_uses(known: Known) -> dict[str, tuple[Use, ...]]:
    """Return where secrets are used in what was agreed on."""
    found: dict[str, tuple[Use, ...]] = {}
    for scope in known.scopes:
        for reference, uses in uses_in(known.of(scope).unified, scope).items():
            found[reference] = (*found.get(reference, ()), *uses)
    return found


def references_at(known: Known, scope: Scope, item: str, field: str) -> tuple[str, ...]:
    """Return the references in an item's field, as it was agreed on."""
    unified = known.of(scope).unified
    key = item_named(item, unified)
    values = {".".join(path): value for path, value in flatten(unified[key].fields()).items()}
    found = tuple(sorted(references(values[field]))) if field in values else ()
    if not found:
        raise NoSecretThereError(str(key), field)
    return found

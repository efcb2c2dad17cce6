"""After a sync, the literals that stand in clients' files go into the safe, with where they were seen.

Files are not held up by it: it comes when they are written. What stands in no file any more stays in the safe, as a
rollback may need it.
"""

from __future__ import annotations

from collections.abc import Iterable

from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.lens import View
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.secrets.safe import Safe, Use
from aisync_desktop.sync.applying.secret_notes import notes_of
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.secret_uses import Uses, joined, uses_of


class SecretCollector:
    """Feeds the safe with what the files hold, and with what launchers hand over."""

    def __init__(self, store: Store, safe: Safe, surveyor: Surveyor) -> None:
        self._store = store
        self._safe = safe
        self._surveyor = surveyor
        self._keyring_wanted = True
        self._views: dict[tuple[Scope, str], tuple[View, Uses]] = {}

    def use_keyring(self, *, wanted: bool) -> None:
        """Have what is kept from now on go into the keyring, or go on without one for good."""
        self._keyring_wanted = self._safe.uses_vault = wanted
        self._store.use_keyring(wanted=wanted)

    def collect(self, survey: Survey) -> None:
        """Keep what files hold now."""
        seen = joined(self._uses(state) for state in survey.endpoints if state.problem is None)
        literals = self._surveyor.literals
        self._safe.keep_all({one: literals[one] for one in seen if one in literals}, seen)
        self._safe.move_in()

    def add(self, reference: str, literal: str) -> None:
        """Keep a value that may come to stand in no file: launchers hand it over."""
        self._safe.keep(reference, literal)

    def mend(self) -> None:
        """Keep again what files hold and the keyring has lost; asks for every value, so it is no part of a sync."""
        held = {reference for _, uses in self._views.values() for reference in uses}
        self._safe.mend({one: self._surveyor.literals[one] for one in held & self._surveyor.literals.keys()})

    def forget(self, reference: str, uses: Iterable[Use]) -> bool:
        """Forget a value; return whether it was kept. What a file holds is known as long as it does."""
        kept = any(one.reference == reference for one in self._safe.known())
        self._safe.try_again()
        self._safe.remove(reference)
        if not any(use.client for use in uses):
            self._surveyor.literals.pop(reference, None)
        return kept

    def _uses(self, state: EndpointState) -> Uses:
        """Return where an endpoint holds secrets; its view is another value when its files changed."""
        at = state.scope, state.id
        known = self._views.get(at)
        if known is None or known[0] is not state.view:
            known = self._views[at] = (state.view, uses_of(state))
        return known[1]

    def due_in(self) -> float | None:
        """Return in how many seconds the keyring is to be asked again for what is needed."""
        return self._safe.due_in if self._surveyor.silent else None

    def notes(self) -> tuple[Problem, ...]:
        """Return what the user should know of how secrets are kept, and has not chosen."""
        return notes_of(self._store, self._safe.known()) if self._keyring_wanted else ()

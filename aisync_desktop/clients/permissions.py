"""The lens of permissions: the lines of a client's dialect <-> permissions by subject.

Of several lines of one subject the strictest counts. A line that means nothing in our language is opaque, under the
name that it has in the file.
"""

from __future__ import annotations

from functools import cached_property

from aisync_desktop.clients.descriptor import Descriptor, PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Conditional, Dialect, Line, strictest
from aisync_desktop.clients.dialects.registry import dialect_of
from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, Permission, Renamed
from aisync_desktop.clients.lens import Documents, Loss, Projection, Spot, View
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Subject


class PermissionLens:
    """The permissions in one file."""

    def __init__(self, descriptor: Descriptor, endpoint: PermissionsEndpoint) -> None:
        self.client = descriptor.id
        self.endpoint = endpoint
        self.expresses = frozenset({"action"})
        self.left_open = frozenset[str]()
        self._descriptor = descriptor

    @cached_property
    def dialect(self) -> Dialect:
        """The engine; that of a client that is not here is never made."""
        return dialect_of(self.endpoint)

    def read(self, documents: Documents) -> View:
        """Return what the documents say."""
        lines = self.dialect.lines(documents)
        items = {_key(subject): Permission(action=line.action) for subject, line in strictest(lines).items()}
        unsaid = {ItemKey(Kind.PERMISSIONS, line.spelled): line.meaning for line in lines}
        opaque = {key: why for key, why in unsaid.items() if isinstance(why, Text) and key not in items}
        return View(items, opaque)

    def project(self, key: ItemKey, item: Item) -> Projection:
        """Return the permission if a line of the dialect can say it."""
        subject, action = Subject.parse(key.name), Permission.of(item).action
        if subject.tool not in self.dialect.tools:
            losses = () if self._said_elsewhere(subject) else (self._loss(key, text("loss.permission-tool")),)
            return Projection(None, losses)
        why = self.dialect.refusal(subject, action)
        return Projection(None, (self._loss(key, why),)) if why else Projection(item)

    def _loss(self, key: ItemKey, why: Text) -> Loss:
        return Loss(self.client, key, "", why)

    def _said_elsewhere(self, subject: Subject) -> bool:
        """Whether another endpoint of the client says such things, or tells of the loss: the first one does."""
        mine = [one for one in self._siblings if not one.consulted]
        speaks = any(subject.tool in dialect_of(one).tools for one in mine)
        return speaks or mine[0] is not self.endpoint

    @cached_property
    def _siblings(self) -> list[PermissionsEndpoint]:
        found = (one for one in self._descriptor.endpoints if isinstance(one, PermissionsEndpoint))
        return [one for one in found if one.scope == self.endpoint.scope]

    def write(self, documents: Documents, before: Items, after: Items, renamed: Renamed = frozenset()) -> Documents:
        """Return the documents edited from one view to another; a permission is never renamed."""
        del renamed
        changed = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
        actions = {key: Permission.of(item).action for key, item in after.items()}
        wanted = {Subject.parse(key.name): actions.get(key) for key in changed}
        return self.dialect.write(documents, wanted) if wanted else documents

    def reshape_loss(self, documents: Documents, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
        """Return why these documents cannot take the line."""
        if before == after or not isinstance(self.dialect, Conditional):
            return None
        why = self.dialect.hindrance(documents, Subject.parse(key.name), Permission.of(after).action)
        return self._loss(key, why) if why else None

    def where(self, documents: Documents, key: ItemKey, field: tuple[str, ...] = ()) -> Spot | None:
        """Return where the line stands that counts."""
        del field
        return next((line.spot for line in self.lines_of(documents, key)), None)

    def lines_of(self, documents: Documents, key: ItemKey) -> list[Line]:
        """Return the lines of an item, the strictest first."""
        lines = [line for line in self.dialect.lines(documents) if _names(line) == key.name]
        return sorted(lines, key=lambda line: -line.action.strictness)

    def says_apart(self, item: Item) -> bool:
        """Tell that nothing is said apart."""
        del item
        return False

    def can_say_apart(self, documents: Documents) -> bool:
        """Tell that there is no such place."""
        del documents
        return False

    def park_loss(self, documents: Documents, key: ItemKey) -> None:
        """Return nothing: a permission is never off."""
        del documents, key


def _key(subject: Subject) -> ItemKey:
    return ItemKey(Kind.PERMISSIONS, str(subject))


def _names(line: Line) -> str:
    return str(line.subject) if line.subject else line.spelled

"""The lens: an endpoint's documents <-> items, by the descriptor alone.

An endpoint has one document (its role is MAIN), or several by role: files beside it that hold a part of the truth, or
the files of a folder by their names. `read` gives the view (what can be read) and the opaque keys (what is there but
cannot be said as items: it is left alone and never taken for a deletion). `project` restricts an item to what the
endpoint can express and names the losses. `write` edits only what differs between two views; a document that is empty
afterwards and belongs to one item only is left out of its answer: its file goes.

Laws: read(write(docs, view)).items == view for every projected view, and write(docs, read(docs)) == docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple, Protocol, TypeAlias

from aisync_desktop.clients.descriptor import Endpoint
from aisync_desktop.clients.items import Item, ItemKey, Items, Renamed
from aisync_desktop.documents.protocol import Document
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath

MAIN = ""
Documents: TypeAlias = Mapping[str, Document]


class NoRootError(WorldError):
    """The items have no place of their own in the file: it is neither read nor written."""

    def __init__(self, reason: str) -> None:
        super().__init__(text("documents.malformed"), text(reason), text("documents.malformed.next"))


@dataclass(frozen=True)
class Loss:
    """What a client cannot express, and why; `field` is empty where the whole item is meant."""

    client: str
    key: ItemKey
    field: str
    reason: Text


@dataclass(frozen=True)
class View:
    """The items that documents express, and the keys that they hold in a form that we cannot read."""

    items: Mapping[ItemKey, Item] = field(default_factory=dict)
    opaque: Mapping[ItemKey, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Projection:
    """An item as far as an endpoint can express it; None where it must not be written there.

    `parks`: the item is off, which the client has no word for; it is taken out there until it is on again.
    """

    item: Item | None
    losses: tuple[Loss, ...] = ()
    parks: bool = False

    @property
    def whole(self) -> bool:
        """Whether all is said that is meant: what the client finds out itself need not be."""
        return self.item is not None and not self.losses


class Spot(NamedTuple):
    """Where something stands: in the document of a role, at a path."""

    role: str
    path: KeyPath


class Lens(Protocol):
    """One endpoint of one client, seen through its descriptor."""

    @property
    def client(self) -> str:
        """The client's id."""

    @property
    def endpoint(self) -> Endpoint:
        """What the descriptor says of the endpoint."""

    @property
    def expresses(self) -> frozenset[str]:
        """The fields of an item that the endpoint can say at all."""

    @property
    def left_open(self) -> frozenset[str]:
        """The transports that it does not tell apart, since the client finds out itself how a server talks."""

    def read(self, documents: Documents) -> View:
        """Return what the documents say."""

    def project(self, key: ItemKey, item: Item) -> Projection:
        """Return the item as far as this endpoint can express it, with the losses, before anything is written."""

    def write(self, documents: Documents, before: Items, after: Items, renamed: Renamed = frozenset()) -> Documents:
        """Return the documents edited from one view to another; what is equal in both is not touched.

        What is `renamed` (old names with new ones) stays in its place, with all that stands there besides.
        """

    def reshape_loss(self, documents: Documents, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
        """Return why what is there cannot take the form that the new item needs."""

    def where(self, documents: Documents, key: ItemKey, field: tuple[str, ...] = ()) -> Spot | None:
        """Return where an item stands, or a field of it as far as that has a place of its own."""

    def says_apart(self, item: Item) -> bool:
        """Tell whether a part of an item is said where no other client that reads the same file looks: it is off."""

    def can_say_apart(self, documents: Documents) -> bool:
        """Tell whether there is a place for that, which may be the client's to make: without it nothing is written."""

    def park_loss(self, documents: Documents, key: ItemKey) -> Loss | None:
        """Return why an item that is off cannot be taken out until it is on again."""

"""A lens over an endpoint of one file, so that tests need not name the role of its only document."""

from __future__ import annotations

from aisync_desktop.connectors.descriptor import Descriptor, McpEndpoint
from aisync_desktop.connectors.lens import MAIN, Lens, Loss, View
from aisync_desktop.connectors.servers import ServerLens
from aisync_desktop.core.items import Item, ItemKey, Items
from aisync_desktop.documents.protocol import Document


def read(lens: Lens, document: Document) -> View:
    return lens.read({MAIN: document})


def write(lens: Lens, document: Document, before: Items, after: Items) -> Document:
    return lens.write({MAIN: document}, before, after)[MAIN]


def reshape_loss(lens: Lens, document: Document, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
    return lens.reshape_loss({MAIN: document}, key, before, after)


def server_lens(descriptor: Descriptor) -> ServerLens:
    """Return the lens of a client's first file of MCP servers."""
    return next(ServerLens(descriptor, one) for one in descriptor.endpoints if isinstance(one, McpEndpoint))

"""A lens over an endpoint of one file, so that tests need not name the role of its only document."""

from __future__ import annotations

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.items import Item, ItemKey, Items
from aisync_desktop.clients.lens import MAIN, Lens, Loss, View
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.clients.servers import ServerLens
from aisync_desktop.documents.protocol import Document


def read(lens: Lens, document: Document) -> View:
    return lens.read({MAIN: document})


def write(lens: Lens, document: Document, before: Items, after: Items) -> Document:
    return lens.write({MAIN: document}, before, after)[MAIN]


def reshape_loss(lens: Lens, document: Document, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
    return lens.reshape_loss({MAIN: document}, key, before, after)


def server_lenses() -> dict[str, ServerLens]:
    """Return the lens of each client's first file of MCP servers, of those that have one."""
    return {
        descriptor.id: ServerLens(descriptor, endpoint)
        for descriptor in load_catalog().descriptors
        for endpoint in reversed(descriptor.endpoints)
        if isinstance(endpoint, McpEndpoint)
    }

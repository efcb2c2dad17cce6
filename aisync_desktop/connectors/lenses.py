"""Which lens interprets an endpoint."""

from __future__ import annotations

from aisync_desktop.connectors.descriptor import Descriptor, Endpoint, McpEndpoint
from aisync_desktop.connectors.lens import Lens
from aisync_desktop.connectors.rules import FolderLens, TextLens
from aisync_desktop.connectors.servers import ServerLens


def lens_of(descriptor: Descriptor, endpoint: Endpoint) -> Lens:
    """Return the lens of one endpoint of a client."""
    if isinstance(endpoint, McpEndpoint):
        return ServerLens(descriptor, endpoint)
    return FolderLens(descriptor, endpoint) if endpoint.folder else TextLens(descriptor, endpoint)

"""Which lens interprets an endpoint: one per kind."""

from __future__ import annotations

from aisync_desktop.connectors.descriptor import Descriptor, Endpoint
from aisync_desktop.connectors.lens import Lens
from aisync_desktop.connectors.servers import ServerLens


def lens_of(descriptor: Descriptor, endpoint: Endpoint) -> Lens:
    """Return the lens of one endpoint of a client."""
    return ServerLens(descriptor, endpoint)

"""Which lens interprets an endpoint."""

from __future__ import annotations

from aisync_desktop.clients.descriptor import Descriptor, Endpoint, McpEndpoint, PermissionsEndpoint
from aisync_desktop.clients.lens import Lens
from aisync_desktop.clients.permissions import PermissionLens
from aisync_desktop.clients.rules import FolderLens, TextLens
from aisync_desktop.clients.servers import ServerLens


def lens_of(descriptor: Descriptor, endpoint: Endpoint, root: str = "") -> Lens:
    """Return the lens of one endpoint of a client, in the project of a root folder if one is given."""
    if isinstance(endpoint, McpEndpoint):
        return ServerLens(descriptor, endpoint.in_project(root) if root else endpoint)
    if isinstance(endpoint, PermissionsEndpoint):
        return PermissionLens(descriptor, endpoint)
    return FolderLens(descriptor, endpoint) if endpoint.folder else TextLens(descriptor, endpoint)

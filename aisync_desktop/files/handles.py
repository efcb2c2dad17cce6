"""How many files this process may have open: the limit that the system set for it, and up to where we may raise it."""

from __future__ import annotations

import sys

_ENOUGH = 4_096  # more is of no use to us
_USUAL = 256  # where the system does not say

if sys.platform == "win32":

    def handle_limit() -> int:
        """Return how many descriptors this process may have."""
        return _USUAL

    def raise_handle_limit() -> None:
        """Nothing is to be done where descriptors have no limit to speak of."""

else:
    import resource

    def handle_limit() -> int:
        """Return how many descriptors this process may have."""
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return _ENOUGH if soft == resource.RLIM_INFINITY else soft

    def raise_handle_limit() -> None:
        """Take of what the system allows as much as is of use; some systems give a program 256 unless it asks."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _ENOUGH if hard == resource.RLIM_INFINITY else min(_ENOUGH, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            except (OSError, ValueError):  # a limit of the kernel's own is lower
                return

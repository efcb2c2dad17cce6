"""How much is tried: a little at a desk, more on every change (CI), all of it in deep runs (`make deep`)."""

from __future__ import annotations

import os

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
CI = bool(os.environ.get("CI"))
EVERY = 1 if DEEP else 2  # of cases that are much alike, one of so many

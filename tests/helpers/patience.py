"""How long a test waits for what must come: nothing is measured by it, it only ends a hang.

A machine that stalls for some seconds is no defect of ours, so each wait is given much more time than it can need.
"""

from __future__ import annotations

PATIENCE = 60  # seconds; what runs into the limit of a whole test (pyproject.toml) would tell less

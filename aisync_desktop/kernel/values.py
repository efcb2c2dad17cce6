"""Plain values as documents and items hold them, and paths into them."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

Scalar: TypeAlias = "str | int | float | bool | dt.date | dt.time | None"
Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"
KeyPath: TypeAlias = "tuple[str | int, ...]"

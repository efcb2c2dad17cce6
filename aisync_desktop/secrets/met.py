"""The literals that this process has met, in memory only: what no report of a fault of ours may hold.

A token that looks like one is hidden from any text anyhow (shapes.py); a password that looks like nothing is known for
one only by whoever has seen where it stands.
"""

from __future__ import annotations

_met: set[str] = set()


def meet(literal: str) -> None:
    """Remember a literal."""
    _met.add(literal)


def met() -> frozenset[str]:
    """Return all that were met."""
    return frozenset(_met)

"""Where a descriptor's paths lead on this machine: `~` or `$VARIABLE` at the start, as the client reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path


def resolve(template: str, environ: Mapping[str, str], home: Path) -> Path | None:
    """Return the path of a template, or None where its variable is not set."""
    first, _, rest = template.partition("/")
    if first == "~":
        return home / rest
    if not first.startswith("$"):
        return Path(template)
    value = environ.get(first[1:], "")
    return (home / value / rest if value else None) if not value.startswith("~") else home / value[2:] / rest


def first_path(templates: Iterable[str], environ: Mapping[str, str], home: Path) -> Path | None:
    """Return the path of the first template whose variable is set."""
    return next((path for path in (resolve(template, environ, home) for template in templates) if path), None)

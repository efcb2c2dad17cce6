"""Where a descriptor's paths lead on this machine, as the client reads them.

A template begins with `~` (the home folder), `$VARIABLE`, or `.` (the root folder of a project).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from aisync_desktop.connectors.descriptor import FileModel


@dataclass(frozen=True)
class Whereabouts:
    """What templates are resolved with."""

    environ: Mapping[str, str]
    home: Path
    exists: Callable[[Path], bool]
    root: Path | None = None  # of the project, in a project scope

    def resolve(self, template: str) -> Path | None:
        """Return the path of a template, or None where its variable is not set."""
        first, _, rest = template.partition("/")
        if first == "~":
            return self.home / rest
        if first == ".":
            return self.root / rest if self.root else None
        if not first.startswith("$"):
            return Path(template)
        value = self.environ.get(first[1:], "")
        return (
            (self.home / value / rest if value else None) if not value.startswith("~") else self.home / value[2:] / rest
        )

    def find(self, file: FileModel) -> Path | None:
        """Return where a file is, or would be made; None where it has no place here."""
        candidates = tuple(self._candidates(file))
        if file.choose == "exists":
            there = (path for path in candidates if self.exists(path))
            return next(there, candidates[-1] if candidates else None)
        return candidates[0] if candidates else None

    def _candidates(self, file: FileModel) -> Iterator[Path]:
        """Yield the paths that are meant at present: where the client's variable is set, its usual place is not."""
        moved = [template for template in file.paths if template.startswith("$") and self.resolve(template)]
        return (path for path in map(self.resolve, moved or file.paths) if path)

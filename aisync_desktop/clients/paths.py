"""Where a descriptor's paths lead on this machine, as the client reads them.

A template begins with `~` (the home folder), `$VARIABLE`, or `.` (the root folder of a project).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from pathlib import Path

from aisync_desktop.clients.descriptor import FileModel
from aisync_desktop.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Whereabouts:
    """What templates are resolved with."""

    environ: Mapping[str, str]
    home: Path
    exists: Callable[[Path], bool]
    root: Path | None = None  # of the project, in a project scope
    filled: Callable[[Path], bool] = lambda _: True  # whether what exists holds anything
    _meant: dict[tuple[str, ...], tuple[Path, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

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
        candidates = self.candidates(file)
        if file.choose == "set" or len(candidates) == 1:
            return candidates[0] if candidates else None
        there = (path for path in candidates if self.exists(path) and (file.choose == "exists" or self.filled(path)))
        return next(there, candidates[-1] if candidates else None)

    def candidates(self, file: FileModel) -> tuple[Path, ...]:
        """Return the paths that can be meant at present, in the order of the choice."""
        meant = self.meant(file.paths)
        return meant[:1] if file.choose == "set" else meant

    def meant(self, templates: Iterable[str]) -> tuple[Path, ...]:
        """Return the paths of templates: where the client's variable is set, what has none or another is not meant."""
        asked = tuple(templates)
        if asked not in self._meant:
            here = [(_variable(template), path) for template in asked if (path := self.resolve(template))]
            moved = next((variable for variable, _ in here if variable), "")
            self._meant[asked] = tuple(path for variable, path in here if variable == moved)
        return self._meant[asked]


def _variable(template: str) -> str:
    first = template.partition("/")[0]
    return first if first.startswith("$") else ""

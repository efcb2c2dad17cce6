"""Random TOML texts that say one value in every spelling that the language has."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

NAMES = [
    "a",
    "b",
    "mcp_servers",
    "env",
    '"x y"',
    "'q.\"r'",
    '"é"',
    "c-d",
    '"t\\tn"',
    "1",
    "projects",
    "z_",
    "tools",
    "k",
]
SCALARS = [
    "1",
    "1_000_000",
    "0xFF",
    "-0.5",
    "1e6",
    "inf",
    "true",
    "1979-05-27",
    "1979-05-27 07:32:00",
    "1979-05-27T07:32:00-08:00",
    "07:32:00.5",
    '"x"',
    "'lit # no'",
    '"q\\"] , # no"',
    '"""one"""',
    "'''a ''' ",
    '""',
    '"\\u00e9"',
]


@dataclass
class TomlWriter:
    """Writes one random text."""

    rng: Random
    eol: str = "\n"
    comments: int = 0
    lines: list[str] = field(default_factory=list)

    def document(self) -> str:
        self.eol = self.rng.choice(["\n", "\n", "\r\n"])
        self.airy = self.rng.choice([0.0, 0.7, 1.0])
        self.equals = self.rng.choice([" = ", " = ", "="])
        self.chatty = self.rng.choice([0.0, 0.1, 0.3])
        self.noise()
        self.table((), self.rng.choice([0, 1, 2, 3]), 0)
        self.noise()
        text = self.eol.join(self.lines)
        return text + (self.eol if self.lines and self.rng.random() < 0.8 else "")

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments}c" + self.rng.choice(["", " x = 1", " [a]", ' "'])

    def noise(self) -> None:
        while self.rng.random() < self.chatty:
            self.lines.append(self.rng.choice(["", self.comment(), "  " + self.comment()]))

    def trailing(self) -> str:
        return "  " + self.comment() if self.rng.random() < self.chatty else self.rng.choice(["", "", "", " "])

    def table(self, path: tuple[str, ...], pairs: int, level: int) -> None:
        """Write the pairs of a table whose header is written, then its sub-tables."""
        names = self.rng.sample(NAMES, min(len(NAMES), pairs + 3))
        indent = self.rng.choice(["", "", "", "  "])
        for name in names[:pairs]:
            self.noise()
            self.pair(indent, name, level)
        for name in names[pairs:]:
            if level < 3 and self.rng.random() < 0.35:
                self.sub_table((*path, name), level)

    def pair(self, indent: str, name: str, level: int) -> None:
        if self.rng.random() < 0.2:
            below = self.rng.sample(NAMES, 2)
            for one in below[: self.rng.choice([1, 2])]:
                self.lines.append(f"{indent}{name}.{one}{self.equals}{self.value(level)}{self.trailing()}")
            return
        self.lines.append(f"{indent}{name}{self.equals}{self.value(level)}{self.trailing()}")

    def sub_table(self, path: tuple[str, ...], level: int) -> None:
        if self.rng.random() < 0.2:
            for _ in range(self.rng.choice([1, 2])):
                self.header("[[%s]]", path)
                self.table(path, self.rng.choice([0, 1, 2]), level + 1)
            return
        if self.rng.random() < 0.3:
            below = (*path, self.rng.choice(NAMES))  # the table between has no header
            self.header("[%s]", below)
            self.table(below, self.rng.choice([1, 2]), level + 2)
            return
        self.header("[%s]", path)
        self.table(path, self.rng.choice([0, 1, 2, 3]), level + 1)

    def header(self, form: str, path: tuple[str, ...]) -> None:
        if self.lines and self.rng.random() < self.airy:
            self.lines.append("")
        self.noise()
        dot = self.rng.choice([".", ".", ".", " . "])
        self.lines.append(form % dot.join(path) + self.trailing())

    def value(self, level: int) -> str:
        choice = self.rng.random()
        if choice < 0.2 and level < 5:
            return self.array(level)
        if choice < 0.35 and level < 5:
            names = self.rng.sample(NAMES, self.rng.choice([0, 1, 2, 3]))
            inside = ", ".join(f"{name}{self.equals}{self.inline(level)}" for name in names)
            return self.rng.choice(["{%s}", "{ %s }"]) % inside if names else self.rng.choice(["{}", "{ }"])
        if choice < 0.4:
            return f'"""{self.eol}two # no{self.eol}lines ""{self.eol}"""'
        return self.rng.choice(SCALARS).strip()

    def inline(self, level: int) -> str:
        if self.rng.random() < 0.2 and level < 4:
            return "[" + self.rng.choice(SCALARS).strip() + "]"
        return self.rng.choice(SCALARS).strip()

    def array(self, level: int) -> str:
        values = [self.inline(level + 1) for _ in range(self.rng.choice([0, 1, 2, 3]))]
        if self.rng.random() < 0.5:
            return "[" + ", ".join(values) + (self.rng.choice(["", ",", " "]) if values else "") + "]"
        lines = ["["]
        for number, value in enumerate(values):
            while self.rng.random() < self.chatty:
                lines.append("  " + self.comment())
            comma = "," if number < len(values) - 1 or self.rng.random() < 0.5 else ""
            lines.append("  " + value + comma + self.trailing())
        if self.rng.random() < self.chatty:
            lines.append("  " + self.comment())
        return self.eol.join([*lines, "]"])

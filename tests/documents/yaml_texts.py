"""Random YAML texts in the spellings that configuration files have."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

KEYS = ["a", "b", "mcp", "env", '"x y"', "'q'", "é", "c-d", "tools", "k.k", "z_", "1", "bash"]
PLAIN = [
    "x",
    "two words",
    "1",
    "-0.5",
    "true",
    "null",
    "~",
    "yes",
    "2001-12-14",
    "ls(\\s.*)?",
    "http://e.com/a",
    "a#b",
    "1e3",
]
QUOTED = ['"x"', "'it''s'", '"q\\"\\u00e9"', '""', '"# no"', "'a: b'", '"1"', "'한글 😀'"]


@dataclass
class YamlWriter:
    """Writes one random text; `shared` sprinkles anchors and aliases over it."""

    rng: Random
    shared: bool = False
    comments: int = 0
    anchors: int = 0
    lines: list[str] = field(default_factory=list)

    def document(self) -> str:
        rng = self.rng
        self.eol = rng.choice(["\n", "\n", "\r\n"])
        self.unit = rng.choice([2, 2, 4])
        self.list_unit = rng.choice([0, 2])
        self.chatty = rng.choice([0.0, 0.1, 0.25])
        if rng.random() < 0.1:
            self.lines.append("---")
        self.noise("")
        if rng.random() < 0.85:
            self.map("", "", 0)
        elif rng.random() < 0.7:
            self.list("", "", 0)
        self.noise("")
        if rng.random() < 0.05 and self.lines:
            self.lines.append("...")
        return self.eol.join(self.lines) + (self.eol if self.lines and rng.random() < 0.8 else "")

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments}c" + self.rng.choice(["", " x: 1", " - y", ' "', " {"])

    def noise(self, indent: str) -> None:
        while self.rng.random() < self.chatty:
            self.lines.append(self.rng.choice(["", indent + self.comment(), self.comment()]))

    def trailing(self) -> str:
        return " " + self.comment() if self.rng.random() < self.chatty else self.rng.choice(["", "", "", " "])

    def map(self, first: str, indent: str, level: int) -> None:
        """Write a block map; its first line begins with `first`, which may end in a dash."""
        for number, key in enumerate(self.rng.sample(KEYS, self.rng.choice([1, 1, 2, 3]))):
            lead = first if number == 0 else indent
            if number:
                self.noise(indent)
            self.member(lead + key + self.rng.choice([":", ":", ":", " :"]), indent, level)

    def member(self, lead: str, indent: str, level: int) -> None:
        choice = self.rng.random()
        if choice < 0.22 and level < 3:
            self.lines.append(lead + self.anchor() + self.trailing())
            below = indent + " " * self.unit
            self.noise(below)
            self.map(below, below, level + 1)
        elif choice < 0.4 and level < 3:
            self.lines.append(lead + self.trailing())
            below = indent + " " * self.list_unit
            self.noise(below)
            self.list(below, below, level + 1)
        elif choice < 0.5:
            self.block_scalar(lead, indent + " " * self.unit)
        else:
            self.lines.append(lead + self.value(level) + self.trailing())

    def list(self, first: str, indent: str, level: int) -> None:
        for number in range(self.rng.choice([1, 1, 2, 3])):
            lead = (first if number == 0 else indent) + "-"
            if number:
                self.noise(indent)
            choice = self.rng.random()
            if choice < 0.3 and level < 3:
                self.map(lead + " ", indent + "  ", level + 1)
            elif choice < 0.4 and level < 3:
                self.list(lead + " ", indent + "  ", level + 1)
            elif choice < 0.45:
                self.block_scalar(lead, indent + "  ")
            else:
                self.lines.append(lead + self.value(level) + self.trailing())

    def block_scalar(self, lead: str, indent: str) -> None:
        self.lines.append(lead + " " + self.rng.choice(["|", "|-", "|+", ">", ">-"]))
        for _ in range(self.rng.choice([1, 2])):
            self.lines.append(indent + self.rng.choice(["text # no", "- x", "k: v", "  deeper"]) if self.lines else "")
        if self.lines[-1].startswith(indent + "  "):
            self.lines.append(indent + "end")
        while self.rng.random() < 0.2:
            self.lines.append("")

    def anchor(self) -> str:
        if not self.shared or self.rng.random() > 0.2:
            return ""
        self.anchors += 1
        return f" &n{self.anchors}"

    def value(self, level: int) -> str:
        choice = self.rng.random()
        if choice < 0.1:
            return ""
        if self.shared and self.anchors and choice < 0.2:
            return f" *n{self.rng.randint(1, self.anchors)}"
        if choice < 0.4 and level < 5:
            return self.anchor() + " " + self.flow(level)
        return self.anchor() + " " + self.rng.choice(PLAIN + QUOTED)

    def flow(self, level: int) -> str:
        if self.rng.random() < 0.3 or level > 5:
            return self.rng.choice(["x", "1", *QUOTED])
        parts = [self.flow(level + 1) for _ in range(self.rng.choice([0, 1, 2, 3]))]
        if self.rng.random() < 0.5:
            return "[" + ", ".join(parts) + self.rng.choice(["", ",", " "] if parts else ["", " "]) + "]"
        keys = self.rng.sample(KEYS, len(parts))
        inside = ", ".join(f"{key}: {part}" for key, part in zip(keys, parts, strict=True))
        return self.rng.choice(["{%s}", "{ %s }"]) % inside

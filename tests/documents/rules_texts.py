"""Random exec-policy files: rules in many spellings between other Starlark."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

_WORDS = ["git", "npm", "a b", 'q"q', "it's", "#no", "\\s", "한글", "", "prefix_rule("]
_OTHER = [
    "x = 1",
    "def f(a):\n    return [a]",
    'network_rule(host="h", protocol="https", decision="allow")',
    'host_executable(name="git", paths=["/usr/bin/git"])',
    'prefix_rule(pattern=WORDS, decision="allow")',
    'prefix_rule(["positional"], "allow")',
    'prefix_rule(pattern=["a" + "b"])',
    'prefix_rule(pattern=["x"]) if x else None',
    "if x:\n    prefix_rule(pattern=['inner'])",
    "WORDS = [\n    'prefix_rule(pattern=[\"no\"])',\n]",
    '"""doc\nprefix_rule(pattern=["no"])\n"""',
]


@dataclass
class RulesWriter:
    """Writes one random text."""

    rng: Random
    comments: int = 0
    lines: list[str] = field(default_factory=list)

    def document(self) -> str:
        rng = self.rng
        eol = rng.choice(["\n", "\n", "\r\n"])
        self.spread = rng.random() < 0.4
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            while rng.random() < 0.3:
                self.lines.append(rng.choice(["", self.comment()]))
            self.lines += (rng.choice(_OTHER) if rng.random() < 0.3 else self.rule()).split("\n")
        while rng.random() < 0.2:
            self.lines.append(rng.choice(["", self.comment()]))
        return eol.join(self.lines) + (eol if self.lines and rng.random() < 0.8 else "")

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments}c" + self.rng.choice(["", " prefix_rule(", ' "', " )"])

    def rule(self) -> str:
        rng = self.rng
        equals = rng.choice(["=", " = "])
        arguments = [f"pattern{equals}{self.words(nested=True)}"]
        texts = [name for name in ("decision", "justification") if rng.random() < 0.6]
        lists = [name for name in ("match", "not_match") if rng.random() < 0.3]
        arguments += [f"{name}{equals}{self.string()}" for name in texts]
        arguments += [f"{name}{equals}{self.words(nested=False)}" for name in lists]
        trailing = "  " + self.comment() if rng.random() < 0.2 else ""
        if self.spread and rng.random() < 0.8:
            inside = "".join(f"    {one},{' ' + self.comment() if rng.random() < 0.2 else ''}\n" for one in arguments)
            return f"prefix_rule(\n{inside}){trailing}"
        return f"prefix_rule({', '.join(arguments)}){trailing}"

    def words(self, *, nested: bool) -> str:
        words = [self.string() for _ in range(self.rng.choice([1, 2, 3]))]
        if nested and self.rng.random() < 0.3:
            words.append(self.words(nested=False))
        return "[" + ", ".join(words) + self.rng.choice(["", "", ","]) + "]"

    def string(self) -> str:
        word = self.rng.choice(_WORDS)
        choice = self.rng.random()
        if choice < 0.15 and "'" not in word:
            return f"r'{word}'"
        if choice < 0.3:
            return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"
        if choice < 0.35 and '"' not in word:
            return '"""' + word.replace("\\", "\\x5c") + '"""'
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'

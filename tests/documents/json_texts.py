"""Random JSON and JSONC texts of any style, and a second opinion on what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

KEYS = ["a", "b", "mcpServers", "env", "x y", 'q"uote', "한글", "", "a.b", "t\\n", "//no comment", "/*", "[,]", "é"]
NUMBERS = ["0", "-0", "1.0", "1e3", "-2.50", "9007199254740993", "1E+2", "12345678901234567890", "0.1", "7"]
STRINGS = [
    '""',
    '"x"',
    '"a,b]}"',
    '"// no"',
    '"/* no */"',
    '"\\u00e9\\n"',
    '"\\ud83d\\ude00"',
    '"q\\"q\\\\"',
    '"{[,"',
    '"한"',
]


@dataclass
class JsonWriter:
    """Writes one random text; `jsonc` allows comments, `trailing` commas before a closing bracket."""

    rng: Random
    jsonc: bool = False
    trailing: bool = False
    duplicates: bool = True
    comments: int = 0

    def document(self) -> str:
        self.eol = self.rng.choice(["\n", "\n", "\r\n"])
        self.unit = self.rng.choice(["  ", "    ", "\t", "", " "])
        self.mess = self.rng.random() < 0.3
        self.oneline = self.rng.random() < 0.15
        self.colon = self.rng.choice([": ", ": ", ":", " : "])
        start = self.rng.choice(["", "", self.eol, " "]) if self.mess else ""
        return start + self.trivia() + self.container("", 0) + self.rng.choice(["", self.eol]) + self.trivia()

    def trivia(self) -> str:
        if not self.jsonc or self.rng.random() > 0.12:
            return ""
        self.comments += 1
        body = f"c{self.comments}c" + self.rng.choice(["", " , ", " ] } ", ' "q ', " // "])
        if self.oneline or self.rng.random() < 0.5:
            return f"/* {body} */"
        if self.rng.random() < 0.2:
            return f"/* {body}{self.eol} x */"
        return f"// {body}{self.eol}"

    def space(self) -> str:
        if self.mess and not self.oneline:
            return self.rng.choice(["", "", " ", "  ", self.eol, "\t", " " + self.eol + " "])
        return ""

    def container(self, indent: str, level: int) -> str:
        is_map = self.rng.random() < 0.7 or level == 0
        count = self.rng.choice([0, 1, 1, 2, 3, 4]) if level < 4 else 0
        opening, closing = "{}" if is_map else "[]"
        inline = self.oneline or self.rng.random() < 0.25
        inner = indent + self.unit
        keys: list[str] = []
        parts: list[str] = []
        for number in range(count):
            lead = self.gap_before(inline, inner, first=number == 0)
            name = ""
            if is_map:
                key = self.key(keys)
                name = json.dumps(key, ensure_ascii=self.rng.random() < 0.5) + self.trivia_inline() + self.colon
            comma = "," if number < count - 1 or (self.trailing and self.rng.random() < 0.4) else ""
            parts.append(lead + name + self.value(inner, level) + self.trivia_inline() + comma + self.behind(inline))
        if not count:
            return (
                opening + self.rng.choice(["", "", "", " ", "" if self.oneline else self.eol, self.trivia()]) + closing
            )
        tail = self.space() if inline else self.space() + self.eol + indent
        return opening + "".join(parts) + tail + closing

    def gap_before(self, inline: bool, inner: str, *, first: bool) -> str:
        if inline:
            return self.space() + self.trivia_inline() + ("" if first else self.rng.choice(["", " "]))
        own_lines = ""
        while self.jsonc and self.rng.random() < 0.15:
            own_lines += self.eol + inner + self.trivia().rstrip("\r\n")
        blank = self.eol if self.rng.random() < 0.1 else ""
        return blank + own_lines + self.eol + inner

    def behind(self, inline: bool) -> str:
        trivia = self.trivia()
        if inline or trivia.startswith("/*"):
            return trivia
        return " " + trivia.rstrip("\r\n") if trivia else ""

    def trivia_inline(self) -> str:
        trivia = self.trivia() if self.rng.random() < 0.3 else ""
        return trivia if trivia.startswith("/*") else ""

    def key(self, used: list[str]) -> str:
        free = [one for one in KEYS if one not in used]
        key = self.rng.choice(free)
        if used and self.duplicates and self.rng.random() < 0.05:
            key = self.rng.choice(used)
        used.append(key)
        return key

    def value(self, indent: str, level: int) -> str:
        choice = self.rng.random()
        if choice < 0.4:
            return self.container(indent, level + 1)
        if choice < 0.6:
            return self.rng.choice(NUMBERS)
        return self.rng.choice([*STRINGS, "true", "false", "null"])


def plain(text: str) -> str:
    """Drop comments, then commas before a closing bracket, token by token."""
    tokens = list(_tokens(text))
    following = [*tokens[1:], ""]
    return "".join(
        one for one, after in zip(tokens, following, strict=True) if not (one == "," and after in ("]", "}"))
    )


def _tokens(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        end = place + 1
        if text[place] == '"':
            while text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            yield text[place : end + 1]
            end += 1
        elif text.startswith("//", place):
            end = text.find("\n", place) if "\n" in text[place:] else len(text)
        elif text.startswith("/*", place):
            end = text.index("*/", place) + 2
        elif text[place] in "[]{},:":
            yield text[place]
        elif text[place] not in " \t\r\n":
            while end < len(text) and text[end] not in '[]{},:" \t\r\n/':
                end += 1
            yield text[place:end]
        place = end


def read(text: str) -> Any:
    """Read a text by the simplest means."""
    try:
        return json.loads(text)
    except ValueError:
        return json.loads(plain(text))

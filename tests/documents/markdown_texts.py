"""Random Markdown texts with and without frontmatter."""

from __future__ import annotations

from random import Random

from tests.documents.toml_texts import TomlWriter
from tests.documents.yaml_texts import YamlWriter

_LINES = [
    "# Title",
    "## Part",
    "### Part",
    "text",
    "- item",
    "",
    "",
    "```",
    "---",
    "<!-- c -->",
    "한글 é 😀",
    "  ",
    "@AGENTS.md",
    "a\tb",
]


def body_text(rng: Random, eol: str = "\n") -> str:
    """Return some lines; one in eight texts mixes line endings."""
    mixed = rng.random() < 0.12
    lines = rng.choices(_LINES, k=rng.choice([0, 1, 3, 8, 20]))
    text = "".join(line + (rng.choice(["\n", "\r\n"]) if mixed else eol) for line in lines)
    return text if rng.random() < 0.7 else text.removesuffix("\n").removesuffix("\r")


def markdown_text(rng: Random) -> str:
    """Return a text; the frontmatter is any YAML or TOML, so not always a map."""
    eol = rng.choice(["\n", "\n", "\r\n"])
    choice = rng.random()
    if choice < 0.4:
        return body_text(rng, eol)
    writer = YamlWriter(rng) if choice < 0.85 else TomlWriter(rng)
    fence = "---" if isinstance(writer, YamlWriter) else "+++"
    inner = writer.document().replace("\r\n", "\n").replace("\n", eol)
    inner += "" if inner.endswith("\n") or not inner else eol
    return fence + rng.choice(["", "", " "]) + eol + inner + fence + eol + body_text(rng, eol)

"""A secret is hidden in the lines of a file however the file spells it, and the lines around it are told."""

from __future__ import annotations

import pytest

from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Format, Strictness
from aisync_desktop.sync.reports.concealing import Concealer

TEXTS = {
    "json": (Format.JSON, '{"env": {\n"TOKEN": "kQ7nV2xWp4tZ",\n"HOME": "/h"}}'),
    "json, escaped": (Format.JSON, '{"env": {\n"TOKEN": "\\u006bQ7n\\u0056\\u0032xWp4tZ",\n"HOME": "/h"}}'),
    "toml, folded": (Format.TOML, '[env]\nTOKEN = """\\\n  kQ7nV2\\\n  xWp4tZ"""\nHOME = "/h"'),
    "toml, lines": (Format.TOML, '[env]\nTOKEN = """\nkQ7nV2xWp4tZ\nxWp4tZ"""\nHOME = "/h"'),
    "toml, last": (Format.TOML, '[env]\nHOME = "/h"\nTOKEN = """\\\n  kQ7nV2\\\n  xWp4tZ"""\n'),
    "yaml, folded": (Format.YAML, 'env:\n  TOKEN: "kQ7nV2\\\n    xWp4tZ"\n  HOME: "/h"\n'),
    "yaml, lines": (Format.YAML, "env:\n  TOKEN: |\n    kQ7nV2\n    xWp4tZ\n  HOME: /h\n"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_secret_is_hidden_however_it_is_spelled(name: str) -> None:
    format_, text = TEXTS[name]
    document = parse(text.encode(), format_, Strictness())
    lines = text.split("\n")
    told = "\n".join(Concealer((), [document]).of(text, document)(lines, 0))
    for piece in ("kQ7n", "xWp4tZ", "006bQ7n"):
        assert piece not in told
    assert "/h" in told
    assert len(told.split("\n")) == len(lines)

"""Known secrets of many shapes for clients' files, and the search for any of them, in any spelling, in any bytes.

None of them is, or ever was, a real one; those with a vendor's prefix are put together at run time.
"""

from __future__ import annotations

import base64
import html
import json
import shlex
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_MIX = "q7Zk2LmP9vXw4RtB8nHsD5fJ"

SHAPED = {
    "github": "ghp" + "_" + _MIX + "CanaryAAAA01",
    "anthropic": "sk-ant-" + "api03-" + _MIX + "CanaryBBBB02",
    "slack": "xoxb-" + "123456789012-" + _MIX + "CanaryCCCC03",
    "aws": "AKIA" + "CANARYDDDD04QWER",
    "jwt": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJjYW5hcnkwNSJ9." + _MIX + "CanaryEEEE05",
    "pem": "-----BEGIN PRIVATE KEY-----\nMIICanaryFFFF06" + _MIX + "\n-----END PRIVATE KEY-----",
}
NAMED = {
    "API_PASSWORD": 'cAnary"06\\back/slash & per%cent',
    "DB_PASSWORD": "카나리아-비밀번호-07",
    "CLIENT_SECRET": "canary eight with spaces 08",
    "APP_TOKEN": "canary$09'quoted'<tag>&amp;",
}
RANDOM = "Xk9pQ2rT7vYw3ZbN6mLsD8fH1gJcanaryR10"
URL_PASSWORD = "canaryUrl11pw"  # noqa: S105 - a canary
FLAG = "canary-flag-value-12"
BASIC = "canaryuser:canaryBasic13pw"
BEARER = "canary.bearer-14.value"
QUERY = "canaryQuery15value"
ELSEWHERE = "sk-" + "canary16Elsewhere" + _MIX  # in a part of a file that is not ours
BROKEN = "ghp" + "_" + _MIX + "canary17Broken"  # in a file that cannot be read
IN_RULES = "ghp" + "_" + _MIX + "canary18Rules"
ROTATED = "ghp" + "_" + _MIX + "canary19Rotated"
IN_PROJECT = "ghp" + "_" + _MIX + "canary20Project"
IN_FAULT = "canary twenty-one: in a fault"

ALL = (
    *SHAPED.values(),
    *NAMED.values(),
    RANDOM,
    URL_PASSWORD,
    FLAG,
    BASIC,
    BEARER,
    QUERY,
    ELSEWHERE,
    BROKEN,
    IN_RULES,
    ROTATED,
    IN_PROJECT,
    IN_FAULT,
)


def servers() -> dict[str, dict[str, object]]:
    """Return servers whose fields hold canaries, as Claude Code writes them."""
    basic = base64.b64encode(BASIC.encode()).decode()
    return {
        "shaped": {"command": "x", "env": {name.upper(): value for name, value in SHAPED.items()}},
        "named": {"command": "x", "env": dict(NAMED)},
        "random": {"command": "x", "env": {"SETTING": RANDOM}},
        "argued": {"command": "x", "args": ["--api-key", FLAG, f"postgres://u:{URL_PASSWORD}@db/x"]},
        "basic": {"type": "http", "url": "https://a.example/mcp", "headers": {"Authorization": f"Basic {basic}"}},
        "bearer": {"type": "http", "url": "https://b.example/mcp", "headers": {"Authorization": f"Bearer {BEARER}"}},
        "query": {"type": "http", "url": f"https://c.example/mcp?api_key={QUERY}"},
    }


@dataclass(frozen=True)
class Hit:
    """A canary that was found."""

    where: str
    canary: str
    spelling: str


class Searcher:
    """Finds canaries in bytes, in each spelling that programs make of them."""

    def __init__(self, canaries: Iterable[str] = ALL) -> None:
        found = ((canary, how, needle) for canary in canaries for how, needle in _spellings(canary))
        self._needles = {needle: (canary, how) for canary, how, needle in found if len(needle) > 7}

    def hits(self, contents: Mapping[str, bytes]) -> list[Hit]:
        """Return every canary in these contents."""
        return [
            Hit(where, canary, how)
            for where, data in contents.items()
            for needle, (canary, how) in self._needles.items()
            if needle in data
        ]


def _spellings(canary: str) -> Iterator[tuple[str, bytes]]:
    raw = canary.encode()
    yield "plain", raw
    yield "utf-16", canary.encode("utf-16-le")
    yield "json", json.dumps(canary)[1:-1].encode()
    yield "json-utf8", json.dumps(canary, ensure_ascii=False)[1:-1].encode()
    yield "json-twice", json.dumps(json.dumps(canary))[3:-3].encode()
    yield "repr", repr(canary)[1:-1].encode()
    yield "url", urllib.parse.quote(canary, safe="").encode()
    yield "url-plus", urllib.parse.quote_plus(canary).encode()
    yield "shell", shlex.quote(canary).strip("'").encode()
    yield "html", html.escape(canary).encode()
    yield "csv", canary.replace('"', '""').encode()
    yield "hex", raw.hex().encode()
    for shift in range(3):  # as it may stand anywhere in what was encoded
        whole = base64.b64encode(b"\0" * shift + raw)
        inner = whole[(4 if shift else 0) : len(whole) // 4 * 4 - 4]
        yield f"base64+{shift}", inner
        yield f"base64url+{shift}", inner.replace(b"+", b"-").replace(b"/", b"_")

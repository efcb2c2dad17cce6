"""What a token looks like: the one list of shapes, used to find secrets in items and to keep them out of logs.

A shape's last group, or the whole match, is the secret itself: `Bearer abc` hides `abc` only.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, Self

MARK = "***"  # what stands where a secret was


class Span(NamedTuple):
    """Where in a text a secret stands, and why we think so."""

    start: int
    end: int
    reason: str


_TOKEN = r"[A-Za-z0-9_-]"  # noqa: S105 - a character class
# Vendors' prefixes, as their own documentation or secret scanners give them; lengths are lower bounds.
_PREFIXED = (
    rf"sk-{_TOKEN}{{16,}}",  # OpenAI, Anthropic, OpenRouter, DeepSeek, ...
    r"[sr]k_(?:live|test)_[A-Za-z0-9]{16,}",  # Stripe
    r"gh[pousr]_[A-Za-z0-9]{16,}",
    r"github_pat_[A-Za-z0-9_]{20,}",
    rf"gl(?:pat|dt|rt|soat|ptt|ft|imt|agent|cbt)-{_TOKEN}{{16,}}",
    r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}",
    r"xapp-\d-[A-Za-z0-9-]{10,}",
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
    rf"AIza{_TOKEN}{{30,}}",
    rf"ya29\.{_TOKEN}{{20,}}",
    rf"GOCSPX-{_TOKEN}{{20,}}",
    r"npm_[A-Za-z0-9]{30,}",
    rf"pypi-{_TOKEN}{{40,}}",
    r"hf_[A-Za-z0-9]{20,}",
    r"gsk_[A-Za-z0-9]{20,}",
    r"r8_[A-Za-z0-9]{20,}",
    r"pplx-[A-Za-z0-9]{20,}",
    rf"tvly-{_TOKEN}{{20,}}",
    r"xai-[A-Za-z0-9]{20,}",
    rf"ctx7sk-{_TOKEN}{{16,}}",
    rf"aisync_[0-9a-f]{{12}}_{_TOKEN}{{43}}",  # our own
    r"fc-[a-f0-9]{32}",
    rf"BSA{_TOKEN}{{24,}}",
    r"lin_(?:api|oauth)_[A-Za-z0-9]{20,}",
    r"(?:ntn|secret)_[A-Za-z0-9]{32,}",  # Notion
    rf"fig[dor]_{_TOKEN}{{20,}}",
    rf"SG\.{_TOKEN}{{16,}}\.{_TOKEN}{{16,}}",
    r"do[opr]_v1_[a-f0-9]{40,}",
    r"dapi[a-f0-9]{32}",
    r"PMAK-[a-f0-9]{20,}-[a-f0-9]{20,}",
    r"sntry[su]_[A-Za-z0-9+/=_-]{20,}",
    r"sb[pa]_[a-f0-9]{32,}",
    r"pat[A-Za-z0-9]{14}\.[a-f0-9]{40,}",  # Airtable
    r"ATATT3[A-Za-z0-9_=-]{20,}",
    r"dp\.(?:pt|st|ct)\.[A-Za-z0-9.]{20,}",
    r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    r"AGE-SECRET-KEY-1[0-9A-Z]{50,}",
    r"\d{8,10}:AA[A-Za-z0-9_-]{30,}",  # Telegram
    r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?",  # JWT
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
)
_SHAPES = re.compile(r"(?<![A-Za-z0-9_])(?:" + "|".join(_PREFIXED) + ")")
# A word in prose ("bearer authentication") is no token: it takes a digit, a capital or a sign.
_SCHEME = re.compile(r"(?i:\b(?:bearer|basic))\s+((?=[^\s,;]*[0-9A-Z._~+/=-])[A-Za-z0-9._~+/=-]{6,})")
_USERINFO = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}://(?:[^\s/?#@:\"']*:)?([^\s/?#@\"']+)@")
_USER_ONLY = re.compile(r"://[^\s/?#@:\"']+@")
_SHORTEST_USER_TOKEN = 16

REFERENCE = re.compile(
    r"\$\{[^}]{0,999}\}|\$\([^)]{0,999}\)|\{\{[^}]{0,999}\}\}"
    # Without braces only where it stands alone: in `pa$sword` it is a part of the password.
    r"|(?<![^\s:=,;/&?\"'(@}])(?:\$env:\w+|\$[A-Za-z_]\w*|%[A-Za-z_]\w*%)(?![^\s:=,;/&?\"')@{])"
    r"|\{(?:env|file):[^}]{0,999}\}"
    r"|secret:[0-9a-f]{16}(?![0-9a-f])"  # our own (seal.py)
    r"|(?:op|vault|keyring|keychain|bws?|doppler|aws-sm|gcp-sm)://\S*"
)
_PLACEHOLDER = re.compile(
    r"<.*>|\[.*\]|x{3,}|\*+|\.{2,}|…|-+|_+|#+|\?+"
    r"|change[-_ ]?(?:me|this|it)(?:\W*|[-_ ][a-z_ -]*)|not[-_ ](?:needed|required|used|set)|\{[a-z_]+\}"
    r"|replace[-_ ]?(?:me|this|with)?\b.*|fill[-_ ]?(?:me|this|in)\b.*"
    r"|(?:insert|enter|put|paste|add|set|use|provide)[-_ ](?:your|my|the|a|an|it|key|token|here)\b.*"
    r"|(?:add|insert|enter|put|paste)[-_ ].*[-_ ]here"
    r"|.*\byour[-_ ]?(?!s).*|your[a-z]*(?:key|token|secret|password).*"
    r"|(?:my|the|a|an|some)[-_ ]?(?:own[-_ ]?)?(?:api|access|auth|secret|private|personal|super)?[-_ ]?"
    r"(?:key|token|secret|password)(?:[-_ ]?here)?"
    r"|(?:api|access|auth|secret)?[-_ ]?(?:key|token|secret)(?:[-_ ](?:here|goes[-_ ]here|value))?"
    r"|(?:todo|tbd|fixme|none|null|nil|undefined|n/?a|empty|unset|redacted|hidden|removed|secret|dummy|fake"
    r"|placeholder|example|sample|optional|required|default)(?:[-_ ](?:key|token|secret|password|value|only))?",
    re.IGNORECASE | re.DOTALL,
)
_DUMMY_WORD = re.compile(r"(?i)your[-_]|[-_]your|placeholder|changeme|-?redacted")
# Signs that stand for what was left out; a password may hold them too, so what is beside them must be little.
_DUMMY_SIGN = re.compile(r"(?i)x{6,}|\*{3,}|\.{3,}|…|<[a-z][a-z0-9 _-]{1,60}>")
_BESIDE_A_SIGN = re.compile(r"[A-Za-z0-9_-]{0,16}")


def token_spans(text: str) -> Iterator[Span]:
    """Yield what looks like a token of its own accord: vendors' shapes, schemes, passwords in URLs."""
    for found in _SHAPES.finditer(text):
        if not is_dummy(found.group()):
            yield Span(*found.span(), "shape")
    for found in _SCHEME.finditer(text):
        if not _is_open(found.group(1)):
            yield Span(*found.span(1), "scheme")
    references = Mask.of_references(text) if "@" in text else Mask("")
    for found in _USERINFO.finditer(text):
        secret = found.group(1)
        is_name = _USER_ONLY.search(found.group()) and len(secret) < _SHORTEST_USER_TOKEN
        if not is_name and not _is_open(secret) and not references.touches(*found.span(1)):
            yield Span(*found.span(1), "url")


def hide_tokens(text: str) -> str:
    """Return a text with every token replaced by a mark."""
    pieces, position = [], 0
    for span in sorted(token_spans(text)):
        if span.start >= position:
            pieces += [text[position : span.start], MARK]
        position = max(position, span.end)  # two shapes may see one token, in two extents
    return "".join([*pieces, text[position:]])


class Mask:
    """Which characters of a text are taken; marking and asking cost no more than the piece is long."""

    def __init__(self, text: str) -> None:
        self._taken = bytearray(len(text))

    @classmethod
    def of_references(cls, text: str) -> Self:
        """Return the mask of a text's references."""
        mask = cls(text)
        for found in REFERENCE.finditer(text):
            mask.take(*found.span())
        return mask

    def take(self, start: int, end: int) -> None:
        """Mark a piece."""
        self._taken[start:end] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Say whether any of a piece is taken."""
        return 1 in self._taken[start:end]


def _is_open(value: str) -> bool:
    return is_dummy(value) or is_placeholder(value) or REFERENCE.search(value) is not None


def is_dummy(token: str) -> bool:
    """Say whether something of a token's shape was written to be replaced (`sk-xxxxxxxx`, `ghp_your_token_here...`)."""
    if _DUMMY_WORD.search(token):
        return True
    beside, signs = _DUMMY_SIGN.subn("", token)
    return signs > 0 and _BESIDE_A_SIGN.fullmatch(beside) is not None


def is_placeholder(value: str) -> bool:
    """Say whether a value stands for one that is still to be put in."""
    stripped = value.strip()
    return not stripped or _PLACEHOLDER.fullmatch(stripped) is not None or is_dummy(stripped)


_RUN = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_RUN_IN_URL = re.compile(r"[A-Za-z0-9+_-]{24,}={0,2}")
_PLAIN_RUN = re.compile(r"[a-z0-9]{32,}|[A-Z0-9]{32,}")
_UUID = re.compile(r"(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ENOUGH_BITS = 3.8  # per character; English words have about 3, random base64 of 24 characters about 4.2
_ENOUGH_TURNS = 0.3  # of the characters, where lower case, upper case and digits change over


def random_spans(text: str) -> Iterator[Span]:
    """Yield runs of characters that no person would type."""
    without_ids = _UUID.sub(lambda found: " " * len(found.group()), text)
    for found in (_RUN_IN_URL if "://" in text else _RUN).finditer(without_ids):
        if _is_random(found.group()):
            yield Span(*found.span(), "random")


def _is_random(run: str) -> bool:
    digits = sum(char.isdigit() for char in run)
    if _PLAIN_RUN.fullmatch(run):
        return digits * 8 >= len(run) and digits < len(run)
    has_all = digits > 0 and run != run.lower() and run != run.upper()
    return has_all and _turns(run) >= _ENOUGH_TURNS and _entropy(run) >= _ENOUGH_BITS


def _turns(run: str) -> float:
    kinds = [(char.isdigit(), char.isupper(), char.isalnum()) for char in run]
    return sum(left != right for left, right in pairwise(kinds)) / len(run)


def _entropy(run: str) -> float:
    return -sum(count / len(run) * math.log2(count / len(run)) for count in Counter(run).values())

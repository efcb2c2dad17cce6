"""Permissions in which a secret stands: clients write down the very command that was agreed to (`deploy --token=...`).

Such a rule is left where it is. It is no item, since an item's name is kept and shown; it is known by a fingerprint,
and shown with dots in the secret's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.clients.lens import View
from aisync_desktop.kernel.messages import text
from aisync_desktop.secrets.detect import find_secrets
from aisync_desktop.secrets.names import is_secret_name
from aisync_desktop.secrets.references import fingerprint
from aisync_desktop.sync.terms.display_names import shown

_WORD = re.compile(r"[^\s\"'`()\[\]{},;|&<>]+")
# How programs are told credentials, where neither a name nor a shape would say so.
_FLAGS = {
    **dict.fromkeys(("curl", "xh"), frozenset({"-u", "--user", "-U", "--proxy-user"})),
    **dict.fromkeys(("http", "https"), frozenset({"-a", "--auth"})),
    **dict.fromkeys(("mysql", "mysqldump", "mariadb", "mongo", "mongosh", "sshpass"), frozenset({"-p"})),
    **dict.fromkeys(("docker", "podman", "helm", "oc", "az"), frozenset({"-p"})),
    "redis-cli": frozenset({"-a", "--pass"}),
    "openssl": frozenset({"-k", "-pass", "-passin", "-passout"}),
    "ldapsearch": frozenset({"-w"}),
    "smbclient": frozenset({"-U"}),
}
_ATTACHED = frozenset({"-p", "-u", "-a"})
_COMPOUND = re.compile(r"_|[a-z][A-Z]")
_SAID = re.compile(r"""(?<![\w.-])(?P<name>[\w.-]+)["']?\s{0,9}[:=]\s{0,9}(?P<quote>["'])(?P<value>[^"']+)(?P=quote)""")
_HEADER = re.compile(r"""(?P<quote>["'])(?P<name>[A-Za-z][\w-]{0,80}):\s{0,9}(?P<value>[^"']+)(?P=quote)""")
# Programs that read a secret, and how it is handed to them: through a pipe, as a text, or behind a flag.
_READS = re.compile(
    r"\bsudo\b[^|]{0,80}?\s(?:-\w{0,9}S|--stdin)\b|--password-stdin|--with-token|--stdin-pass|\bchpasswd\b"
    r"|\bpasswd\b[^|]{0,80}?\s--stdin\b|\bsecrets?\s{1,9}(?:set|create|put)\b|\benv\s{1,9}add\b"
)
_ECHO = re.compile(r"\b(?:echo|printf)\s{1,9}")
_SETS = re.compile(r"\bsecrets?\s{1,9}set\b")
_HERE = re.compile(r"<<<\s{0,9}(?P<value>[^)]{1,400})")
_FLAGGED = re.compile(r"""\s(?:(?:--body|--value)[ =]|-b[ =]?)(?P<value>"[^"]{1,400}"|'[^']{1,400}'|[^\s)]{1,400})""")
DOTS = "\u2022" * 8


def _credentials(words: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the words that are credentials by where they stand: behind a flag of their program, or a secret's name."""
    flags = frozenset[str]().union(*(_FLAGS.get(word.group().rpartition("/")[2], ()) for word in words))
    for before, word in pairwise(words):
        flag = before.group()
        if flag in flags or (_COMPOUND.search(flag) and not flag.startswith("-") and is_secret_name(flag)):
            yield word
    yield from (word for word in words if word.group()[:2] in flags & _ATTACHED and len(word.group()) > len("-p"))


def _handed(rule: str) -> Iterator[tuple[int, int]]:
    """Yield where a secret is handed to a program that reads one."""
    pieces = [(found.start(), found.group()) for found in re.finditer(r"[^|]+", rule)]
    for (at, piece), (_, reader) in pairwise(pieces):
        said = _ECHO.search(piece)
        if said and _READS.search(reader):
            yield at + said.end(), at + len(piece.rstrip())
    for at, piece in pieces:
        forms = [*([_HERE] if _READS.search(piece) else []), *([_FLAGGED] if _SETS.search(piece) else [])]
        yield from ((at + one.start("value"), at + one.end("value")) for form in forms for one in form.finditer(piece))


@lru_cache(maxsize=4096)
def _secrets(rule: str) -> tuple[tuple[int, int], ...]:
    """Return where secrets stand in a rule: in its words, as in a command's, or anywhere by their shape."""
    words = list(_WORD.finditer(rule))
    found = find_secrets({"args": [word.group() for word in words], "command": rule})
    spans = {word.span() for word in _credentials(words)}
    named = (said for form in (_SAID, _HEADER) for said in form.finditer(rule))
    spans |= {said.span("value") for said in named if is_secret_name(said["name"].lstrip("-."))}
    spans |= set(_handed(rule))
    for spot in found:
        start = words[int(spot.path[1])].start() if spot.path[0] == "args" else 0
        spans.add((start + spot.start, start + spot.end))
    return tuple(sorted(spans))


def without_secrets(view: View, fingerprint_key: Callable[[], bytes]) -> View:
    """Return a view of permissions in which no name holds a secret."""
    telling = [key for key in (*view.items, *view.opaque) if _secrets(key.name)]
    if not telling:
        return view
    items = {key: item for key, item in view.items.items() if key not in telling}
    opaque = {key: why for key, why in view.opaque.items() if key not in telling}
    hidden = (ItemKey(key.kind, fingerprint(key.name, fingerprint_key())) for key in telling)
    return View(items, {**opaque, **dict.fromkeys(hidden, text("permission.secret"))})


def rule_shown(rule: str) -> str:
    """Return a rule as it can be shown."""
    for start, end in reversed(_secrets(rule)):
        rule = rule[:start] + DOTS + rule[end:]
    return shown(rule)

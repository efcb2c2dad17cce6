"""Rules over words, as the client itself reads and evaluates what we wrote."""

from __future__ import annotations

import json
import random
import re

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.exec_policy import Engine
from aisync_desktop.documents.parse import empty
from aisync_desktop.documents.protocol import Append, Document, Format
from aisync_desktop.kernel.values import Value
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Tool
from aisync_desktop.permissions.shell.grammar import Command, Word, spelled
from tests.helpers.dialect_laws import endpoint
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import Sandbox
from tests.permission_corpus import WHERE

ENGINE = Engine(endpoint(DialectName.EXEC_POLICY, Format.EXEC_RULES))
DECISIONS = {"allow": Action.ALLOW, "prompt": Action.ASK, "forbidden": Action.DENY}
WORDS = ["git", "push", "/usr/bin/git", "a b", 'say "hi"', "it's", "back\\slash", "tab\there", "é한\U0001f600", "$HOME"]
WORDS += ["\u202e", "new\nline", "-x=1", "{a}", "#", "\x7f", "", "\u00a0"]
PLAIN = ["git", "push", "npm", "run", "test:unit", "@scope/x", "a=b", "%d", "/usr/bin/git", "x,y", "+", "--"]
FILES = 25


def some_words(chance: random.Random, words: list[str]) -> list[str]:
    return [chance.choice(words) for _ in range(chance.randint(1, 3))]


def one_or_either(chance: random.Random, word: str) -> Value:
    several: list[Value] = [word, chance.choice(WORDS)]
    return word if chance.random() < 1 / 2 else several


def a_file(chance: random.Random) -> Document:
    """Return rules of a user, with ours among them and some of both taken out again."""
    document = empty(Format.EXEC_RULES)
    for _ in range(chance.randint(0, 3)):
        pattern: list[Value] = [one_or_either(chance, word) for word in ["git", *some_words(chance, WORDS)]]
        document = document.edit(Append(("rules",), {"pattern": pattern, "decision": chance.choice([*DECISIONS])}))
    for _ in range(chance.randint(1, 4)):
        subject = Subject(Tool.SHELL, Matcher.IS, " ".join(some_words(chance, PLAIN)))
        document = ENGINE.write({"": document}, {subject: chance.choice([*Action, None])})[""]
    named = [line.subject for line in ENGINE.lines({"": document}) if line.subject]
    return ENGINE.write({"": document}, {chance.choice(named): None})[""] if named else document


def commands(chance: random.Random, document: Document) -> list[list[str]]:
    """Return commands that the rules of a file are about, nearly about, or not at all."""
    rules = document.get(("rules",))
    patterns = [rule["pattern"] for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
    begun = [_begun(chance, pattern) for pattern in patterns if isinstance(pattern, list)]
    return [*([*words, "more"] for words in begun), *(words[:-1] for words in begun if words[1:]), ["git", "push"]]


def _begun(chance: random.Random, pattern: list[Value]) -> list[str]:
    return [str(chance.choice(one) if isinstance(one, list) else one) for one in pattern]


@only("codex")
def test_the_client_decides_by_every_file_as_we_do(client: RealClient, box: Sandbox) -> None:
    chance = random.Random(26)
    asked = 0
    for _ in range(FILES):
        document = a_file(chance)
        path = box.home / "generated.rules"
        path.write_bytes(document.dump())
        for words in commands(chance, document):
            ran = box.run(
                client.program, "execpolicy", "check", "--resolve-host-executables", "--rules", str(path), "--", *words
            )
            assert ran.code == 0, (document.dump(), ran.said)
            if not re.fullmatch(r"[a-z/]+", words[0]) or "'" in "".join(words):
                continue  # in a session the client would not take such a line apart
            decision = json.loads(ran.out).get("decision")
            line = spelled(Command(words=tuple(Word(word) for word in words)))
            verdict = ENGINE.verdict(ENGINE.lines({"": document}), Request(Tool.SHELL, line), WHERE)
            assert (verdict.action if verdict.line else None) == DECISIONS.get(decision), (document.dump(), words)
            asked += 1
    assert asked > FILES

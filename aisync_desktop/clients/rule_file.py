"""One file of rules: a Markdown document <-> a Rule, in the frontmatter dialect of its client.

The frontmatter stands in the document (YAML, TOML) or, for a client whose own is neither, in the first lines of the
body. Only keys whose meaning changes are written; the others, comments and the order stay. Whether a rule can be said
is found out by saying it: it is written into an empty document and read back.
"""

from __future__ import annotations

import re
from typing import Protocol

from pydantic import ValidationError

from aisync_desktop.clients.descriptor import RulesEndpoint
from aisync_desktop.clients.frontmatter import DIALECTS, Changes, Meaning, UnreadableError, Values, meaning_of
from aisync_desktop.clients.items import Rule
from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.documents.markdown import BODY, FRONTMATTER
from aisync_desktop.documents.parse import empty
from aisync_desktop.documents.protocol import Document, Edit, Remove, SetValue
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.texts import blank_head, lines_of, plain_text, reframed
from aisync_desktop.kernel.values import Value

_HEAD = re.compile(r"---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*\n?")


class _Carrier(Protocol):
    def values(self, document: Document) -> Values: ...

    def body(self, document: Document) -> str: ...

    def edited(self, document: Document, changes: Changes, body: str) -> Document: ...


class RuleFile:
    """How one client reads and writes a file of rules."""

    def __init__(self, endpoint: RulesEndpoint) -> None:
        self.dialect = DIALECTS[endpoint.frontmatter]
        self._strictness = endpoint.accepts
        self._format = endpoint.format
        self._echoed: dict[Rule, bool] = {}
        self._carrier: _Carrier = _InMap() if endpoint.strictness.frontmatter else _InLines()

    def new(self) -> Document:
        """Return the document that a new file begins as."""
        return empty(self._format, self._strictness)

    def body(self, document: Document) -> str:
        """Return the text as it stands in the file."""
        return self._carrier.body(document)

    def read(self, document: Document) -> Rule | Text | None:
        """Return the rule, why it cannot be read, or nothing where there is no text."""
        try:
            meaning = meaning_of(self._carrier.values(document), self.dialect)
        except UnreadableError:
            return text("lens.rule-frontmatter")
        said = plain_text(self._carrier.body(document))
        if not said:
            return None
        try:
            return Rule(text=said, description=meaning.description, paths=meaning.paths, activation=meaning.activation)
        except ValidationError:
            return text("lens.bad-value")

    def write(self, document: Document | None, before: Rule | None, after: Rule) -> Document:
        """Return the document with another rule in it."""
        there = self.new() if document is None else document
        wanted = self.dialect.write(_meaning(after))
        known = self.dialect.write(_meaning(before)) if before else {}
        body = self._carrier.body(there)
        if before is None or before.text != after.text:
            body = reframed(body, after.text)
        if not there.dump() and any(value is not None for value in wanted.values()):
            body = f"\n{body}"  # a blank line below a frontmatter, as people write it
        changed = {key: value for key, value in wanted.items() if before is None or value != known.get(key)}
        written = self._carrier.edited(there, changed, body)
        # A key that meant nothing before may mean something now, and then it must be written too.
        return written if self.read(written) == after else self._carrier.edited(there, wanted, body)

    def with_body(self, document: Document, body: str) -> Document:
        """Return the document with another body and its frontmatter as it is."""
        return self._carrier.edited(document, {}, body)

    def emptied(self, document: Document) -> Document | None:
        """Return the document without its text, or nothing where nothing is left."""
        rest = self.with_body(document, blank_head(self.body(document)))
        return rest if rest.get((BODY,)) or rest.get((FRONTMATTER,)) is not None else None

    def expressible(self, rule: Rule) -> Rule | None:
        """Return the rule as far as a file can say it, or nothing where it would be another one."""
        tries = [rule]
        if rule.activation != "agent":
            said = {name: value for name, value in rule.fields().items() if name != "description"}
            tries.append(Rule.model_validate(said))
        return next((one for one in tries if self._echoes(one)), None)

    def _echoes(self, rule: Rule) -> bool:
        """Whether the rule is read as it was written. Its text matters only if it could be taken for a frontmatter."""
        if not rule.text.startswith(("---", "+++")):
            rule = Rule.model_validate(rule.fields() | {"text": "x"})
        if rule not in self._echoed:
            try:
                self._echoed[rule] = self.read(self.write(None, None, rule)) == rule
            except EditRefusedError:
                self._echoed[rule] = False
        return self._echoed[rule]


def _meaning(rule: Rule) -> Meaning:
    return Meaning(rule.description, rule.paths, rule.activation)


class _InMap:
    """A frontmatter that is a map of its own in the document."""

    def values(self, document: Document) -> Values:
        """Return what the frontmatter says."""
        values = document.get((FRONTMATTER,))
        return values if isinstance(values, dict) else {}

    def body(self, document: Document) -> str:
        """Return the text below it."""
        return str(document.get((BODY,)))

    def edited(self, document: Document, changes: Changes, body: str) -> Document:
        """Return the document with other values and another text."""
        there = self.values(document)
        edits: list[Edit] = []
        for key, value in changes.items():
            if value is not None:
                edits.append(SetValue((FRONTMATTER, key), value))
            elif key in there:
                edits.append(Remove((FRONTMATTER, key)))
        return document.edit(*edits, SetValue((BODY,), body))


class _InLines:
    """A frontmatter of lines `key: value`, whose values are as they stand: without quotes, escapes and lists."""

    def values(self, document: Document) -> Values:
        """Return what the lines say."""
        values: dict[str, str] = {}
        for line in lines_of(self._head(document)):
            entry = _ENTRY.fullmatch(line)
            if entry and entry[1] not in values:
                values[entry[1]] = entry[2]
            elif entry or (line.strip() and not line.startswith("#")):
                raise UnreadableError
        return values

    def body(self, document: Document) -> str:
        """Return the text below them."""
        whole = str(document.get((BODY,)))
        found = _HEAD.match(whole)
        return whole[found.end() :] if found else whole

    def _head(self, document: Document) -> str:
        found = _HEAD.match(str(document.get((BODY,))))
        return found[1] if found else ""

    def edited(self, document: Document, changes: Changes, body: str) -> Document:
        """Return the document with other lines and another text."""
        whole = str(document.get((BODY,)))
        found = _HEAD.match(whole)
        left = dict(changes)
        lines = [_said(line, left) for line in lines_of(found[1] if found else "")]
        lines += [f"{key}: {_spelled(value)}\n" for key, value in left.items() if value is not None]
        opening, closing = "---\n", "---\n"
        if found:
            opening, closing = whole[: found.start(1)], whole[found.end(1) : found.end()]
            closing += "\n" if body and not closing.endswith("\n") else ""
        head = f"{opening}{''.join(lines)}{closing}" if found or lines else ""
        return document.edit(SetValue((BODY,), head + body))


def _said(line: str, changes: dict[str, Value | None]) -> str:
    """Return a line as the changes want it, and take its key out of them."""
    entry = _ENTRY.fullmatch(line)
    if entry is None or entry[1] not in changes:
        return line
    value = changes.pop(entry[1])
    if value is None:
        return ""
    return line if _spelled(value) == entry[2] else f"{line[: entry.end(1)]}: {_spelled(value)}\n"


def _spelled(value: Value) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)

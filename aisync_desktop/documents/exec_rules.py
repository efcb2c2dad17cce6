"""Codex exec-policy rules: {"rules": [{"pattern": [...], "decision": ..., ...}]}, each rule a `prefix_rule(...)` call.

The file is a Starlark program, of which only these calls are data; everything else in it (other calls, functions,
loops, calls with computed arguments) is not read and not touched. So we look for the calls and edit between their
brackets; nothing is ever executed, and no Starlark library could write the rest back as it was.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from aisync_desktop.documents.brackets import Box, Brackets, Member
from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument, UnverifiedEditError
from aisync_desktop.documents.exec_rules_scan import RULE, Rule, Rules, list_at, scan
from aisync_desktop.documents.protocol import MISSING, Comment, Edit, Location, Missing, Strictness
from aisync_desktop.documents.source import Decoded, Splice, decode, eol_of, location, spliced
from aisync_desktop.documents.values import (
    Delete,
    Insert,
    Push,
    Replace,
    Step,
    applied,
    copied,
    lookup,
    same,
    steps,
)
from aisync_desktop.kernel.values import KeyPath, Value

RULES = "rules"
_BLANK = " \t\r\n"
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_BLANK_BELOW = re.compile(r"(?:\r?\n)?(?:[ \t]*\r?\n|[ \t]*\Z)")


def parse_exec_rules(data: bytes, strictness: Strictness) -> ExecRulesDocument:
    """Parse rules; an empty file has none."""
    decoded = decode(data, bom_allowed=strictness.bom)
    return ExecRulesDocument(decoded, scan(decoded.text))


class ExecRulesDocument:
    """An immutable rules file."""

    def __init__(self, decoded: Decoded, found: Rules) -> None:
        self._decoded = decoded
        self._scan = found

    def dump(self) -> bytes:
        """Return the bytes."""
        return self._decoded.encode(self._decoded.text)

    def value(self) -> Value:
        """Return the rules that can be read."""
        return copied(self._value)

    def get(self, path: KeyPath) -> Value | Missing:
        """Return the value at a path, or MISSING."""
        return lookup(self.value(), path)

    def locate(self, path: KeyPath) -> Location | None:
        """Return where the value at a path begins."""
        if self.get(path) is MISSING:
            return None
        return location(self._decoded.text, _Edit(self._decoded.text, self._scan).place(path))

    def comments(self) -> tuple[Comment, ...]:
        """Return nothing: its writers only add to it."""
        return ()

    def numbers(self) -> tuple[str, ...]:
        """Return nothing: the same."""
        return ()

    def edit(self, *edits: Edit) -> ExecRulesDocument:
        """Return the document with the edits done; each is verified."""
        document = self
        for edit in edits:
            document = document.edited(edit)
        return document

    def edited(self, edit: Edit) -> ExecRulesDocument:
        """Return the document after one edit."""
        text = self._decoded.text
        value, found = self._value, self._scan
        for step in steps(lambda path: lookup(value, path), edit):
            text = _edited(text, found, step)
            found = _scanned(text)
        if text == self._decoded.text:
            return self
        document = ExecRulesDocument(replace(self._decoded, text=text), found)
        if not same(document.value(), applied(value, edit)):
            raise UnverifiedEditError("edited rules read differently")
        return document

    @property
    def _value(self) -> Value:
        return {RULES: [rule.value for rule in self._scan.rules]}


def _edited(text: str, found: Rules, step: Step) -> str:
    """Return the text after one step."""
    if not (isinstance(step, Replace) and step.path == (RULES,) and isinstance(step.value, list)):
        return spliced(text, _Edit(text, found).splices(step))
    text = spliced(text, [_Edit(text, found).removal(rule) for rule in found.rules])
    for rule in step.value:
        text = _edited(text, _scanned(text), Push((RULES,), rule))
    return text


def _scanned(text: str) -> Rules:
    try:
        return scan(text)
    except MalformedDocument:
        raise UnverifiedEditError("edited rules cannot be read") from None


class _Edit:
    """The rules of one text and what can be done to them."""

    def __init__(self, text: str, found: Rules) -> None:
        self._text = text
        self._scan = found

    def splices(self, step: Step) -> list[Splice]:
        """Return the splices of one step; a rule keeps its pattern, and its arguments keep their names."""
        match step:
            case Push(("rules",), value):
                return [self._add(value)]
            case Delete(("rules", int(index))):
                return [self.removal(self._scan.rules[index])]
            case Insert(("rules", int()) as parent, key, value):
                return self._inserted(parent, f"{key}={_written(value)}")
            case Push(parent, value):
                return self._inserted(parent, _written(value))
            case Replace(("rules", int(), _, *_) as path, value):
                member = self._member(tuple(path))
                return [Splice(member.value, member.end, _written(value))]
            case Delete(("rules", int(), _, *_) as path) if path[2:] != ("pattern",):
                box = self._box(path[:-1])
                return self._brackets().removal(box, box.members.index(self._member(path)))
        raise EditRefusedError("shape")

    def place(self, path: KeyPath) -> int:
        """Return where the value at a path begins."""
        match path:
            case ("rules", int(index)):
                return self._scan.rules[index].start
            case ("rules", int(), _, *_):
                return self._member(path).value
        return self._scan.rules[0].start if self._scan.rules else 0

    def _inserted(self, parent: KeyPath, written: str) -> list[Splice]:
        return self._brackets().insertion(self._box(parent), lambda _: written)

    def _add(self, value: Value) -> Splice:
        """Put a rule behind the last one, else behind everything; a comment there must not become the rule's own."""
        if not isinstance(value, dict) or "pattern" not in value:
            raise EditRefusedError("value")
        arguments = ", ".join(f"{key}={_written(one)}" for key, one in value.items())
        rule, eol = f"{RULE}({arguments})", eol_of(self._text)
        rules = self._scan.rules
        place = self._line_rest(rules[-1]) if rules else len(self._text.rstrip(_BLANK))
        if place == 0:
            return Splice(0, 0, rule + eol)
        behind_comment = self._text.startswith("#", self._text.rfind("\n", 0, place) + 1)
        return Splice(place, place, eol * (2 if behind_comment else 1) + rule)

    def removal(self, rule: Rule) -> Splice:
        """Take out a rule with the comment lines right above it, and the blank line that would then be one too many."""
        start, end = self._own_start(rule.start), self._line_rest(rule)
        above = self._line_above(start)
        if start == 0:
            found = self._text.find("\n", end)
            return Splice(0, found + 1 if found >= 0 else len(self._text), "")
        blank_above = start > 0 and not self._text[above:start].strip(_BLANK)
        if blank_above and above > 0 and _BLANK_BELOW.match(self._text, end):
            start = above
        return Splice(start - (2 if self._text[start - 2 : start] == "\r\n" else 1), end, "")

    def _own_start(self, start: int) -> int:
        """Return where the comment lines right above a rule begin; at the top of the file they are a heading."""
        first = start
        while first > 0 and self._text.startswith("#", self._line_above(first)):
            first = self._line_above(first)
        return first or start

    def _line_above(self, line: int) -> int:
        return self._text.rfind("\n", 0, max(line - 1, 0)) + 1

    def _line_rest(self, rule: Rule) -> int:
        found = _REST.match(self._text, rule.box.end)
        return found.end() if found else rule.box.end

    def _box(self, path: KeyPath) -> Box:
        if len(path) == len((RULES, 0)):
            return self._scan.rules[int(path[1])].box
        member = self._member(path)
        return list_at(self._text, member.value, member.end)

    def _member(self, path: KeyPath) -> Member:
        member = self._box(path[:-1]).find(path[-1])
        if member is None:
            raise UnverifiedEditError("a step leads to no argument")
        return member

    def _brackets(self) -> Brackets:
        return Brackets(self._text, self._scan.plain, inline=True)


def _written(value: Value) -> str:
    """Return a text or a list of texts; a rule has nothing else."""
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    if not isinstance(value, str) or any("\ud800" <= char <= "\udfff" for char in value):
        raise EditRefusedError("value")
    return json.dumps(value, ensure_ascii=False)

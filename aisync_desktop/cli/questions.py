"""Open decisions for a terminal: what each side changed, and what can be taken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from pydantic import JsonValue

from aisync_desktop.cli.output import FINE, WAITING, Output
from aisync_desktop.core.diff import flatten
from aisync_desktop.core.items import ItemKey, Scope
from aisync_desktop.core.messages import text
from aisync_desktop.core.texts import visible
from aisync_desktop.core.values import Value
from aisync_desktop.engine.decisions import SERVERS
from aisync_desktop.engine.loosening import listed
from aisync_desktop.engine.questions import Question, QuestionSide

_WIDTH = 60  # of a value; the whole of it is in the JSON answer
_WHOLE = 1_000  # where what is taken may be started, by whoever wrote it: nobody agrees to what they did not see


def questions_exit_code(questions: tuple[Question, ...]) -> int:
    """Return 0 where nothing waits, 3 where something does."""
    return WAITING if questions else FINE


def question_lines(questions: Iterable[Question], output: Output) -> Iterator[str]:
    """Render decisions for a terminal."""
    for question in questions:
        yield f"{question.id}  {output.say(question.summary)}"
        for side in question.sides:
            yield f"  {visible(side.take)}  {visible(side.path)}".rstrip()
            yield from (f"    {line}" for line in side.lines or _changes(side, question))
            if side.unsandboxed:
                yield f"    {output.say(text('decision.wider.unsandboxed'))}"
            if side.examples:
                yield f"    {output.say(text('decision.wider.examples', examples=listed(side.examples)))}"
        if question.kind == SERVERS:
            yield f"  {output.say(text('decision.project-servers.how'))}"
        choices = ", ".join(question.choices)
        yield f"  {output.say(text('decision.choices', choices=choices) if choices else text('decision.by-hand'))}"


def _changes(side: QuestionSide, question: Question) -> Iterator[str]:
    """Yield the name, if that changed, and each changed field as it was and as it is there."""
    before, after = _named(question.base or {}), _named(side.fields or {})
    width = _WHOLE if Scope.parse(question.scope).root else _WIDTH
    if side.renamed:
        yield f"{ItemKey.parse(question.item).name} -> {side.renamed}"
    for name in side.changed:
        yield f"{visible(name)}: {_short(before.get(name), width)} -> {_short(after.get(name), width)}"


def _named(fields: Mapping[str, JsonValue]) -> dict[str, Value]:
    return {".".join(path): value for path, value in flatten(cast("Mapping[str, Value]", fields)).items()}


def _short(value: Value, width: int) -> str:
    return "-" if value is None else visible(json.dumps(value, ensure_ascii=False), width)

"""Open decisions for a terminal: what each side changed, and what can be taken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

import typer
from pydantic import JsonValue

from aisync_desktop.cli.output import FINE, WAITING, Output
from aisync_desktop.core.diff import flatten
from aisync_desktop.core.items import ItemKey, Scope
from aisync_desktop.core.messages import text
from aisync_desktop.core.texts import visible
from aisync_desktop.core.values import Value
from aisync_desktop.engine.decisions import ALLOW, SERVERS
from aisync_desktop.engine.loosening import listed
from aisync_desktop.engine.questions import Question, QuestionSide

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.engine.requests import SyncAnswer

_WIDTH = 60  # of a value; the whole of it is in the JSON answer
_WHOLE = 1_000  # where what is taken may be started, by whoever wrote it: nobody agrees to what they did not see


def questions_exit_code(questions: tuple[Question, ...]) -> int:
    """Return 0 where nothing waits, 3 where something does."""
    return WAITING if questions else FINE


def question_lines(questions: Iterable[Question], output: Output) -> Iterator[str]:
    """Render decisions for a terminal."""
    for question in questions:
        yield f"{question.id}  {output.say(question.summary)}"
        if question.note:
            yield f"  {output.say(question.note)}"
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


def asking_about_servers(session: Session, done: SyncAnswer, scope: str, *, as_json: bool) -> SyncAnswer:
    """Ask whether what a project brought may come into its other files; return all that was done by then."""
    for question in session.questions():
        if question.kind == SERVERS and question.scope == scope:
            session.out.show(question_lines([question], session.out))
            if typer.confirm(session.say("cli.allow-servers"), err=as_json):
                allowed = session.decide(question.id, ALLOW, revision=question.revision)
                done = allowed.model_copy(update={"written": (*done.written, *allowed.written)})
    return done


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

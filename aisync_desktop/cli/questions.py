"""Open decisions for a terminal: what each side changed, and what can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.texts import padded, visible, width
from aisync_desktop.service.told import FINE, WAITING
from aisync_desktop.sync.applying.questions import Question, QuestionSide
from aisync_desktop.sync.planning.loosening import listed
from aisync_desktop.sync.terms.decisions import ALLOW, SERVERS

if TYPE_CHECKING:
    from aisync_desktop.cli.output import Output
    from aisync_desktop.cli.session import Session
    from aisync_desktop.service.operations.answer import SyncAnswer


def questions_exit_code(questions: tuple[Question, ...]) -> int:
    """Return 0 where nothing waits, 3 where something does."""
    return WAITING if questions else FINE


def question_lines(questions: Iterable[Question], session: Session) -> Iterator[str]:
    """Render decisions for a terminal."""
    output = session.out
    for question in questions:
        yield f"{question.id}  {output.say(question.summary)}"
        if question.note:
            yield f"  {output.say(question.note)}"
        for side in question.sides:
            name = f" ({visible(side.name)})" if side.name not in {"", side.take} else ""
            yield f"  {visible(side.take)}{name}  {visible(session.path(side.path)) if side.path else ''}".rstrip()
            yield from (f"    {line}" for line in side.lines or _changes(side, question))
            if side.unsandboxed:
                yield f"    {output.say(text('decision.wider.unsandboxed'))}"
            if side.examples:
                yield f"    {output.say(text('decision.wider.examples', examples=listed(side.examples)))}"
        if question.kind == SERVERS:
            yield f"  {output.say(text('decision.project-servers.how'))}"
        yield from _choice_lines(question, output)


def _choice_lines(question: Question, output: Output) -> Iterator[str]:
    """Yield what can be taken, and what that means."""
    if not question.choices:
        yield f"  {output.say(text('decision.by-hand'))}"
        return
    yield f"  {output.say(text('cli.answers', decision=question.id))}"
    longest = max(width(visible(take)) for take in question.choices)
    for take, meaning in question.labels.items():
        yield f"    {padded(visible(take), longest)}  {output.say(meaning)}"


def asking_about_servers(session: Session, done: SyncAnswer, scope: str) -> SyncAnswer:
    """Ask whether what a project brought may come into its other files; return all that was done by then."""
    from aisync_desktop.service.operations.standing import DecisionsRequest
    from aisync_desktop.service.operations.syncing import DecideRequest

    for question in session.ask(DecisionsRequest()).decisions:
        if question.kind == SERVERS and question.scope == scope:
            session.out.show(question_lines([question], session))
            if session.out.agrees(session.say("cli.allow-servers")):
                answer = DecideRequest(decision=question.id, take=ALLOW, revision=question.revision)
                allowed = session.ask(answer)
                done = allowed.model_copy(update={"written": (*done.written, *allowed.written)})
    return done


def _changes(side: QuestionSide, question: Question) -> Iterator[str]:
    """Yield the name, if that changed, and each changed field as it was and as it is there."""
    if side.renamed:
        yield f"{ItemKey.parse(question.item).name} -> {side.renamed}"
    for each in question.differences:
        if each.field in side.changed:
            yield f"{visible(each.field)}: {each.base or '-'} -> {each.sides.get(side.take) or '-'}"

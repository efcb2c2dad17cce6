"""Large things for the window to show: findings, files and texts by the hundred thousand lines."""

from __future__ import annotations

from functools import partial
from typing import Any

FINDINGS, FILES, LINES = 300, 400, 100_000


def findings() -> list[Any]:
    """Return as many findings as a home with hundreds of broken servers has."""
    from aisync_desktop.kernel.messages import text
    from aisync_desktop.service.operations.repairing import FindingReport
    from aisync_desktop.sync.reports.doctor import Severity

    said = {"message": text("documents.malformed"), "next_step": text("documents.malformed.next"), "repairs": ()}
    at = {"client": "codex", "scope": "user", "line": 3, "column": 1, "code": "documents.malformed"}
    return [
        FindingReport.model_validate({"severity": Severity.WARNING, "path": f"/home/user/{number}.json", **at, **said})
        for number in range(FINDINGS)
    ]


def step() -> Any:
    """Return an undo that puts hundreds of files back."""
    from aisync_desktop.kernel.line_diff import DiffLine
    from aisync_desktop.sync.reports.file_edits import FileEdit
    from aisync_desktop.sync.reports.steps import StepPreview

    lines = tuple(DiffLine("+", f"line {number}", new=number) for number in range(1, 60))
    whose = {"client": "codex", "name": "Codex CLI", "clients": ("codex",), "scope": "user", "kinds": ("mcp",)}
    what = {"end": "", "creates": False, "removes": False, "changes": (), "counts": {}, "hidden": False}
    files = [
        FileEdit.model_validate(
            {**whose, **what, "path": f"/home/user/{number}.json", "added": 59, "removed": 0, "left_out": ()}
            | {"lines": lines}
        )
        for number in range(FILES)
    ]
    return StepPreview.model_validate(
        {"event": "undo", "snapshot": 2, "to": 1, "at": None, "by": ("codex",), "scope": "user", "items": ()}
        | {"files": files, "loosens": (), "newest": 2}
    )


def question() -> tuple[Any, Any]:
    """Return a clash about a text as long as a client's file can be, and what one of its answers would do."""
    from aisync_desktop.kernel.messages import text
    from aisync_desktop.service.operations.previews import AnswerPreview
    from aisync_desktop.sync.applying.questions import Question

    base = "".join(f"Rule {number}: keep it short.\n" for number in range(LINES))
    sides = [
        {"take": take, "name": take, "path": f"/home/user/{take}.md", "changed": ("text",)}
        | {"fields": {"text": base.replace("7: keep", f"7: {take} keeps")}}
        for take in ("claude-code", "codex")
    ]
    asked = Question.model_validate(
        {"id": "1", "kind": "conflict", "item": "rules/shared", "scope": "user", "revision": "1", "sides": sides}
        | {"summary": text("decision.conflict", item="shared", clients="Codex CLI"), "base": {"text": base}}
        | {"choices": ("claude-code", "codex", "base"), "draft": {"text": base}}
    )
    return asked, AnswerPreview.model_validate({"result": sides[0]["fields"], "settles": ("1",)})


def show_card(kept: list[Any]) -> None:
    """Show the card of that question, as a window of its own."""
    from aisync_desktop.ui.pages.decisions.card import DecisionCard

    asked, preview = kept.pop()
    card = DecisionCard()
    kept.append(card)
    card.resize(608, 600)
    card.set_question(asked)
    card.show()
    card.show_preview(preview)


def show_step(kept: list[Any]) -> None:
    """Show the dialog of that undo."""
    from aisync_desktop.ui.pages.history.step_dialog import StepDialog

    dialog = StepDialog(kept.pop())
    kept.append(dialog)
    dialog.open()


def shows(window: Any) -> dict[str, Any]:
    """Return what is done with each of them; whatever it takes to make them up is done before."""
    health = partial(window.go, "health")
    return {
        f"{FINDINGS} findings": partial(_found, window, health, findings()),
        f"an undo of {FILES} files": partial(show_step, [step()]),
        f"a clash about {LINES:,} lines": partial(show_card, [question()]),
    }


def _found(window: Any, go: Any, found: list[Any]) -> None:
    go()
    window.page.view.set_findings(found)

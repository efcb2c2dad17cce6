"""All parts in all their states on a few sheets.

python tests/ui/parts/gallery.py FILE [parts|more|steps] [light|dark] [en|ko|ar] [per cent]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.kernel.line_diff import DiffLine
from aisync_desktop.ui.parts.badge import Badge, Chip, Dot, Keys
from aisync_desktop.ui.parts.button import Button, Kind, LinkButton
from aisync_desktop.ui.parts.card import Card, Section
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.diff import FileDiff
from aisync_desktop.ui.parts.empty import EmptyState
from aisync_desktop.ui.parts.field import Field, Number, Select
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.glyph import Glyph
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.loading import Loading, Progress
from aisync_desktop.ui.parts.mark import Mark
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.pane import ListPane, TwoStep
from aisync_desktop.ui.parts.rows import Cell, Heading, Look, Row, RowList
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.parts.segments import Segments
from aisync_desktop.ui.parts.state import State, StateWord, state_name
from aisync_desktop.ui.parts.switch import Switch
from aisync_desktop.ui.parts.toast import Toast, Toasts


def line(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Put widgets side by side."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return whole


def column(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Put widgets below each other, from above."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for widget in widgets:
        box.addWidget(widget)
    return whole


def buttons() -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(8)
    kinds: list[tuple[str, Callable[[], Button]]] = [
        ("Primary", lambda: Button("Answer", Kind.PRIMARY)),
        ("Standard", lambda: Button("Sync")),
        ("Destructive", lambda: Button("Discard", Kind.DESTRUCTIVE)),
        ("Quiet", lambda: Button("Later", Kind.QUIET)),
        ("Small", lambda: Button("Undo", small=True)),
        ("Icon", lambda: Button(icon="plus", tip="Add")),
        ("Keys", lambda: Button("Use this result", Kind.PRIMARY, keys="Ctrl ↵")),
        ("Both", lambda: Button("Sync now", icon="refresh")),
    ]
    for number, (name, make) in enumerate(kinds):
        grid.addWidget(Label(name, "body", "text-2"), number, 0)
        rest, pressed, disabled = make(), make(), make()
        pressed.setDown(True)
        disabled.setEnabled(False)
        for place, button in enumerate((rest, pressed, disabled)):
            grid.addWidget(button, number, 1 + place)
    grid.setColumnStretch(4, 1)
    return whole


def signs() -> QWidget:
    counts = [Badge(2, "wait"), Badge(1, "bad"), Badge(8, "ok"), Badge(12), Badge(3, "plain"), Badge(100, "accent")]
    dots = [Dot(tone) for tone in ("ok", "wait", "bad", "accent", "idle")]
    chips = [Chip("In step", "ok", "check"), Chip("1 question", "wait"), Chip("Refused", "bad"), Chip("web-shop")]
    marks = [Mark("claude-code", "Claude Code", 40), *(Mark(name) for name in ("codex", "cursor", "qwen-code"))]
    marks += [Mark("codex", size=20), Mark("rovodev", "Rovo Dev CLI", size=20)]
    return column(
        line(*counts, *dots, *chips),
        line(*(StateWord(state, state_name(state), surface="window") for state in list(State)[:4]), gap=16),
        line(*(StateWord(state, state_name(state), surface="window") for state in list(State)[4:]), gap=16),
        line(*marks, Keys("Ctrl K"), Keys("J"), Keys("↵")),
        line(Glyph("server"), Glyph("key"), Glyph("inbox", "text-3", 20), LinkButton("See all")),
        gap=12,
    )


CLIENTS = [
    Row("cc", "Claude Code", mark="CC", state=State.OK, state_words="In step", columns=("14 items",), trail="12:08"),
    Row("cx", "Codex CLI", mark="CX", state=State.WAIT, state_words="1 question", columns=("9 items",), trail="12:10"),
    Row(
        "cu",
        "Cursor",
        mark="CU",
        state=State.OK,
        state_words="In step",
        columns=("14 items",),
        trail="12:08",
        actions=(("open", "Open"),),
    ),
    Row("rd", "Rovo Dev", mark="RD", state=State.PAUSED, state_words="Paused until 14:00", columns=("9 items",)),
    Row("am", "Amp", mark="AM", state=State.OFF, state_words="Not installed", enabled=False),
]
QUESTIONS = [
    Row(
        "1",
        "postgres was changed in two ways",
        "Codex CLI set read-only, Cursor set unrestricted",
        State.WAIT,
        trail="12:12",
        actions=(("answer", "Answer"),),
        keeps_actions=True,
    ),
    Row(
        "2",
        "Let 4 more clients run npm publish?",
        "You allowed it in Claude Code",
        State.WAIT,
        trail="11:58",
        actions=(("answer", "Answer"),),
        keeps_actions=True,
    ),
]
FILES = [
    Row("1", "~/.cursor/mcp.json", glyph="file", mono=True, columns=(Cell("Servers", leading=True), "4.1 kB")),
    Row(
        "2", "~/.cursor/cli-config.json", glyph="file", mono=True, columns=(Cell("Permissions", leading=True), "1.2 kB")
    ),
]
TASKS = [
    Row(
        "1",
        "Add retry to the upload queue",
        state=State.WORKING,
        columns=(Cell(chip="wait"), Cell(mark="CC"), "web-shop", "4 min"),
    ),
    Row(
        "2",
        "Move date helpers to Temporal",
        state=State.WAIT,
        columns=(Cell("Needs approval", chip="wait"), Cell(mark="CX"), "web-shop", "11 min"),
    ),
]
PANE: list[Row | Heading] = [
    Row("1", "postgres", "Changed in two ways", glyph="server", trail="12:12"),
    Row("2", "npm publish", "Allow it in 4 more clients?", glyph="shield", trail="11:58"),
    Heading("Yesterday"),
    Row("3", "GITHUB_TOKEN moved to the keyring of this computer", "You, 3 files written", glyph="key", trail="18:31"),
    Row("4", "Cursor", "7 items, 1 question", mark="CU", state=State.WAIT),
]


def a_list(look: Look, rows: Sequence[Row | Heading], name: str, chosen: str = "") -> RowList:
    """Make a list of these rows."""
    made = RowList(look, name=name, fits_content=True)
    made.set_rows(rows)
    made.keep_selected()
    if chosen:
        made.choose(chosen)
    return made


def notes() -> QWidget:
    return column(
        Note("idle", "Writes 4 files.", "You can undo this in History."),
        Note("wait", "Cursor would push without asking.", action="Make Cursor ask"),
        Note("bad", "~/.cursor/mcp.json cannot be read.", "A comma is missing in line 12. AISync leaves it alone."),
        Note("ok", "All clients are in step."),
    )


def texts() -> QWidget:
    return column(
        Label("Title 20 semibold", "title"),
        Label("Heading 14 semibold", "heading"),
        Label("Body 13"),
        Label("Strong body 13 medium", "body-strong"),
        Label("Small 12, muted. Figures line up: 1,204 and 8,377", "small", "text-2"),
        Label("Mono 12: ~/.codex/config.toml --access-mode=readonly", "mono"),
        Label("본문 13: 클라이언트 6개, 항목 15개가 모두 일치합니다"),
        gap=4,
    )


def gallery() -> QWidget:
    """Return the sheet."""
    sheet = QWidget()
    page = QVBoxLayout(sheet)
    page.setContentsMargins(24, 24, 24, 24)
    page.setSpacing(16)
    header = PageHeader("2 questions are waiting for you", "Everything else is in step: 15 items", State.WAIT)
    header.add_action(Button("Sync now", icon="refresh"))
    header.add_action(Button("Answer questions", Kind.PRIMARY))
    page.addWidget(header)
    halves = QHBoxLayout()
    halves.setSpacing(32)
    left = column(
        Section("Buttons", buttons()),
        Section("Signs", signs()),
        Section("Type", texts()),
        Section("Pane", a_list(Look.PANE, PANE, "Pane", "1")),
        gap=24,
    )
    empty = EmptyState("inbox", "No questions", "Your clients agree. New questions show up here.", "See answered")
    right = column(
        Section("Questions", Card(a_list(Look.CARD, QUESTIONS, "Questions")), badge=Badge(2, "wait")),
        Section(
            "Clients", Card(a_list(Look.CARD, CLIENTS, "Clients")), trailing=Label("Last change", "small", "text-2")
        ),
        Section("Files", Card(a_list(Look.CARD, FILES, "Files")), trailing=LinkButton("See all")),
        Section("Tasks", Card(a_list(Look.CARD, TASKS, "Tasks"))),
        Section("Notes", notes()),
        Card(empty),
        gap=24,
    )
    for half in (left, right):
        halves.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)
    page.addLayout(halves)
    page.addStretch(1)
    return sheet


def inputs() -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(12)
    wrong = Field("Name", text="kestrel docs")
    wrong.set_error("A name has no spaces. Try kestrel-docs.")
    disabled = Field("Name", text="Read only here")
    disabled.edit.setEnabled(False)
    fields = (
        Field("Name", text="kestrel-docs"),
        Field("Filter", "Filter servers", glyph="search", keys="Ctrl F"),
        wrong,
        disabled,
        Number("Kept for", 90, 1, 3650, "days"),
        Select("Project", (("all", "All projects"), ("web", "web-shop")), glyph="folder"),
    )
    for number, field in enumerate(fields):
        grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
    return whole


def choices() -> QWidget:
    some, off, disabled = Check("Some"), Check("Off"), Check("Disabled", on=True)
    some.setTristate(True)
    some.setCheckState(Qt.CheckState.PartiallyChecked)
    disabled.setEnabled(False)
    dead = Switch("Disabled")
    dead.setEnabled(False)
    return column(
        line(Check("On", on=True), some, off, disabled, gap=24),
        line(Switch("Sync", on=True), Switch("Sync"), dead, gap=24),
        line(
            Segments("Questions", [("open", "Open", 3), ("answered", "Answered", 41)]),
            Segments("Verdict", [(word, word, None) for word in ("All", "Allow", "Ask", "Refuse")], small=True),
            gap=16,
        ),
        gap=12,
    )


DIFF = [
    DiffLine("…", "", count=20),
    DiffLine(" ", 'args = ["@playwright/mcp"]', 21, 21),
    DiffLine("-", 'mode = "restricted"', 22, None, ((8, 18),)),
    DiffLine("+", 'mode = "readonly"', None, 22, ((8, 16),)),
    DiffLine("+", 'bearer_token_env_var = "GITHUB_TOKEN"', None, 23),
    DiffLine(" ", "# my own servers", 24, 24),
]


def waiting() -> QWidget:
    progress = Progress("Reading 14 files")
    progress.set_done(9, 14)
    loading = Loading()
    loading.waiting.setInterval(0)
    card = Card()
    card.add(progress, padding=(16, 4))
    card.add(loading)
    return card


def foot() -> QWidget:
    made = Footer()
    made.left(Button("Decide later", Kind.QUIET, keys="S"))
    made.right(Button("Keep as before"))
    made.right(Button("Use this result", Kind.PRIMARY, keys="Ctrl ↵"))
    return made


def more() -> QWidget:
    """Return a second sheet: what one works with."""
    sheet = QWidget()
    page = QHBoxLayout(sheet)
    page.setContentsMargins(24, 24, 24, 72)
    page.setSpacing(32)
    files = Card(
        FileDiff("~/.codex/config.toml", DIFF, mark="CX", opened=True), FileDiff("~/.claude.json", DIFF, mark="CC")
    )
    left = column(Section("Inputs", inputs()), Section("Choices", choices()), Section("Waiting", waiting()), gap=24)
    right = column(Section("Files", files), foot(), gap=24)
    for half in (left, right):
        page.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)
    toasts = Toasts(sheet)
    toasts.show(Toast("postgres: 4 files written", action="Undo"))
    return sheet


def two_steps() -> TwoStep:
    """Return a list and a detail, as on the page of decisions."""
    pane = ListPane("Decisions", RowList(Look.PANE, name="Decisions"))
    pane.add_top(Segments("Which", [("open", "Open", 3), ("answered", "Answered", 41)]))
    pane.rows.set_rows(PANE)
    pane.rows.choose("1")
    pane.add_action(Button("", Kind.QUIET, "refresh", tip="Look again"))
    pane.set_foot(line(Keys("J"), Keys("K"), Label("next, previous", "small", "text-3"), gap=4))
    body = PageScroll(PageHeader("postgres was changed in two ways", "Server for all projects.", State.WAIT))
    body.add(notes())
    body.add_stretch()
    detail = QWidget()
    stack = QVBoxLayout(detail)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(0)
    stack.addWidget(body, 1)
    stack.addWidget(foot())
    return TwoStep(pane, detail)


SHEETS: dict[str, Callable[[], QWidget]] = {"parts": gallery, "more": more, "steps": two_steps}


if __name__ == "__main__":
    from aisync_desktop.ui.language import Languages
    from aisync_desktop.ui.theme import Appearance

    application = QApplication([])
    target, sheet, scheme, language, size = [*sys.argv[1:], *["parts", "light", "en", "100"][len(sys.argv) - 2 :]]
    Languages(application).use(language)
    looks = Appearance(application)
    looks.use(scheme, int(size))
    if language == "ar":
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown = SHEETS[sheet]()
    shown.resize(1120, max(shown.heightForWidth(1120), 560))
    shown.show()
    application.processEvents()
    application.processEvents()
    shown.grab().save(target)

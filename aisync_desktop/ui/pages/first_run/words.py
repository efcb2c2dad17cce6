"""What the first run says: counts that agree with their nouns, made by tr(), in which alone lupdate sees a plural."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from aisync_desktop.clients.items import Kind
from aisync_desktop.sync.terms.decisions import CONFLICT, SECRET, WIDER
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import field_label, one_line

if TYPE_CHECKING:
    from aisync_desktop.sync.reports.consent import AskedGroup, Proposal
    from aisync_desktop.sync.reports.file_edits import Counts, FileEdit, LeftOut


def listed(names: Iterable[str]) -> str:
    """Return names as one does in a sentence."""
    return QLocale().createSeparatedList(list(names))


def clients_of(files: Iterable[FileEdit]) -> frozenset[str]:
    """Return all clients that read any of these files."""
    return frozenset(client for file in files for client in file.clients)


class FirstRunWords(QObject):
    """The sentences."""

    def found(self, clients: int) -> str:
        """Say how many clients there are."""
        return self.tr("%n client(s) found", "", clients)

    def holds(self, kinds: Mapping[Kind, int]) -> str:
        """Say what a client has."""
        return listed(self._nouns({kind: count for kind, count in kinds.items() if count}))

    def in_files(self, files: int) -> str:
        """Say in how many files that is."""
        return self.tr("%n file(s)", "", files)

    def to_questions(self, questions: int) -> str:
        """Name the way to the questions."""
        return self.tr("Continue to %n question(s)", "", questions)

    def asked(self, questions: int) -> str:
        """State that there are questions."""
        return self.tr("%n question(s) before anything is written", "", questions)

    def group(self, group: AskedGroup) -> str:
        """State what a group of questions is about."""
        count = len(group.decisions)
        if count == 1 and group.kind != CONFLICT:
            return one_line(render(group.summary)).rstrip(".")
        titles = {
            (CONFLICT, Kind.MCP): self.tr("%n server(s) set up in different ways", "", count),
            (CONFLICT, Kind.RULES): self.tr("%n rule text(s) written in different ways", "", count),
            (CONFLICT, Kind.PERMISSIONS): self.tr("%n permission(s) answered in different ways", "", count),
            (SECRET, Kind.MCP): self.tr("%n server(s) with a secret", "", count),
            (WIDER, Kind.PERMISSIONS): self.tr("%n permission(s) that would allow more", "", count),
        }
        return titles.get((group.kind, group.item_kind)) or self.tr("%n question(s)", "", count)

    def open(self, questions: int) -> str:
        """Say how many questions wait."""
        return self.tr("%n question(s) stay open until you answer.", "", questions)

    def title(self, proposal: Proposal) -> str:
        """State how many files change, and how many do not."""
        if not proposal.files:
            return self.tr("All files stay as they are")
        change = self.tr("%n file(s) will change", "", len(proposal.files))
        if not proposal.stays:
            return change
        stay = self.tr("%n stay as they are", "", len(proposal.stays))
        return self.tr("{change}, {stay}").format(change=change, stay=stay)

    def consent(self, proposal: Proposal) -> str:
        """Name what the primary button does."""
        if not proposal.files:
            return self.tr("Keep them in step")
        files = self.in_files(len(proposal.files))
        clients = self.tr("%n client(s)", "", len(clients_of(proposal.files)))
        return self.tr("Write {files} in {clients}").format(files=files, clients=clients)

    def writing(self, files: int) -> str:
        """Say what is being done."""
        return self.tr("Writing %n file(s)", "", files)

    def written(self, files: int, clients: int) -> str:
        """Tell what was done."""
        where = self.tr("%n client(s)", "", clients)
        return self.tr("Your clients are in step: {files} written in {clients}").format(
            files=self.in_files(files), clients=where
        )

    def failed(self, files: int) -> str:
        """Tell what could not be done."""
        return self.tr("%n file(s) could not be written yet", "", files)

    def edit(self, edit: FileEdit) -> str:
        """Say what changes in a file, and what it leaves out."""
        done = [words for change in ("added", "changed", "removed") if (words := self._change(change, edit.counts))]
        if edit.removes:
            done = [self.tr("removes the file")]
        first = ", ".join(done) or self.tr("changes the file")
        begin = self.tr("New file") if edit.creates else ""
        left = self.left_out(len(edit.left_out)) if edit.left_out else ""
        return ". ".join(filter(None, (begin, _begun(first), left)))

    def left_out(self, settings: int) -> str:
        """Say how much a client cannot have."""
        return self.tr("Leaves out %n setting(s)", "", settings)

    def is_left_out(self, settings: int) -> str:
        """State how much a client cannot have."""
        return self.tr("%n setting(s) left out", "", settings)

    def why_left_out(self, left: LeftOut) -> str:
        """Say what is left out, and why."""
        item = one_line(left.item.partition("/")[2] or left.item)
        what = f"{item}: {field_label(left.field)}" if left.field else item
        return self.tr("{what}. {reason}").format(what=what, reason=render(left.reason))

    def _change(self, change: str, counts: Mapping[Kind, Counts]) -> str:
        numbers = {kind: getattr(count, change) for kind, count in counts.items()}
        what = listed(self._nouns({kind: number for kind, number in numbers.items() if number}, lines=True))
        verbs = {
            "added": self.tr("adds {what}"),
            "changed": self.tr("changes {what}"),
            "removed": self.tr("removes {what}"),
        }
        return verbs[change].format(what=what) if what else ""

    def _nouns(self, numbers: Mapping[Kind, int], *, lines: bool = False) -> list[str]:
        return [self._noun(kind, number, lines=lines) for kind, number in numbers.items()]

    def _noun(self, kind: Kind, number: int, *, lines: bool) -> str:
        if kind is Kind.MCP:
            return self.tr("%n server(s)", "", number)
        if kind is Kind.PERMISSIONS:
            return self.tr("%n permission(s)", "", number)
        return self.tr("%n line(s) of rules", "", number) if lines else self.tr("%n rule text(s)", "", number)


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

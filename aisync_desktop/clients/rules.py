"""The lenses of rules: one text in one file (its item is SHARED), and a folder of rules (an item for each file).

A text may be imported: where the main file has a line that is nothing but an import of the file beside it, that file's
text is the item, and the rest of the main file is the client's own and left alone. A new item is written that way,
unless the main file holds a text already, which then is the item itself. To take an imported item away, the imported
file goes; the main file goes with it if it held nothing else. (Otherwise its line stays: without it, the client's own
text would look like the item.)
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from pathlib import PurePosixPath

from aisync_desktop.clients.descriptor import Descriptor, RulesEndpoint
from aisync_desktop.clients.items import SHARED, Item, ItemKey, Items, Kind, Renamed, Rule
from aisync_desktop.clients.lens import MAIN, Documents, Loss, Projection, Spot, View
from aisync_desktop.clients.rule_file import RuleFile
from aisync_desktop.documents.protocol import Document
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.texts import fenced, lines_of, plain_text, reframed

_SHARED = ItemKey(Kind.RULES, SHARED)
_IMPORT = re.compile(r"@(?=\S*[./])\S+\s*")
# A name that makes a file on every system, in folders of such names.
_PART = r"(?![. ])[^\\/:*?\"<>|\x00-\x1f]*[^\\/:*?\"<>|\x00-\x1f. ]"
_NAME, _NESTED_NAME = re.compile(_PART), re.compile(rf"{_PART}(?:/{_PART})*")


class _RulesLens(ABC):
    def __init__(self, descriptor: Descriptor, endpoint: RulesEndpoint) -> None:
        self.client = descriptor.id
        self.endpoint = endpoint
        self._file = RuleFile(endpoint)
        self.expresses = self._file.dialect.fields | {"text"}
        self.left_open = frozenset[str]()
        self._siblings = [
            other
            for other in descriptor.endpoints
            if isinstance(other, RulesEndpoint) and other.scope == endpoint.scope and other != endpoint
        ]
        self._projected: dict[ItemKey, tuple[Item, Projection]] = {}

    def project(self, key: ItemKey, item: Item) -> Projection:
        """Return the item as far as this endpoint can express it, with the losses, before anything is written."""
        known = self._projected.get(key)
        if known and known[0] is item:  # items are values: the same object has the same projection
            return known[1]
        projection = self._elsewhere(key) or self._project(key, Rule.of(item))
        self._projected[key] = (item, projection)
        return projection

    def says_apart(self, item: Item) -> bool:
        """Tell that a rule is said whole in its file."""
        del item
        return False

    def can_say_apart(self, documents: Documents) -> bool:
        """Tell that no place is lacking."""
        del documents
        return True

    def park_loss(self, documents: Documents, key: ItemKey) -> Loss | None:
        """Return nothing: a rule is never off."""
        del documents, key
        return None

    @abstractmethod
    def _elsewhere(self, key: ItemKey) -> Projection | None:
        """Return what becomes of an item that has no place here; no loss if the client has another place for it."""

    def _project(self, key: ItemKey, rule: Rule) -> Projection:
        beyond = self._beyond(rule)
        if beyond and self._of_one_client:
            return self._refused(key, text("loss.rule.too-big", bytes=beyond))
        said = self._file.expressible(rule)
        if said is None:
            return self._refused(key, text("loss.rule.text" if rule.activation == "always" else "loss.rule.when"))
        reasons = {
            "description": text("loss.field", field="description") if said != rule else None,
            "text": text("loss.rule.size", bytes=beyond) if beyond else None,
            "imports": text("loss.rule.imports") if self._leaves_imports(rule) else None,
        }
        losses = (Loss(self.client, key, field, reason) for field, reason in reasons.items() if reason)
        return Projection(said, tuple(losses))

    def _beyond(self, rule: Rule) -> int:
        """Return how many bytes the client reads where the text has more."""
        most = self.endpoint.max_bytes or 0
        return most if most and len(rule.text.encode()) > most else 0

    def _leaves_imports(self, rule: Rule) -> bool:
        lines = fenced(lines_of(rule.text)) if not self.endpoint.expands_imports else ()
        return any(not in_code and _IMPORT.fullmatch(line) for line, in_code in lines)

    @property
    def _of_one_client(self) -> bool:
        """Whether nobody else reads this file: the one text of a project is there for all."""
        return self.endpoint.scope == "user" or bool(self.endpoint.folder)

    def _refused(self, key: ItemKey, reason: Text) -> Projection:
        return Projection(None, (Loss(self.client, key, "", reason),))


class TextLens(_RulesLens):
    """One text in one file, or in the file that it imports."""

    def __init__(self, descriptor: Descriptor, endpoint: RulesEndpoint) -> None:
        super().__init__(descriptor, endpoint)
        imported = endpoint.beside.get(endpoint.imports)
        self._imported = PurePosixPath(imported.paths[0]).name if imported else ""

    def read(self, documents: Documents) -> View:
        """Return what the documents say."""
        rule = self._file.read(self._at(documents, self._holder(documents)))
        if isinstance(rule, Text):
            return View(opaque={_SHARED: rule})
        return View({_SHARED: rule} if rule else {})

    def _at(self, documents: Documents, role: str) -> Document:
        """Return a document, an empty one for a file that is not there."""
        return documents.get(role) or self._file.new()

    def _holder(self, documents: Documents) -> str:
        """Return the role of the document that has the text."""
        main = self._at(documents, MAIN)
        return self.endpoint.imports if self._without_import(main) != self._file.body(main) else MAIN

    def _without_import(self, document: Document) -> str:
        lines = fenced(lines_of(self._file.body(document)))
        imports = {f"@{self._imported}", f"@./{self._imported}"} if self._imported else set()
        return "".join(line for line, in_code in lines if in_code or line.rstrip() not in imports)

    def where(self, documents: Documents, key: ItemKey, field: tuple[str, ...] = ()) -> Spot | None:
        """Return which document holds the text."""
        del key, field
        return Spot(self._holder(documents), ())

    def _elsewhere(self, key: ItemKey) -> Projection | None:
        if key == _SHARED:
            return None
        if any(other.folder for other in self._siblings):
            return Projection(None)
        return self._refused(key, text("loss.rule.one-text"))

    def write(self, documents: Documents, before: Items, after: Items, renamed: Renamed = frozenset()) -> Documents:
        """Return the documents edited from one view to another; the one text has one name."""
        del renamed
        old, new = (Rule.of(items[_SHARED]) if _SHARED in items else None for items in (before, after))
        if old == new:
            return documents
        if new is None:
            return self._removed(documents)
        if self._begins_to_import(documents):
            main = self._at(documents, MAIN)
            line = reframed(self._file.body(main), f"@{self._imported}\n")
            documents = {**documents, MAIN: self._file.with_body(main, line)}
        holder = self._holder(documents)
        held = self._at(documents, holder)
        if old is None and self._file.read(held) == new:  # what is imported is there already
            return documents
        return {**documents, holder: self._file.write(held, old, new)}

    def _begins_to_import(self, documents: Documents) -> bool:
        return bool(self._imported) and not plain_text(self._file.body(self._at(documents, MAIN)))

    def _removed(self, documents: Documents) -> Documents:
        main = self._at(documents, MAIN)
        others = {role: document for role, document in documents.items() if role != MAIN}
        if self._holder(documents) == MAIN:
            left = self._file.emptied(main)
        else:
            others.pop(self.endpoint.imports, None)
            own = self._without_import(main)
            left = main if plain_text(own) else self._file.with_body(main, own)
        return {**others, MAIN: left} if left and left.dump() else others

    def reshape_loss(self, documents: Documents, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
        """Return why the new item cannot be imported: the file holds another text, which nobody has looked at."""
        if before is not None or not self._begins_to_import(documents):
            return None
        if self._file.read(self._at(documents, self.endpoint.imports)) in (None, after):
            return None
        return Loss(self.client, key, "", text("loss.rule.other-text", file=self._imported))


class FolderLens(_RulesLens):
    """A folder of rules: each file is an item, its path in the folder without the suffix is its name."""

    def __init__(self, descriptor: Descriptor, endpoint: RulesEndpoint) -> None:
        super().__init__(descriptor, endpoint)
        self._suffix = endpoint.folder.rpartition("*")[2]
        self._names = _NESTED_NAME if endpoint.folder.startswith("**/") else _NAME

    def read(self, documents: Documents) -> View:
        """Return what the documents say; a rule that is called as the shared text is left alone."""
        items: dict[ItemKey, Item] = {}
        opaque: dict[ItemKey, Text] = {}
        for role, document in documents.items():
            key = ItemKey(Kind.RULES, role.removesuffix(self._suffix))
            if key == _SHARED or role in self.endpoint.skips or role == key.name:
                continue
            fit = self._names.fullmatch(key.name)
            rule = self._file.read(document) if fit else text("lens.rule-name")
            if isinstance(rule, Text):
                opaque[key] = rule
            elif rule:
                items[key] = rule
        return View(items, opaque)

    def where(self, documents: Documents, key: ItemKey, field: tuple[str, ...] = ()) -> Spot | None:
        """Return which document the rule is."""
        del field
        return Spot(self._role(key), ()) if self._role(key) in documents else None

    def _elsewhere(self, key: ItemKey) -> Projection | None:
        if key == _SHARED:
            has_place = any(not other.folder for other in self._siblings)
            return Projection(None) if has_place else self._refused(key, text("loss.rule.no-shared"))
        fit = self._names.fullmatch(key.name) and self._role(key) not in self.endpoint.skips
        return None if fit else self._refused(key, text("loss.name"))

    def _role(self, key: ItemKey) -> str:
        return key.name + self._suffix

    def write(self, documents: Documents, before: Items, after: Items, renamed: Renamed = frozenset()) -> Documents:
        """Return the documents edited from one view to another; a renamed rule is its file under another name."""
        written = dict(documents)
        was = {new: old for old, new in renamed}
        for key in sorted(before.keys() | after.keys()):
            came_from = was.get(key, key)
            old, new = before.get(came_from), after.get(key)
            if new is None:
                written.pop(self._role(key), None)
            elif old != new or key in was:
                there = documents.get(self._role(came_from))
                written[self._role(key)] = self._written(there, old, new)
        return written

    def _written(self, there: Document | None, old: Item | None, new: Item) -> Document:
        if there is not None and old == new:
            return there
        return self._file.write(there, Rule.of(old) if old else None, Rule.of(new))

    def reshape_loss(self, documents: Documents, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
        """Return nothing: a file of rules can become any rule."""
        del documents, key, before, after
        return None

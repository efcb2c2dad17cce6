"""What is wrong in a file, with the place, and which edits are refused."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "documents.expected.colon": QT_TRANSLATE_NOOP("messages", "A colon is missing in line {line}, column {column}."),
    "documents.expected.comma": QT_TRANSLATE_NOOP(
        "messages", "A comma or the closing bracket is missing in line {line}, column {column}."
    ),
    "documents.expected.comment-end": QT_TRANSLATE_NOOP(
        "messages", "The comment that begins at line {line}, column {column} has no end."
    ),
    "documents.expected.content": QT_TRANSLATE_NOOP("messages", "The file is empty (line {line}, column {column})."),
    "documents.expected.end": QT_TRANSLATE_NOOP(
        "messages", "The end of the file is expected at line {line}, column {column}."
    ),
    "documents.expected.equals": QT_TRANSLATE_NOOP(
        "messages", "An equals sign is missing in line {line}, column {column}."
    ),
    "documents.expected.escape": QT_TRANSLATE_NOOP(
        "messages", "There is an invalid escape in a text at line {line}, column {column}."
    ),
    "documents.expected.key": QT_TRANSLATE_NOOP("messages", "A key is missing in line {line}, column {column}."),
    "documents.expected.known-anchor": QT_TRANSLATE_NOOP(
        "messages", "The alias at line {line}, column {column} names nothing that is complete before it."
    ),
    "documents.expected.less-depth": QT_TRANSLATE_NOOP(
        "messages", "The nesting is too deep at line {line}, column {column}."
    ),
    "documents.expected.literal": QT_TRANSLATE_NOOP(
        "messages", "A plain value is expected at line {line}, column {column}, not a computed one."
    ),
    "documents.expected.no-bom": QT_TRANSLATE_NOOP(
        "messages",
        "The file begins with a byte order mark, which this client does not accept (line {line}, column {column}).",
    ),
    "documents.expected.no-comment": QT_TRANSLATE_NOOP(
        "messages",
        "A value is expected at line {line}, column {column}; this client does not accept comments.",
    ),
    "documents.expected.no-control-character": QT_TRANSLATE_NOOP(
        "messages", "There is a control character in a text at line {line}, column {column}."
    ),
    "documents.expected.no-surrogate": QT_TRANSLATE_NOOP(
        "messages", "There is half a character (a lone surrogate) at line {line}, column {column}."
    ),
    "documents.expected.no-tab": QT_TRANSLATE_NOOP(
        "messages", "There is a tab at line {line}, column {column} where only spaces may be."
    ),
    "documents.expected.no-trailing-comma": QT_TRANSLATE_NOOP(
        "messages",
        "There is a comma before a closing bracket at line {line}, column {column}, which this client does not accept.",
    ),
    "documents.expected.number": QT_TRANSLATE_NOOP(
        "messages", "There is an invalid number at line {line}, column {column}."
    ),
    "documents.expected.one-document": QT_TRANSLATE_NOOP(
        "messages", "A second document begins at line {line}, column {column}."
    ),
    "documents.expected.plain-tag": QT_TRANSLATE_NOOP(
        "messages", "There is a tag at line {line}, column {column} that AISync does not read."
    ),
    "documents.expected.string-end": QT_TRANSLATE_NOOP(
        "messages", "The text that begins at line {line}, column {column} has no closing quote."
    ),
    "documents.expected.syntax": QT_TRANSLATE_NOOP(
        "messages", "The file does not follow the rules of its format at line {line}, column {column}."
    ),
    "documents.expected.unique-key": QT_TRANSLATE_NOOP(
        "messages", "A key occurs a second time at line {line}, column {column}."
    ),
    "documents.expected.utf-8": QT_TRANSLATE_NOOP(
        "messages", "The text is not UTF-8 from line {line}, column {column} on."
    ),
    "documents.expected.value": QT_TRANSLATE_NOOP("messages", "A value is missing in line {line}, column {column}."),
    "documents.malformed": QT_TRANSLATE_NOOP("messages", "The file cannot be read"),
    "documents.malformed.next": QT_TRANSLATE_NOOP(
        "messages", "Mend it at that place, or restore an earlier version. Until then AISync does not write it."
    ),
    "documents.refused": QT_TRANSLATE_NOOP("messages", "A change cannot be written safely"),
    "documents.refused.anchor": QT_TRANSLATE_NOOP(
        "messages", "An anchor, an alias or a merge key takes part at line {line}, column {column}."
    ),
    "documents.refused.depth": QT_TRANSLATE_NOOP(
        "messages", "The value is nested too deeply for the file (line {line}, column {column})."
    ),
    "documents.refused.duplicate-key": QT_TRANSLATE_NOOP(
        "messages", "The setting occurs twice in the file (line {line}, column {column})."
    ),
    "documents.refused.key-taken": QT_TRANSLATE_NOOP(
        "messages", "The new name is in use already (line {line}, column {column})."
    ),
    "documents.refused.next": QT_TRANSLATE_NOOP("messages", "Make this change by hand; AISync takes it up from there."),
    "documents.refused.no-such-element": QT_TRANSLATE_NOOP(
        "messages", "The list at line {line}, column {column} has no such element."
    ),
    "documents.refused.no-such-member": QT_TRANSLATE_NOOP(
        "messages", "The setting to be renamed is not there (line {line}, column {column})."
    ),
    "documents.refused.not-a-list": QT_TRANSLATE_NOOP(
        "messages", "At line {line}, column {column} there is something else where a list is needed."
    ),
    "documents.refused.not-a-map": QT_TRANSLATE_NOOP(
        "messages", "At line {line}, column {column} there is a single value where a group of settings is needed."
    ),
    "documents.refused.shape": QT_TRANSLATE_NOOP(
        "messages",
        "The way in which the file is written at line {line}, column {column} leaves no safe place for the change.",
    ),
    "documents.refused.tab": QT_TRANSLATE_NOOP(
        "messages", "There is a tab in the indentation at line {line}, column {column}."
    ),
    "documents.refused.value": QT_TRANSLATE_NOOP(
        "messages", "The file's format has no way to write this value (line {line}, column {column})."
    ),
    "documents.refused.whole-document": QT_TRANSLATE_NOOP(
        "messages", "The whole content cannot be taken out of a file (line {line}, column {column})."
    ),
}

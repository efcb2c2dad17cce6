"""What clients cannot express, what of their files stays as it is, and which descriptions cannot be used."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "connector.bad-descriptor": QT_TRANSLATE_NOOP("messages", "A client description cannot be used"),
    "connector.bad-descriptor.at": QT_TRANSLATE_NOOP("messages", "At {place}: {reason}"),
    "connector.bad-descriptor.next": QT_TRANSLATE_NOOP(
        "messages", "Mend the file or remove it; all other clients go on."
    ),
    "connector.bad-descriptor.whole": QT_TRANSLATE_NOOP("messages", "The file: {reason}"),
    "connector.unknown-client": QT_TRANSLATE_NOOP("messages", "There is no such client"),
    "connector.unknown-client.message": QT_TRANSLATE_NOOP("messages", "Nothing describes a client “{client}”."),
    "connector.unknown-client.next": QT_TRANSLATE_NOOP("messages", "Known are: {known}."),
    "lens.bad-value": QT_TRANSLATE_NOOP("messages", "A field holds a value of a type that this client refuses."),
    "lens.bare": QT_TRANSLATE_NOOP("messages", "The servers stand in the file without a key around them."),
    "lens.entry-not-a-map": QT_TRANSLATE_NOOP("messages", "The entry is not a table of fields."),
    "lens.reference-stays": QT_TRANSLATE_NOOP(
        "messages", "A value looks like a variable reference, but this client does not read it as the others do."
    ),
    "lens.root-not-a-map": QT_TRANSLATE_NOOP("messages", "The place of the servers holds something else."),
    "lens.rule-frontmatter": QT_TRANSLATE_NOOP(
        "messages", "The file says in its own way when it applies; that cannot be said to other clients."
    ),
    "lens.rule-name": QT_TRANSLATE_NOOP("messages", "A file of this name cannot be made everywhere; it stays here."),
    "lens.switched-off": QT_TRANSLATE_NOOP("messages", "The entry is switched off by a list beside it; it stays here."),
    "lens.tools-hidden": QT_TRANSLATE_NOOP("messages", "A list beside it hides tools of the server; it stays here."),
    "lens.twice": QT_TRANSLATE_NOOP("messages", "The name stands here twice; which of the two counts is not known."),
    "lens.unknown-shape": QT_TRANSLATE_NOOP("messages", "The entry has none of the forms that this client starts."),
    "lens.unmapped": QT_TRANSLATE_NOOP("messages", "“{field}” cannot be said to other clients; the entry stays here."),
    "loss.bare-name": QT_TRANSLATE_NOOP("messages", "The client would take a value for the name of a variable."),
    "loss.essential": QT_TRANSLATE_NOOP(
        "messages", "Without “{field}”, which the client does not know, the server would do more than it may."
    ),
    "loss.everything": QT_TRANSLATE_NOOP("messages", "The client would take this list of tools for all of them."),
    "loss.field": QT_TRANSLATE_NOOP("messages", "The client has no field for “{field}”."),
    "loss.name": QT_TRANSLATE_NOOP("messages", "The client does not accept this name."),
    "loss.number": QT_TRANSLATE_NOOP("messages", "The client cannot express the exact number of “{field}”."),
    "loss.parked": QT_TRANSLATE_NOOP(
        "messages", "The client has no switch: what is off is taken out there, and comes back when it is on."
    ),
    "loss.permission-action": QT_TRANSLATE_NOOP("messages", "The client has no word for “{action}” here."),
    "loss.permission-elsewhere": QT_TRANSLATE_NOOP(
        "messages", "The client keeps a list of its own for this, which one in the file would replace."
    ),
    "loss.permission-hidden": QT_TRANSLATE_NOOP(
        "messages", "Here a tool is taken away in the server's own entry, which is kept in step as such."
    ),
    "loss.permission-matcher": QT_TRANSLATE_NOOP("messages", "The client's rules cannot say what this one is about."),
    "loss.permission-order": QT_TRANSLATE_NOOP(
        "messages", "Beside the rule “{rule}” it could not have the effect here that it has elsewhere."
    ),
    "loss.permission-server": QT_TRANSLATE_NOOP("messages", "The server “{server}” is not in this file."),
    "loss.permission-tool": QT_TRANSLATE_NOOP("messages", "The client has no rules for what this one is about."),
    "loss.reference": QT_TRANSLATE_NOOP("messages", "The client cannot express this reference to a variable."),
    "loss.refused-name": QT_TRANSLATE_NOOP("messages", "The client refuses a variable of this name."),
    "loss.reshape": QT_TRANSLATE_NOOP("messages", "The entry has “{field}”, which may not fit another kind of server."),
    "loss.rule.imports": QT_TRANSLATE_NOOP("messages", "The client does not read the files that this text imports."),
    "loss.rule.no-shared": QT_TRANSLATE_NOOP("messages", "The client has no file for the text that all clients share."),
    "loss.rule.one-text": QT_TRANSLATE_NOOP("messages", "The client has one text of rules and no place for another."),
    "loss.rule.other-text": QT_TRANSLATE_NOOP(
        "messages", "The file that would be imported, {file}, holds another text that AISync has not taken up yet."
    ),
    "loss.rule.size": QT_TRANSLATE_NOOP("messages", "The client reads only the first {bytes} bytes of this text."),
    "loss.rule.text": QT_TRANSLATE_NOOP(
        "messages", "The client would take the beginning of this text for something else."
    ),
    "loss.rule.too-big": QT_TRANSLATE_NOOP("messages", "The client reads no text of more than {bytes} bytes."),
    "loss.rule.when": QT_TRANSLATE_NOOP(
        "messages", "The client cannot say when this rule applies, so it would apply more widely than it may."
    ),
    "loss.shell": QT_TRANSLATE_NOOP("messages", "The client hands this text to a shell, which would change it."),
    "loss.transport": QT_TRANSLATE_NOOP("messages", "The client cannot talk to a server of this kind."),
    "permission.condition": QT_TRANSLATE_NOOP("messages", "it counts under a condition that other clients do not know"),
    "permission.default": QT_TRANSLATE_NOOP("messages", "it is what happens where no rule decides"),
    "permission.hidden": QT_TRANSLATE_NOOP("messages", "it belongs to the server, with which it is kept in step"),
    "permission.not-a-list": QT_TRANSLATE_NOOP("messages", "A list of rules is something else."),
    "permission.part": QT_TRANSLATE_NOOP("messages", "what it takes away, another tool of the client does as well"),
    "permission.pattern": QT_TRANSLATE_NOOP("messages", "its pattern is of a sort that only this client has"),
    "permission.shadowed": QT_TRANSLATE_NOOP("messages", "another rule of the file always decides before it"),
    "permission.tool": QT_TRANSLATE_NOOP("messages", "it is about a tool that other clients do not have"),
    "permission.unread": QT_TRANSLATE_NOOP("messages", "the client itself ignores it"),
}

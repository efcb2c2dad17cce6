"""How a change and a client's state are called."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "activity.added": QT_TRANSLATE_NOOP("messages", "{item} added"),
    "activity.added.in": QT_TRANSLATE_NOOP("messages", "{item} added in {client}"),
    "activity.added.many": QT_TRANSLATE_NOOP("messages", "{count} items added"),
    "activity.added.many.in": QT_TRANSLATE_NOOP("messages", "{count} items added in {client}"),
    "activity.changed": QT_TRANSLATE_NOOP("messages", "{item} changed"),
    "activity.changed.in": QT_TRANSLATE_NOOP("messages", "{item} changed in {client}"),
    "activity.changed.many": QT_TRANSLATE_NOOP("messages", "{count} items changed"),
    "activity.changed.many.in": QT_TRANSLATE_NOOP("messages", "{count} items changed in {client}"),
    "activity.removed": QT_TRANSLATE_NOOP("messages", "{item} removed"),
    "activity.removed.in": QT_TRANSLATE_NOOP("messages", "{item} removed in {client}"),
    "activity.removed.many": QT_TRANSLATE_NOOP("messages", "{count} items removed"),
    "activity.removed.many.in": QT_TRANSLATE_NOOP("messages", "{count} items removed in {client}"),
    "activity.rules": QT_TRANSLATE_NOOP("messages", "Rules edited"),
    "activity.rules.in": QT_TRANSLATE_NOOP("messages", "Rules edited in {client}"),
    "status.client.absent": QT_TRANSLATE_NOOP("messages", "Not found"),
    "status.client.behind": QT_TRANSLATE_NOOP("messages", "Catching up"),
    "status.client.found": QT_TRANSLATE_NOOP("messages", "Found"),
    "status.client.held": QT_TRANSLATE_NOOP("messages", "Waiting for you"),
    "status.client.in-step": QT_TRANSLATE_NOOP("messages", "In step"),
    "status.client.off": QT_TRANSLATE_NOOP("messages", "Left out"),
    "status.client.paused": QT_TRANSLATE_NOOP("messages", "Paused"),
    "status.client.pending": QT_TRANSLATE_NOOP("messages", "Could not be written"),
    "status.client.restart": QT_TRANSLATE_NOOP("messages", "In step after a restart"),
    "status.client.unreadable": QT_TRANSLATE_NOOP("messages", "Cannot be read"),
}

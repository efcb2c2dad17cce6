"""The tables as peewee models: the schema as code reads it. What makes them is carried.py; a test compares both."""

from __future__ import annotations

from peewee import Model

from aisync_desktop.database.feed import TABLES as FEED
from aisync_desktop.database.fields import AutoField, IntegerField, JsonField, ObjectField, TextField, UtcField


class Fact(Model):
    """What the store must remember of itself."""

    name = TextField(primary_key=True)
    value = JsonField(null=True)

    class Meta:
        table_name = "fact"


class Setting(Model):
    """A setting of the user as JSON, whichever part of the program it is of."""

    name = TextField(primary_key=True)
    value = JsonField(null=True)

    class Meta:
        table_name = "setting"


class Audit(Model):
    """Who did what through which door (API, MCP, CLI, GUI)."""

    id = AutoField()
    actor = TextField()
    action = TextField()
    target = TextField()
    detail = ObjectField()
    created_at = UtcField()

    class Meta:
        table_name = "audit"


class FeedCursor(Model):
    """Up to where of a feed the audit trail has what happened."""

    feed = TextField(primary_key=True)
    epoch = TextField()
    number = IntegerField()

    class Meta:
        table_name = "feed_cursor"


class AccessToken(Model):
    """A token by which another program may ask: never its secret, only what that is known by."""

    id = TextField(primary_key=True)
    name = TextField(unique=True)
    digest = TextField()
    access = JsonField()
    made_by = TextField()
    parent = TextField()
    login = IntegerField()
    made_at = UtcField()
    expires_at = UtcField(null=True)

    class Meta:
        table_name = "access_token"


TABLES: tuple[type[Model], ...] = (Fact, Setting, Audit, FeedCursor, AccessToken, *FEED)

"""The local SQLite: models, the one write connection, migrations, encrypted blobs.

Belongs here: every SQL statement, and the rows' way to and from the model of core/.
Does not: deciding what is worth keeping (the engine decides), files outside the state folder.
"""

"""Clients as data: one descriptor file per client, and the lens that maps its documents to items and back.

Belongs here: descriptors (clients/*.toml), their schema, the interpreter, the few codecs that they name.
Does not: a client's name in code, reading or writing the disk, deciding what should be written.
"""

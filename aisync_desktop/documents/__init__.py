"""Lossless documents: parse bytes, look values up by key path, edit by span, dump.

Belongs here: file formats and the editing of text without touching a byte that need not change.
Does not: which client uses which format, where a file lies, what a value means.
"""

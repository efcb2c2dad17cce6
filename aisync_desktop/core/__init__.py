"""The model and the pure functions on it: items, unified config, diff, merge, status, messages, errors, settings.

Belongs here: anything that is a value or a function of values.
Does not: I/O of any kind, clocks, threads, Qt, formats and clients by name.
"""

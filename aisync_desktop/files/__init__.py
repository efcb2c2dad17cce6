"""The only door to the disk: stable reads, compare-and-swap replacement, locks, watch targets, places per OS.

Belongs here: every system call on a path, and the errors that come of it.
Does not: what the bytes mean, why they are written.
"""

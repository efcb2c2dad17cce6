"""The live loop: watchdog's observer thread -> Qt signals -> the engine in its worker thread (QtCore only).

Belongs here: when to look, on which thread, and how the answer gets back.
Does not: what to do about what is seen (sync/), widgets (ui/).
"""

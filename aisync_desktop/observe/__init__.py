"""What the program tells about itself: structured logs through one redaction step.

Belongs here: log set-up, redaction, metrics.
Does not: messages for the user (kernel/messages.py), secrets' detection rules (secrets/).
"""

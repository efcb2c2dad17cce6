"""What the program tells about itself: structured logs through one redaction step.

Belongs here: log set-up, redaction, metrics.
Does not: what other rooms say to the user (their messages.py), secrets' detection rules (secrets/).
"""

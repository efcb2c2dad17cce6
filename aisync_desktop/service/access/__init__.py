"""Who asks over the local API, and whether they may: tokens that are known, the password, and patience with guesses.

Belongs here: what needs neither HTTP nor a command line to be decided. Does not: what a token is (program/tokens.py),
and what each operation needs (its row in the one list).
"""

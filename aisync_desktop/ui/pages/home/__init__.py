"""Home: how things stand, what waits, and what was changed last."""

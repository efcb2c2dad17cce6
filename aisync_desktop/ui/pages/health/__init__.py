"""Health: what is wrong, and what can be done about it."""

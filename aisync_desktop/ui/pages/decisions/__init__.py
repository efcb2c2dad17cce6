"""Decisions: what waits for the user."""

"""Permissions: what each client allows, asks about and refuses."""

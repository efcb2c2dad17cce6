"""Tray, windows, palette, icons and translations: one client of the facade among four.

Belongs here: widgets and what they show.
Does not: file and database access, decisions; it renders one Status value and sends commands.
"""

"""Tray, windows, palette, icons and translations: one face of the engine among others.

Belongs here: widgets and what they show.
Does not: file and database access, decisions; it renders one Status value and sends commands.
"""

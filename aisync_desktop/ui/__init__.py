"""Tray, windows, palette, icons and translations: one client of the facade among four.

Belongs here: widgets and what they show.
Does not: file and database access, decisions; it renders one Status value and sends commands.
"""

from aisync_desktop.ui.workarounds import keep_constants_alive

keep_constants_alive()  # at import, so that no way into this room can forget it

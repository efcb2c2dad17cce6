"""The frame of the program on a desktop: tray, window, notifications."""

"""The components that pages are made of: painted from the theme, named for screen readers, worked by keyboard alone.

They know nothing of what they show: no status, no engine, no page.
"""

"""The command line `aisync`: Typer commands over the facade, or over the API when the app runs.

Belongs here: arguments, exit codes, text and JSON for a terminal.
Does not: Qt (imported only by `run`), logic that another client of the facade would need as well.
"""

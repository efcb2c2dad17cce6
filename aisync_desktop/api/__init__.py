"""The local HTTP API: FastAPI on loopback, bearer token, Host and Origin checked.

Belongs here: HTTP's view of the engine. Imported only when the server starts.
Does not: decisions of any kind; it asks the engine as the CLI and the GUI do.
"""

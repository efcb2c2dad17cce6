"""Finding, naming and keeping secrets: detection in items, sealed references, keys and values in the OS keyring.

Belongs here: everything that may see a secret in clear.
Does not: where a secret is written (the engine decides, files/ writes).
"""

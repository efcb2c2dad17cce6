"""AISync Desktop keeps the configuration of several AI coding assistants in step.

The house is told in docs/ARCHITECTURE.md: each sub-package is a floor that imports only from the floors below it.
"""

__version__ = "0.1.0"

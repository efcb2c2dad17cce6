"""Reconcile, plan, apply, recover: the facade that the GUI, the CLI, the HTTP API and the MCP server use alike.

Belongs here: what to do about what was observed, and doing it in an order that survives a crash.
Does not: threads, timers, watchers (pipeline/), formats (documents/), dialects (connectors/).
"""

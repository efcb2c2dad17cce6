"""The first stage: what the files of all clients say right now."""

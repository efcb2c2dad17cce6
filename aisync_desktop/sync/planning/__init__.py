"""The second stage: what would have to be written, and what has to be asked. Nothing is written here."""

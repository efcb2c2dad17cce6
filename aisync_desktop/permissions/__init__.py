"""The permission language, what it means, and what a line for a shell runs. Pure: no file, no client."""

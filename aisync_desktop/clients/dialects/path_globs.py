"""Globs of files: `*` ends at a slash, `**` does not. Matched step by step, so that no glob takes long."""

from __future__ import annotations

from aisync_desktop.kernel.wildcards import wild


def globbed(pattern: str, path: str) -> bool:
    """Whether a glob is about a path; both absolute, or both from the same place."""
    wanted, steps = pattern.split("/"), path.split("/")
    ends = {0}  # how many of the path's steps can be used up so far
    for part in wanted:
        if part == "**":
            ends = set(range(min(ends), len(steps) + 1)) if ends else set()
        else:
            ends = {at + 1 for at in ends if at < len(steps) and wild(part, steps[at], single="?")}
    return len(steps) in ends

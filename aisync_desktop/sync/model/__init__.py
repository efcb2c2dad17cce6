"""The logic of sync as pure functions: differences, merging, renames, policies, the status."""

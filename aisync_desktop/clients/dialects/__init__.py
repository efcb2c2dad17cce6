"""Permission dialects: how clients say what is allowed, and what they make of it; an engine per semantics."""

"""History: what was written, and going back."""

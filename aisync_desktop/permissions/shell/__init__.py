"""What a line for a shell would run, as far as that can be told."""

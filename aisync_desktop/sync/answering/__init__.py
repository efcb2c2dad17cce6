"""What a person or a program asks of sync: the engine and its jobs."""

"""What belongs to the program as a whole, whichever of its systems is at work."""

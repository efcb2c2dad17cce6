"""What every part of the program is made of, and what knows none of them."""

"""The third stage: plans carried out, rounds until nobody writes in between, and what came of it."""

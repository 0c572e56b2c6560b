"""Who is eligible, and what a board was told of it and decided."""

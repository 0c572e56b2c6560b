"""What a rulebook says, and what follows from it."""

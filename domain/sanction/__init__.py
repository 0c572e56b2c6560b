"""What somebody was sanctioned with on one track, and what became of it."""

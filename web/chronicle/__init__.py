"""What happened, in one page: who did what, by what rule, and what came of it."""

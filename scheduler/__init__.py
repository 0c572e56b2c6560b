"""Acts when no person asks: finds what has fallen due and says so, as commands."""

"""Appeals: what is asked for against a decision, and when the rules allow it."""

"""Holds: what is asked for about them, and when the rules allow it."""

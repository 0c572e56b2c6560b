"""Sanctions: how long they run, who is given one, and what undoes it."""

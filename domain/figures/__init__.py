"""Figures: what is counted, from which facts, and what was reported of it."""

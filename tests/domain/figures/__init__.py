"""Figures counted from the log alone."""

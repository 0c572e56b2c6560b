"""Verification: what was declared, drawn, compared, explained and found."""

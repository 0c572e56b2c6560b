"""Verification: drawn or ordered, register by register, to a human finding."""

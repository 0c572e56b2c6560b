"""Bundles: what is handed to a court, and what becomes of it on the way."""

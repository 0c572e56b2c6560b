"""Histories, without HTTP."""

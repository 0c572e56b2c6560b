"""Tests of publishing: witnesses, static files, timestamps, and the next epoch."""

"""Tests of who brings the log into the tree, and signs it."""

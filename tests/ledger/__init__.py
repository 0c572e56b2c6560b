"""Tests of the ledger: tree, notes, checkpoints, and what proves them."""

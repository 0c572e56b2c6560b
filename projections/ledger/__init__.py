"""The ledger: the tree over the log, its checkpoints, and what proves them."""

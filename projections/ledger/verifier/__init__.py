"""What an outsider checks with, without the register: the ledger's offline verifier."""

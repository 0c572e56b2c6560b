"""The offline verifier: what it accepts, what it finds, and what it is made of."""

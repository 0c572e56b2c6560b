"""What comes in as evidence: which files are taken, what they say of themselves."""

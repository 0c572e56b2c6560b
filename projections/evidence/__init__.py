"""The files of evidence: sealed, kept apart from the log, never changed."""

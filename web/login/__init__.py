"""Coming in: by password or identity provider, into a session, and out again."""

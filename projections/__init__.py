"""All that is kept in PostgreSQL: the server, the log and the read models."""

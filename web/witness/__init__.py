"""A witness of logs: it cosigns what has only grown (C2SP tlog-witness)."""

"""Where the database is: PostgreSQL's programs, the embedded server, the roles and the safety checks."""

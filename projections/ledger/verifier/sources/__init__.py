"""What is shown of a log, wherever that is read: a dump, static files, a database."""

"""Where the database is: the embedded server or a given one, its roles, its safety."""

"""The demonstration: an invented department, its people, a year of their reports."""

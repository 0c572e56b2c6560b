"""The mappings that come with the program, and those of plain tables."""

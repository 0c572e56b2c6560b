"""What comes in by the file: its reading, its mapping, its refusals."""

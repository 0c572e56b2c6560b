"""What comes in by the file: tables and JSON lines, read through a mapping."""

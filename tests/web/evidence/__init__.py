"""What comes in as evidence."""

"""What trusted checkpoints prove of a log, and where what is shown differs."""

"""What is done after a backup was restored: one tree is closed, another opened."""

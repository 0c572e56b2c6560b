"""What is done with records: who read them, how they are kept, shown, destroyed."""

"""What was computed, computed again from the log: under the rules of its day."""

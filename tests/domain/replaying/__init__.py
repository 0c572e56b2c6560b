"""What was computed comes out the same when it is computed again."""

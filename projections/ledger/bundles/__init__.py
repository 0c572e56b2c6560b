"""Evidence of one matter, for somebody outside, in one file."""

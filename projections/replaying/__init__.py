"""The log replayed: read in order, held against what it says, and gone on with."""

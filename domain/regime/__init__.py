"""A rulebook as data: its format, its checks and the arithmetic of its deadlines."""

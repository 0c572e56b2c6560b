"""How checkpoints get out: to witnesses, to static files, and under a timestamp."""

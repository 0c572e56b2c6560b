"""The invariants of the law, tried on random histories, and broken to see them found.

Each machine asks for anything, lawful or not, and looks at the facts that came of it:
what an invariant says is told once more, without the code that keeps it.
"""

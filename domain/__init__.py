"""The law of the register: facts, aggregates, commands and the rules they apply."""

"""The twenty vectors of the law, each on the shipped rulebooks, from case to board."""

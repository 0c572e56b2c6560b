"""Whole ways through the product, as its users go them."""

"""The check of a bundle: its zip, its entries, and what goes with them."""

"""The vault: the keys that seal what people declare, and what wraps those keys."""

"""Who is eligible, what boards are told, and what they decide."""

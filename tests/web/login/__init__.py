"""Coming in, staying for a while, and going: over HTTP, on a real database."""

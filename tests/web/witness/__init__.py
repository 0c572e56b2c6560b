"""A witness as logs meet it: over HTTP, in processes of its own."""

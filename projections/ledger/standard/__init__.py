"""What RFC 6962 and the C2SP documents define, to the letter, and nothing of ours."""

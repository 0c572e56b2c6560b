"""What may be sent, field by field; what it means is for the domain to say."""

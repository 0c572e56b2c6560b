"""A case: from the first inquiry to the decision, with what due process demands."""

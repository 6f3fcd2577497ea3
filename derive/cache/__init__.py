"""What was found of claims before, kept by what it was found of: an unchanged claim is examined once."""

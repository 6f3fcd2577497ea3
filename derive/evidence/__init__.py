"""Methods of evidence, one a file: ``examine(obligation, seed)`` gives what it found, or why it does not apply."""

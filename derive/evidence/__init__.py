"""Methods of evidence, one a file: ``examine(obligation, drawn)`` gives what it found, or why it does not apply."""

"""Fast runs in doubles: expressions compiled for many instances at once, with gradients by reverse mode."""

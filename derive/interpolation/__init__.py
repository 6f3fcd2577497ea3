"""Functions of a class by their values and gradients at finitely many points: what interpolation says of these."""

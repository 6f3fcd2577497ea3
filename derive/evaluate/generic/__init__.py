"""An author's NumPy code run in any number system: arrays of numbers that NumPy's own functions accept.

A value function that is written for floats runs unchanged in balls, exact rationals or dual numbers. Comparisons are
decided certainly, and where that is impossible the line of the author's code is named.
"""

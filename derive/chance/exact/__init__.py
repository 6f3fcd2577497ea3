"""Probabilities of events in balls, where the law is known: linear forms, squared norms, extrema, sums of signs.

``numbers`` and ``system`` are the number system of what depends on draws, ``conditions`` turns an event into conditions
on polynomials, ``joint`` finds the probability of several at once, and ``laws`` has the distribution functions.
"""

"""Experiments: frequencies over seeds, exponents of growth with intervals, and what they say of a claim."""

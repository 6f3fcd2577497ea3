"""Derivatives along lines: what a claim states of them, beside what values in floats show."""

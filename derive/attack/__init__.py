"""The attack on inequalities: many instances at once climb towards a violation, in double precision.

Nothing found here is a verdict: an instance counts once it has been rounded to rationals and verified.
"""

"""Chains of claims: what a theorem rests on, and whether all of it was checked.

An edge leads from a claim to one that it says it uses. Everything here works on the records of a run alone, once all of
its claims were judged.
"""
